import { Api, GrammyError, HttpError, type Transformer } from "grammy";
import { Agent, type Dispatcher, ProxyAgent, request, Socks5ProxyAgent } from "undici";
import { z } from "zod";
import { createRedactor, type Redactor } from "../../support/redact.ts";
import { createDownload, type Download } from "./download.ts";
import { bodyOf } from "./upload.ts";

export interface TelegramApiOptions {
  /** `123456:secret`, from BotFather. */
  readonly token: string;
  /** Without a path of its own: `https://api.telegram.org`. */
  readonly apiRoot: string;
  /** `http://`, `https://` or `socks5://`, with `user:password@` where it asks for one. */
  readonly proxy?: string;
  /** How long one call may take, 30 by default. A long poll may take its own time-out and this on top. */
  readonly timeoutSeconds?: number;
  /** Told the `Date` of each answer that has one. */
  readonly onAnswer?: (date: string) => void;
}

export interface TelegramApi {
  readonly api: Api;
  /**
   * What carries the calls of `api`. A `Bot` makes an `Api` of its own: `bot.api.config.use(transport)` puts it, and every
   * `ctx.api`, on the same connections, behind the same proxy.
   */
  readonly transport: Transformer;
  /** Gets files that people sent, the same way. */
  readonly download: Download;
  /** Cuts what is still in flight and closes every connection. Safe to call twice. */
  close(): Promise<void>;
}

/** Why a call got no answer from the Bot API. Holds nothing of the URL, which has the token in it, nor of what was sent. */
export class TransportError extends Error {
  override name = "TransportError";
  /** Node's or undici's code, such as `ECONNREFUSED`; `TIMEOUT`, `ABORTED` and `BAD_REPLY` are ours. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const idleMs = 60_000;
const connections = 64;
const longestDescription = 200;
/** A hundred updates, as many as one call brings, are far below it; what answers without end must not fill the memory. */
const greatestAnswer = 32 * 1024 * 1024;

const answerShape = z.union([
  // No method of ours answers with nothing.
  z.object({ ok: z.literal(true), result: z.any().refine((result) => result !== undefined && result !== null) }),
  z.object({
    ok: z.literal(false),
    error_code: z.number(),
    description: z.string(),
    parameters: z.object({ migrate_to_chat_id: z.number().optional(), retry_after: z.number().optional() }).optional(),
  }),
]);

/**
 * grammY's client over undici: connections that stay open, a proxy where one is given, and errors that may be logged.
 * It throws what grammY throws, `GrammyError` and `HttpError`, but neither holds the token, the payload (which may be the text
 * of an SMS) or the URL.
 */
export function createTelegramApi(options: TelegramApiOptions): TelegramApi {
  const { token, proxy, timeoutSeconds = 30, onAnswer } = options;
  const apiRoot = options.apiRoot.replace(/\/+$/, "");
  const redactor = createRedactor([token, ...secretsOf(proxy)]);
  const dispatcher = createDispatcher(proxy);

  const transport: Transformer = async (_next, method, payload, cancel) => {
    const budget = startBudget(1000 * (timeoutSeconds + longPollSecondsOf(method, payload)), cancel);
    try {
      const { body, headers } = await bodyOf(payload);
      const response = await request(`${apiRoot}/bot${token}/${method}`, {
        method: "POST",
        headers,
        body,
        dispatcher,
        signal: budget.signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const { date } = response.headers;
      if (typeof date === "string") onAnswer?.(date);
      const answer = readAnswer(await response.body.text(), response.statusCode);
      if (answer.ok) return answer;
      throw toApiError(method, answer, redactor);
    } catch (error) {
      if (error instanceof GrammyError) throw error;
      throw new HttpError(
        `Network request for '${method}' failed!`,
        toTransportError(error, budget.endedBy(), redactor),
      );
    } finally {
      budget.stop();
    }
  };

  const api = new Api(token, { apiRoot });
  api.config.use(transport);
  const download = createDownload({ token, apiRoot, dispatcher });
  return { api, transport, download, close: () => dispatcher.destroy() };
}

function createDispatcher(proxy: string | undefined): Dispatcher {
  const pool = { connections, pipelining: 1, keepAliveTimeout: idleMs, maxResponseSize: greatestAnswer };
  if (proxy === undefined) return new Agent(pool);
  if (proxy.startsWith("socks")) return new Socks5ProxyAgent(proxy, pool);
  return new ProxyAgent({ uri: proxy, ...pool });
}

/** One time limit and the caller's own signal, as one native signal: undici does not take the one grammY makes. */
function startBudget(ms: number, cancel: Parameters<Transformer>[3]) {
  const controller = new AbortController();
  let reason: "TIMEOUT" | "ABORTED" | undefined;
  const end = (why: "TIMEOUT" | "ABORTED") => {
    reason ??= why;
    controller.abort();
  };
  const onCancel = () => end("ABORTED");
  const timer = setTimeout(() => end("TIMEOUT"), ms);
  if (cancel?.aborted) onCancel();
  cancel?.addEventListener("abort", onCancel);
  return {
    signal: controller.signal,
    endedBy: () => reason,
    stop() {
      clearTimeout(timer);
      cancel?.removeEventListener("abort", onCancel);
    },
  };
}

function longPollSecondsOf(method: string, payload: object): number {
  if (method !== "getUpdates" || !("timeout" in payload)) return 0;
  return typeof payload.timeout === "number" ? payload.timeout : 0;
}

function readAnswer(body: string, status: number): z.infer<typeof answerShape> {
  try {
    return answerShape.parse(JSON.parse(body));
  } catch {
    throw new TransportError("BAD_REPLY", `answered ${status} without an answer of the Bot API`);
  }
}

/** grammY's own error, made here so that it is made without the payload. */
function toApiError(
  method: string,
  answer: Extract<z.infer<typeof answerShape>, { ok: false }>,
  redactor: Redactor,
): GrammyError {
  const { retry_after, migrate_to_chat_id } = answer.parameters ?? {};
  const parameters = {
    ...(retry_after === undefined ? {} : { retry_after }),
    ...(migrate_to_chat_id === undefined ? {} : { migrate_to_chat_id }),
  };
  const facts = {
    ok: false,
    error_code: answer.error_code,
    // It is logged, and a relay that misbehaves may put into it what we sent.
    description: redactor.text(answer.description).slice(0, longestDescription),
    parameters,
  } as const;
  return new GrammyError(`Call to '${method}' failed!`, facts, method, {});
}

function toTransportError(
  error: unknown,
  endedBy: "TIMEOUT" | "ABORTED" | undefined,
  redactor: Redactor,
): TransportError {
  if (error instanceof TransportError) return error;
  if (endedBy === "TIMEOUT") return new TransportError("TIMEOUT", "no answer in time");
  if (endedBy === "ABORTED") return new TransportError("ABORTED", "the caller cancelled it");
  const code = error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
  return new TransportError(code, redactor.text(error instanceof Error ? error.message || code : String(error)));
}

function secretsOf(proxy: string | undefined): string[] {
  if (proxy === undefined) return [];
  const { password } = new URL(proxy);
  return [password, decodeURIComponent(password)];
}

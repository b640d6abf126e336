import { setMaxListeners } from "node:events";
import type { LookupFunction } from "node:net";
import type { Dispatcher } from "undici";
import type { Clock } from "../core/ports/clock.ts";
import { ProviderError } from "../core/ports/provider-error.ts";
import { createConnections } from "./connections.ts";
import { type CallPhase, callFailure } from "./http-failure.ts";

export interface HttpOptions {
  /** Where the panel is; calls name paths below it. Its own path is kept. */
  readonly baseUrl: string;
  /** `http://`, `https://` or `socks5://`. All traffic goes through a tunnel, so a proxy must allow `CONNECT` to the panel's port. */
  readonly proxy?: string | undefined;
  /** How long one call may take, from the first try to connect to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Connections at once; further calls wait. Default 8. */
  readonly connections?: number;
  /** The longest answer, in bytes; a longer one is `bad-reply`. Default 1,000,000. */
  readonly greatestAnswer?: number;
  /** In place of the machine's resolver. */
  readonly lookup?: LookupFunction;
}

export interface HttpCall {
  /** A name for errors and logs, without secrets: `asanak sendsms`. */
  readonly name: string;
  readonly method: "GET" | "POST";
  /** Below `baseUrl`, without a leading slash; empty, or only a `?query`, for `baseUrl` itself. Goes into no error. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether an SMS may leave through this call. The failure of a call that sends nothing is always certain. */
  readonly sends: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** Lower case, without parameters; empty where there is none. */
  readonly contentType: string;
  /** UTF-8; what is not, is U+FFFD. */
  readonly text: string;
  readonly retryAfterMs?: number;
}

/** One panel's HTTP. Never follows a redirect and never calls twice by itself. */
export interface Http {
  /**
   * Throws `ProviderError`: `unreachable` (certain) where nothing had been written, `no-answer`, `bad-reply` or `interrupted`
   * after that, `address-refused` for an HTML 403. `certain` is exact: it is true only where no byte of the request had left.
   */
  request(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer>;
  /** Ends calls under way as `interrupted` and closes every socket. Safe to call twice. */
  close(): Promise<void>;
}

export function createHttp(options: HttpOptions, deps: { readonly clock: Clock }): Http {
  const base = new URL(options.baseUrl);
  const connections = createConnections({
    origin: base.origin,
    connectTimeoutMs: options.timeoutMs,
    connections: options.connections ?? 8,
    greatestAnswer: options.greatestAnswer ?? 1_000_000,
    ...(options.proxy === undefined ? {} : { proxy: options.proxy }),
    ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
  });

  function request(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      let phase: CallPhase = "waiting";
      let controller: Dispatcher.DispatchController | undefined;
      let isOver = false;
      let head: Omit<HttpAnswer, "text"> = { status: 0, contentType: "" };
      let chunks: Buffer[] = [];
      const stopTimer = deps.clock.after(options.timeoutMs, () => fail("timeout"));
      const abort = () => fail("aborted");
      // All calls of a provider hang on one signal; Node would take that for a leak.
      setMaxListeners(0, signal);
      signal.addEventListener("abort", abort, { once: true });

      function end(): boolean {
        if (isOver) return false;
        isOver = true;
        stopTimer();
        signal.removeEventListener("abort", abort);
        return true;
      }

      function fail(reason: unknown) {
        if (!end()) return;
        reject(callFailure(call.name, call.sends, phase, reason));
        controller?.abort(new Error("the call is over"));
      }

      if (signal.aborted) {
        fail("aborted");
        return;
      }
      connections.dispatcher.dispatch(
        {
          origin: base.origin,
          method: call.method,
          path: joinPath(base.pathname, call.path),
          headers: { accept: "application/json", "accept-encoding": "identity", ...call.headers },
          ...(call.body === undefined ? {} : { body: call.body }),
          ...(connections.reset ? { reset: true } : {}),
        },
        {
          // Called in the same step as the first write, and before it. Whoever gave up while the connection was being made
          // has been told that nothing was sent, so nothing is; and no request is ever written a second time.
          onRequestStart(starting) {
            if (isOver || phase === "written") {
              starting.abort(new Error("the call is over"));
              return;
            }
            controller = starting;
            phase = "written";
          },
          onResponseStart(_, status, headers) {
            const retryAfterMs = readRetryAfter(first(headers["retry-after"]), deps.clock.now());
            const contentType = first(headers["content-type"])?.split(";")[0]?.trim().toLowerCase() ?? "";
            head = { status, contentType, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
            chunks = [];
          },
          onResponseData: (_, chunk) => void chunks.push(chunk),
          onResponseEnd() {
            const answer = { ...head, text: new TextDecoder().decode(Buffer.concat(chunks)) };
            if (!end()) return;
            if (isHtmlRefusal(answer)) reject(addressRefused(call.name));
            else resolve(answer);
          },
          onResponseError: (_, error) => fail(error),
        },
      );
    });
  }

  let closing: Promise<void> | undefined;
  return {
    request,
    close() {
      closing ??= connections.destroy();
      return closing;
    },
  };
}

/** A wall before the panel (a CDN, a firewall) answers in HTML; the panel itself answers in JSON or XML. */
function isHtmlRefusal(answer: HttpAnswer): boolean {
  return answer.status === 403 && (answer.contentType.includes("html") || /^\s*<(!doctype\s+)?html/i.test(answer.text));
}

function addressRefused(call: string): ProviderError {
  return new ProviderError("address-refused", `${call}: the panel refuses this server's address`, {
    certain: true,
    httpStatus: 403,
    vendor: "HTTP 403",
  });
}

function joinPath(base: string, path: string): string {
  const trimmed = base.replace(/\/+$/, "");
  if (path !== "" && !path.startsWith("?")) return `${trimmed}/${path}`;
  return `${trimmed || "/"}${path}`;
}

/** Seconds, or an HTTP date. */
function readRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

import { Agent, request } from "undici";
import { z } from "zod";
import { type Config, inboxTokenOf } from "../../config/resolve.ts";
import { type Finding, found } from "./finding.ts";

const usualPatienceMs = 10_000;
const longestAnswer = 200_000;
const subject = "server.publicUrl";
const health = z.looseObject({
  status: z.literal("alive"),
  telegram: z.looseObject({}),
  providers: z.array(z.unknown()),
});

type Answer =
  | { readonly status: number; readonly isChapar: boolean; readonly location: string | undefined }
  | { readonly failure: string };

/**
 * Whether the bridge is there at its public address, where somebody is to call it there. It is tried from this server, which is
 * as near to the outside as one gets from here: it does not prove that the panel's network comes as far.
 */
export async function checkHook(
  config: Config,
  {
    isRunning,
    patienceMs = usualPatienceMs,
  }: { readonly isRunning: boolean | undefined; readonly patienceMs?: number },
): Promise<Finding[]> {
  const { publicUrl } = config.server;
  if (publicUrl === undefined || !isCalled(config)) return [];
  const answer = await askHealth(`${publicUrl}/healthz`, patienceMs);
  return [
    "failure" in answer
      ? unreached(config, publicUrl, answer.failure, isRunning)
      : answered(config, publicUrl, answer, isRunning),
  ];
}

function isCalled({ providers, telegram }: Config): boolean {
  return telegram.updates === "webhook" || Object.values(providers).some((one) => inboxTokenOf(one) !== undefined);
}

async function askHealth(url: string, patienceMs: number): Promise<Answer> {
  const dispatcher = new Agent({ connect: { timeout: patienceMs }, maxResponseSize: longestAnswer });
  try {
    const {
      statusCode: status,
      headers,
      body,
    } = await request(url, { dispatcher, signal: AbortSignal.timeout(patienceMs) });
    const isChapar = health.safeParse(parseJson(await body.text())).success;
    const { location } = headers;
    return { status, isChapar, location: typeof location === "string" ? location : undefined };
  } catch (error) {
    return { failure: codeOf(error) };
  } finally {
    await dispatcher.destroy();
  }
}

function answered(
  { server }: Config,
  publicUrl: string,
  { status, isChapar, location }: Extract<Answer, { status: number }>,
  isRunning: boolean | undefined,
): Finding {
  if (isChapar) {
    const text = `${publicUrl} leads to the bridge, as tried from this server; that the panel's network comes as far is not proved`;
    return found("hook.reachable", subject, text);
  }
  if (status >= 500 && isRunning !== true) {
    const text = `${publicUrl} answers HTTP ${status}: a proxy is there, and no bridge runs behind it as yet`;
    return found("hook.no-bridge", subject, text, "start the bridge, then check again");
  }
  if (status >= 500) {
    const text = `${publicUrl} answers HTTP ${status}, though a bridge runs: the proxy there does not find it`;
    return found("hook.bad-gateway", subject, text, `let the proxy lead to http://${server.host}:${server.port}`);
  }
  const what =
    location === undefined
      ? ""
      : `, which leads to ${URL.canParse(location) ? new URL(location).origin : "another page"}`;
  return found(
    "hook.other-program",
    subject,
    `${publicUrl} is answered by another program, not by Chapar: HTTP ${status}${what}`,
  );
}

function unreached({ server }: Config, publicUrl: string, failure: string, isRunning: boolean | undefined): Finding {
  const tried = `as tried from this server: ${failure}`;
  if (ofTls.test(failure)) {
    return found("hook.bad-certificate", subject, `${publicUrl} has no valid certificate, ${tried}`);
  }
  if (failure === "ECONNREFUSED" && isRunning !== true && isOurOwn(publicUrl, server.port)) {
    const text = `${publicUrl} is where the bridge itself listens, and none runs as yet`;
    return found("hook.no-bridge", subject, text, "start the bridge, then check again");
  }
  const [, advice] = advices.find(([pattern]) => pattern.test(failure)) ?? [];
  return found("hook.unreachable", subject, `${publicUrl} cannot be reached, ${tried}`, advice);
}

const ofTls = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|EPROTO|ERR_SSL|ERR_TLS/;
const advices: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND|EAI_AGAIN/, "correct the name in server.publicUrl, or let your DNS know it"],
  [/ECONNREFUSED/, "start the reverse proxy that is to listen there, or correct server.publicUrl"],
  [
    /TIMEOUT/,
    "let the firewall open the port; behind a router that does not lead back inside, try from another network",
  ],
];

/** Without a proxy there is nobody to answer while no bridge runs. Chapar speaks no TLS. */
function isOurOwn(publicUrl: string, port: number): boolean {
  const url = new URL(publicUrl);
  return url.protocol === "http:" && Number(url.port || 80) === port;
}

/** The innermost code: `ENOTFOUND`, `CERT_HAS_EXPIRED`; nothing else of an error is told. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "UNKNOWN";
  if (error.name === "TimeoutError") return "TIMEOUT";
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error.cause instanceof Error) return codeOf(error.cause);
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? code : "UNKNOWN";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { request as httpRequest } from "node:http";
import { onTestFinished } from "vitest";
import { createEvents, type Events } from "../../src/core/events.ts";
import type { Log } from "../../src/core/ports/log.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { serverConfig } from "../../src/web/config.ts";
import { createMetrics } from "../../src/web/metrics.ts";
import type { HealthReport } from "../../src/web/routes/health.ts";
import { createWebServer, type WebDeps, type WebServer } from "../../src/web/server.ts";
import { openTranscript } from "../transcripts/transcript.ts";

export interface LoggedLine {
  readonly level: string;
  readonly facts: object;
  readonly message: string;
}

export interface StartedWeb {
  readonly web: WebServer;
  readonly url: string;
  readonly events: Events;
  readonly logged: readonly LoggedLine[];
}

export type Changes = Partial<Omit<WebDeps, "config">> & { readonly server?: object };

export const healthy: HealthReport = { telegram: { isUp: true, since: 0 }, providers: [] };

/** A real server on a free port of loopback, with whatever the test changes. Stopped when the test is over. */
export async function startWeb(changes: Changes = {}): Promise<StartedWeb> {
  const { server, ...deps } = changes;
  const transcript = openTranscript();
  const logged: LoggedLine[] = [];
  const log = transcript.logTo(recordingLog(logged));
  const events = createEvents((error) => log.error({ err: error }, "listener failed"));
  const health = deps.health ?? (() => healthy);
  const metrics = deps.metrics ?? createMetrics({ events, health });
  const web = createWebServer({
    config: serverConfig.parse({ port: 0, ...server }),
    clock: createSystemClock(),
    hooks: [],
    probe: async () => undefined,
    ...deps,
    log,
    metrics,
    health,
  });
  const { path, secretToken } = deps.telegram ?? {};
  const adminToken = serverConfig.parse({ ...server }).adminToken;
  transcript.secret(path?.split("/").at(-1), secretToken, adminToken, ...(deps.hooks ?? []).map(({ token }) => token));
  onTestFinished(async () => {
    await transcript.pagesOf(web.url, adminToken && `Bearer ${adminToken}`).catch(() => undefined);
    await web.stop();
    metrics.stop();
  });
  await web.start();
  return { web, url: web.url, events, logged };
}

/** One request with nothing added and nothing normalised, for what `fetch` would refuse to send. */
export function rawRequest(
  url: string,
  options: { method?: string; path: string; headers?: Record<string, string>; body?: string | Uint8Array },
): Promise<{ status: number; body: string; headers: Readonly<Record<string, unknown>> }> {
  return new Promise((resolve, reject) => {
    const { method = "GET", path, headers = {}, body } = options;
    const request = httpRequest(url, { method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          headers: response.headers,
        });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

function recordingLog(logged: LoggedLine[]): Log {
  const at = (level: string) => (facts: object, message: string) => void logged.push({ level, facts, message });
  const log: Log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error"), child: () => log };
  return log;
}

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express, type Router } from "express";
import helmet from "helmet";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { ServerConfig } from "./config.ts";
import { answerUnknownPath, createErrorHandler } from "./errors.ts";
import type { Metrics } from "./metrics.ts";
import { limitPipelining } from "./pipelining.ts";
import { createHealthRoutes, type HealthReport } from "./routes/health.ts";
import { createHookRoutes, type Hook, type HookDeps } from "./routes/hooks.ts";
import { createIndexPage } from "./routes/index-page.ts";
import { createMetricsRoute } from "./routes/metrics.ts";
import { createTelegramRoute, type TelegramHook } from "./routes/telegram.ts";

export interface WebDeps {
  readonly config: ServerConfig;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly hooks: readonly Hook[];
  readonly telegram?: TelegramHook;
  readonly limits?: Partial<WebLimits>;
  health(): HealthReport;
  /** Writes to the store; throws when it cannot. */
  probe(): Promise<void>;
  onUnreadable?: NonNullable<HookDeps["onUnreadable"]>;
}

/** How long a caller may take, in milliseconds, and how much there may be at once. */
export interface WebLimits {
  /** To send the head of a request; a connection on which nothing comes has no longer either. */
  readonly headMs: number;
  /** To send a whole request. */
  readonly requestMs: number;
  /** How long nothing may move on a connection, in either direction. Ends who asks and never reads the answer. */
  readonly stillMs: number;
  /** Open connections. */
  readonly connections: number;
  /** Calls on one connection without an answer yet. */
  readonly pipelined: number;
  /** Callers whose guesses of tokens are counted. */
  readonly guessers: number;
  /** Pushes of one panel in hand; see `createHookRoutes`. */
  readonly inHandBytes: number;
  /** How long `stop` waits for answers in hand before it cuts them. */
  readonly stopMs: number;
}

export interface WebServer {
  /** Listens; rejects when it cannot (address in use, not ours, not permitted). */
  start(): Promise<void>;
  /** Takes no new call, lets those in hand be answered, closes every connection. */
  stop(): Promise<void>;
  /** Where it listens: `http://127.0.0.1:8080`, without a slash at the end. Before `start` with port 0 it is not known. */
  readonly url: string;
}

// A panel sends 256 kB at most, which a line of 100 kbit/s carries in time. 2,000 connections that each hold back the end of a
// head of 64 kB take 128 MB, and leave file descriptors for the store and for calls to panels.
const usualLimits: WebLimits = {
  headMs: 10_000,
  requestMs: 30_000,
  stillMs: 60_000,
  connections: 2_000,
  pipelined: 20,
  guessers: 10_000,
  inHandBytes: 32 * 1024 * 1024,
  stopMs: 3_000,
};
/** A flood is told of this often. */
const tellAgainMs = 60_000;

export function createWebServer(deps: WebDeps): WebServer {
  const limits = { ...usualLimits, ...deps.limits };
  const hooks = createHookRoutes({ ...deps, ...limits });
  const server = createServer(
    {
      headersTimeout: limits.headMs,
      requestTimeout: limits.requestMs,
      // Node looks for slow callers only this often, every 30 s by default.
      connectionsCheckingInterval: Math.min(limits.headMs, 1_000),
      keepAliveTimeout: 10_000,
      // A long SMS in Persian takes nine bytes a letter in a query.
      maxHeaderSize: 64 * 1024,
    },
    limitPipelining(limits.pipelined, createRoutes(deps, hooks.router)),
  );
  let running: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;

  server.maxConnections = limits.connections;
  server.setTimeout(limits.stillMs);
  server.on("drop", () => {
    const now = deps.clock.now();
    if (now - toldAt < tellAgainMs) return;
    toldAt = now;
    deps.log.warn({ connections: limits.connections }, "connections refused, too many are open");
  });
  server.on("error", (error) => deps.log.error({ err: error }, "web server failed"));
  server.on("request", (_request, response) => {
    response.on("close", () => {
      if (stopping !== undefined) setImmediate(() => server.closeIdleConnections());
    });
  });

  async function close(): Promise<void> {
    await running?.catch(() => undefined);
    await closeGently(server, deps.clock, limits.stopMs);
    hooks.stop();
  }

  return {
    start() {
      running ??= listen(server, deps.config);
      return running;
    },
    stop() {
      stopping ??= close();
      return stopping;
    },
    get url() {
      const address = server.address();
      return toUrl(deps.config.host, isAddressInfo(address) ? address.port : deps.config.port);
    },
  };
}

function createRoutes(deps: WebDeps, hooks: Router): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", deps.config.trustProxy);
  app.set("query parser", "simple");
  app.use("/hooks", hooks);
  if (deps.telegram) app.use(createTelegramRoute({ hook: deps.telegram, log: deps.log }));
  // Panels and Telegram are no browsers: what follows is for those.
  app.use(helmet());
  app.use(createHealthRoutes(deps));
  const { adminToken } = deps.config;
  app.use(createMetricsRoute({ metrics: deps.metrics, ...(adminToken === undefined ? {} : { adminToken }) }));
  app.use(createIndexPage());
  app.use(answerUnknownPath);
  app.use(createErrorHandler(deps.log));
  return app;
}

function listen(server: Server, { host, port }: ServerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Resolves once no connection is left. Idle ones go at once, the others with their answer, or when the time is up. */
async function closeGently(server: Server, clock: Clock, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cancel = clock.after(graceMs, () => server.closeAllConnections());
  await closed;
  cancel();
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

function toUrl(host: string, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

import { createServer, type Server } from "node:http";
import express, { type ErrorRequestHandler, type Router } from "express";
import helmet from "helmet";
import { createProxy } from "./bridge/proxy.ts";
import { refuse } from "./control-answers.ts";

export interface SandboxServer {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** Cuts what is open: the page comes back by itself when there is a sandbox again. */
  close(): Promise<void>;
}

/** Asanak's push has the whole text in its address: what the bridge takes must come as far. */
const longestHead = 64 * 1024;

/** The sandbox's own port: the page and its controls here, everything else handed on to the bridge. Rejects when it cannot listen. */
export async function openSandboxServer(deps: {
  readonly port: number;
  readonly control: Router;
  /** Where the bridge listens while it does. */
  bridgeUrl(): string | undefined;
}): Promise<SandboxServer> {
  const page = createPageApp(deps.control);
  const handOn = createProxy(deps.bridgeUrl);
  const server = createServer({ maxHeaderSize: longestHead }, (incoming, outgoing) => {
    if (isOurs(incoming.url ?? "/")) page(incoming, outgoing);
    else void handOn(incoming, outgoing);
  });
  await listen(server, deps.port);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : deps.port;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isOurs(target: string): boolean {
  return /^\/(?:sandbox(?:[/?]|$)|\?|$)/.test(target);
}

function createPageApp(control: Router): express.Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(helmet());
  app.use(control);
  app.use((_request, response) => refuse(response, 404, "there is no such thing; GET /sandbox lists what there is"));
  app.use(answerError);
  return app;
}

/** What express and its body parser do not like is the caller's fault; anything else is ours, and shows nothing. */
const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status = typeof error === "object" && error !== null && "status" in error ? Number(error.status) : 500;
  const isCallers = status >= 400 && status < 500;
  refuse(response, isCallers ? status : 500, isCallers ? "this cannot be read" : "the sandbox failed");
};

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

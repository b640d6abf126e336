import type { ErrorRequestHandler, RequestHandler } from "express";
import type { Log } from "../core/ports/log.ts";

/** An answer other than success, thrown by a route. `message` is shown to the caller, so it holds nothing that is secret. */
export class HttpError extends Error {
  override name = "HttpError";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, facts: { headers?: Record<string, string>; cause?: unknown } = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.status = status;
    this.headers = facts.headers ?? {};
  }
}

export const answerUnknownPath: RequestHandler = (_request, response) => {
  response.status(404).type("text/plain").send("Not found\n");
};

/**
 * The last stop of every error: callers get a status and a few words, never a stack; what nobody expected is logged.
 * Errors of express and its body parser carry a `status` of 4xx when the caller is to blame.
 */
export function createErrorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, words, headers } = answerFor(error);
    if (status >= 500 && !(error instanceof HttpError)) log.error({ err: error, status }, "http request failed");
    response.status(status).set(headers).type("text/plain").send(`${words}\n`);
  };
}

function answerFor(error: unknown): { status: number; words: string; headers: Readonly<Record<string, string>> } {
  if (error instanceof HttpError) return { status: error.status, words: error.message, headers: error.headers };
  const status = statusOf(error);
  // What is left of a body that we refuse is not worth reading.
  if (status === 413) return { status, words: "Too large", headers: { connection: "close" } };
  if (status >= 400 && status < 500) return { status, words: "Bad request", headers: {} };
  return { status: 500, words: "Internal error", headers: {} };
}

function statusOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("status" in error)) return 500;
  return typeof error.status === "number" ? error.status : 500;
}

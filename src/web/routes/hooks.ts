import express, { type Request, type Response, type Router } from "express";
import { ipKeyGenerator, MemoryStore, rateLimit } from "express-rate-limit";
import type { ProviderId } from "../../core/model/ids.ts";
import type { PushCall } from "../../core/ports/inbox.ts";
import type { Log } from "../../core/ports/log.ts";
import { isSameSecret } from "../../support/same-secret.ts";
import { type AddressCheck, createAddressCheck } from "../addresses.ts";
import { HttpError } from "../errors.ts";
import type { Metrics } from "../metrics.ts";

const bodyLimit = 256 * 1024;
const wrongTokensPerMinute = 20;
/** What a call takes beside its body: its request and answer, and its record on the way to the disk. */
const callBytes = 16 * 1024;

/** Where a panel pushes SMS to us. */
export interface Hook {
  readonly providerId: ProviderId;
  readonly token: string;
  /** Addresses and CIDR ranges that may call; absent or empty: anyone who knows the token. */
  readonly allowFrom?: readonly string[];
  /**
   * Takes one call. `stored`: everything in it is on disk. `unreadable`: there is no SMS in it. Throws when it could not be
   * stored; the panel is then told to come again.
   */
  handle(call: PushCall): Promise<"stored" | "unreadable">;
}

export interface HookDeps {
  readonly hooks: readonly Hook[];
  readonly log: Log;
  readonly metrics: Metrics;
  /** Of how many addresses guesses are counted. Whoever has more is not held up by counting: all counts begin anew. */
  readonly guessers: number;
  /** How much of one panel's calls may be in hand at once, each counted with 16 kB beside its body. */
  readonly inHandBytes: number;
  /** Told of a call with the right token in which there was no SMS. */
  onUnreadable?(providerId: ProviderId, call: PushCall): void | Promise<void>;
}

/**
 * `GET` and `POST /<providerId>/<token>`. Whoever has no token learns nothing: neither which providers exist nor how near
 * a guess was; guesses are limited for each address, and calls with the right token never are.
 *
 * What comes faster than the disk takes it is answered 503 from a certain amount in hand on, so that memory is bounded; the
 * panel comes again. Each panel has its own room: one that floods shuts the door to no other.
 */
export function createHookRoutes(deps: HookDeps): { router: Router; stop(): void } {
  const doors = new Map(deps.hooks.map((hook) => [hook.providerId, toDoor(hook)]));
  const guesses = new MemoryStore();
  const refuse = rateLimit({
    windowMs: 60_000,
    limit: wrongTokensPerMinute,
    store: guesses,
    legacyHeaders: false,
    // Its advice about proxies goes to the console; `trustProxy` of the configuration is where that is settled.
    validate: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? "unknown"),
    handler: (_request, _response, next) => next(new HttpError(429, "Too many requests")),
  });
  const readBody = express.raw({ type: () => true, limit: bodyLimit });
  const router = express.Router();

  router.all("/:providerId/:token", (request, response, next) => {
    if (request.method !== "GET" && request.method !== "POST") {
      throw new HttpError(405, "Method not allowed", { headers: { allow: "GET, POST" } });
    }
    const door = doors.get(request.params.providerId);
    if (!isSameSecret(request.params.token, door?.hook.token ?? "") || !door) {
      if (guesses.current.size + guesses.previous.size >= deps.guessers) void guesses.resetAll();
      void refuse(request, response, (error?: unknown) => next(error ?? new HttpError(404, "Not found")));
      return;
    }
    if (!door.isAllowed(request.ip)) {
      deps.metrics.countHook(door.hook.providerId, 403);
      deps.log.warn({ provider: door.hook.providerId, address: request.ip }, "hook call refused for its address");
      throw new HttpError(403, "Forbidden");
    }
    const bytes = bytesOf(request);
    if (door.inHand > 0 && door.inHand + bytes > deps.inHandBytes) {
      deps.metrics.countHook(door.hook.providerId, 503);
      throw notStored();
    }
    door.inHand += bytes;
    // Not with the connection: what its caller no longer waits for is on its way to the disk all the same.
    readBody(request, response, (error?: unknown) => {
      const done = error ? Promise.reject(error) : answer(door.hook, request, response);
      done.catch(next).finally(() => {
        door.inHand -= bytes;
      });
    });
  });

  async function answer(hook: Hook, request: Request, response: Response): Promise<void> {
    const call = toPushCall(request);
    const status = await take(hook, call);
    deps.metrics.countHook(hook.providerId, status);
    if (status === 503) throw notStored();
    response
      .status(status)
      .type("text/plain")
      .send(status === 200 ? "OK" : "No SMS found in this call\n");
    if (status === 400) await tellUnreadable(hook.providerId, call);
  }

  async function take(hook: Hook, call: PushCall): Promise<200 | 400 | 503> {
    try {
      return (await hook.handle(call)) === "stored" ? 200 : 400;
    } catch (error) {
      deps.log.error({ err: error, provider: hook.providerId }, "pushed sms not stored");
      return 503;
    }
  }

  async function tellUnreadable(providerId: ProviderId, call: PushCall): Promise<void> {
    try {
      await deps.onUnreadable?.(providerId, call);
    } catch (error) {
      deps.log.error({ err: error, provider: providerId }, "unreadable push not kept");
    }
  }

  return { router, stop: () => guesses.shutdown() };
}

function toDoor(hook: Hook): { hook: Hook; isAllowed: AddressCheck; inHand: number } {
  return { hook, isAllowed: hook.allowFrom?.length ? createAddressCheck(hook.allowFrom) : () => true, inHand: 0 };
}

function notStored(): HttpError {
  return new HttpError(503, "Not stored, try again", { headers: { "retry-after": "5" } });
}

/** At most what a call may come to: a body whose length is not told, or that is packed, may be as long as the limit. */
function bytesOf({ headers, originalUrl }: Request): number {
  const isOpen = headers["transfer-encoding"] !== undefined || headers["content-encoding"] !== undefined;
  const told = Number(headers["content-length"] ?? 0);
  return callBytes + originalUrl.length + (isOpen ? bodyLimit : Math.min(told, bodyLimit));
}

function toPushCall(request: Request): PushCall {
  const start = request.originalUrl.indexOf("?");
  const body: unknown = request.body;
  return {
    method: request.method,
    query: start < 0 ? "" : request.originalUrl.slice(start + 1),
    contentType: request.headers["content-type"] ?? "",
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}

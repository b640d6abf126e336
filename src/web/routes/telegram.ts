import express, { type Router } from "express";
import type { Log } from "../../core/ports/log.ts";
import { isSameSecret } from "../../support/same-secret.ts";
import { HttpError } from "../errors.ts";

/** Where Telegram pushes updates to us. */
export interface TelegramHook {
  /** The whole path, `/telegram/<secret>`. */
  readonly path: string;
  /** What the header `X-Telegram-Bot-Api-Secret-Token` must hold. */
  readonly secretToken: string;
  /** Takes one update, as Telegram wrote it. Resolves once its effect is committed; throws to be given it again. */
  handle(update: unknown): Promise<void>;
}

/** Telegram gives an update again for as long as the answer is not 2xx, so `200` is said only once its effect is on disk. */
export function createTelegramRoute(deps: { hook: TelegramHook; log: Log }): Router {
  const router = express.Router();
  const { hook, log } = deps;

  router.all("/telegram/:secret", (request, _response, next) => {
    const isOurs = isSameSecret(request.path, hook.path);
    const hasToken = isSameSecret(request.get("x-telegram-bot-api-secret-token") ?? "", hook.secretToken);
    if (!isOurs || !hasToken) throw new HttpError(404, "Not found");
    if (request.method !== "POST") throw new HttpError(405, "Method not allowed", { headers: { allow: "POST" } });
    next();
  });
  router.post("/telegram/:secret", express.json({ type: () => true, limit: "1mb" }), async (request, response) => {
    const update: unknown = request.body;
    if (typeof update !== "object" || update === null || !("update_id" in update))
      throw new HttpError(400, "Not an update");
    try {
      await hook.handle(update);
    } catch (error) {
      log.error({ err: error }, "telegram update not committed");
      throw new HttpError(503, "Not stored, try again");
    }
    response.status(200).type("text/plain").send("OK");
  });
  return router;
}

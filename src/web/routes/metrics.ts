import express, { type Router } from "express";
import { isSameSecret } from "../../support/same-secret.ts";
import { HttpError } from "../errors.ts";
import type { Metrics } from "../metrics.ts";

/** `/metrics` in Prometheus' text form; behind the administrator's token where there is one. */
export function createMetricsRoute(deps: { metrics: Metrics; adminToken?: string }): Router {
  const router = express.Router();
  router.get("/metrics", async (request, response) => {
    if (deps.adminToken !== undefined && !isSameSecret(bearerOf(request.get("authorization")), deps.adminToken)) {
      throw new HttpError(401, "Needs Authorization: Bearer", { headers: { "www-authenticate": "Bearer" } });
    }
    response
      .set("cache-control", "no-store")
      .type(deps.metrics.contentType)
      .send(await deps.metrics.render());
  });
  return router;
}

function bearerOf(header: string | undefined): string {
  return /^Bearer +(.+)$/i.exec(header ?? "")?.[1]?.trim() ?? "";
}

import { expect, test } from "vitest";
import type { HealthReport } from "../../src/web/routes/health.ts";
import { healthy, rawRequest, startWeb } from "./start-web.ts";

const ill: HealthReport = {
  telegram: { isUp: true, since: 1_700_000_000_000 },
  providers: [
    {
      provider: "asanak",
      isUp: false,
      since: 1_700_000_000_000,
      failure: { code: "no-credit", vendor: "1006" },
      waiting: 3,
    },
    { provider: "panel", isUp: true, since: 1_700_000_000_000, waiting: 0 },
  ],
};

test("/healthz answers while the process lives, whatever the store does, and tells how both sides are", async () => {
  const { url } = await startWeb({ health: () => ill, probe: () => Promise.reject(new Error("disk full")) });
  const { status, body } = await rawRequest(url, { path: "/healthz" });
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    status: "alive",
    telegram: { isUp: ill.telegram.isUp },
    providers: ill.providers.map(({ provider }) => ({ provider })),
  });
});

test("/readyz is 200 while the store can be written, whatever panels and Telegram do, and tells of them", async () => {
  const { url } = await startWeb({ health: () => ill });
  const answer = await rawRequest(url, { path: "/readyz" });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({
    status: "ready",
    store: { isUp: true },
    telegram: { isUp: true, since: "2023-11-14T22:13:20.000Z" },
    providers: [
      { provider: "asanak", isUp: false, since: "2023-11-14T22:13:20.000Z", failure: "no-credit", waiting: 3 },
      { provider: "panel", isUp: true, since: "2023-11-14T22:13:20.000Z", waiting: 0 },
    ],
  });
});

test("/readyz?all is 503 while a panel or Telegram is down", async () => {
  let report = healthy;
  const { url } = await startWeb({ health: () => report });
  const ask = async () => (await rawRequest(url, { path: "/readyz?all" })).status;
  expect(await ask()).toBe(200);
  report = ill;
  expect(await ask()).toBe(503);
  report = { telegram: { isUp: false }, providers: [] };
  expect(await ask()).toBe(503);
});

test("/readyz is 503 while the store cannot be written, and does not tell why", async () => {
  const { url, logged } = await startWeb({ probe: () => Promise.reject(new Error("disk full at /var")) });
  const answer = await rawRequest(url, { path: "/readyz" });
  expect(answer.status).toBe(503);
  expect(answer.body).not.toContain("disk");
  expect(logged).toMatchObject([{ level: "warn", message: "store could not be written" }]);
});

test("many who ask at once share one write", async () => {
  let writes = 0;
  const probe = async () => {
    writes += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const { url } = await startWeb({ probe });
  await Promise.all(Array.from({ length: 20 }, () => rawRequest(url, { path: "/readyz" })));
  expect(writes).toBe(1);
});

test("a write that hangs counts as one that failed", async () => {
  const soon = (_ms: number, run: () => void) => {
    setImmediate(run);
    return () => {};
  };
  const clock = { now: () => 0, after: soon };
  const { web, url } = await startWeb({ probe: () => new Promise(() => {}), clock });
  expect((await rawRequest(url, { path: "/readyz" })).status).toBe(503);
  await web.stop();
});

import { expect, test } from "vitest";
import type { Inbound } from "../../src/core/model/message.ts";
import { metricTable } from "../../src/web/metrics.ts";
import { rawRequest, startWeb } from "./start-web.ts";

const inbound: Inbound = {
  id: "a",
  desk: "support",
  thread: "support/+989120000000",
  provider: "asanak",
  line: "+982164063188",
  peer: "+989120000000",
  text: "سلام",
  at: 0,
  seq: 0,
  repeats: 0,
};

test("events are counted and health is measured at each scrape", async () => {
  const token = "4f1c0d5a9b2e4f1c0d5a9b2e";
  const { url, events } = await startWeb({
    hooks: [{ providerId: "asanak", token, handle: async () => "stored" }],
    health: () => ({
      telegram: { isUp: true },
      providers: [{ provider: "asanak", isUp: false, since: 0, waiting: 7 }],
    }),
  });
  events.emit("inbound accepted", { message: inbound });
  events.emit("inbound posted", { message: inbound, waitedMs: 250 });
  events.emit("provider called", { provider: "asanak", call: "send", ms: 40, failure: "no-credit" });
  events.emit("report unknown", { provider: "asanak", vendor: "99" });
  const { status, body, headers } = await rawRequest(url, { path: "/metrics" });
  expect(status).toBe(200);
  expect(headers["content-type"]).toMatch(/^text\/plain; version=0.0.4/);
  expect(body).toContain('chapar_inbound_messages_total{provider="asanak"} 1');
  expect(body).toContain('chapar_inbound_post_seconds_sum{desk="support"} 0.25');
  expect(body).toContain('chapar_provider_failures_total{provider="asanak",call="send",code="no-credit"} 1');
  expect(body).toContain('chapar_unknown_reports_total{provider="asanak"} 1');
  expect(body).toContain('chapar_provider_up_bool{provider="asanak"} 0');
  expect(body).toContain('chapar_provider_waiting_messages{provider="asanak"} 7');
  expect(body).not.toContain("+98912");
  await rawRequest(url, { path: `/hooks/asanak/${token}` });
  expect((await rawRequest(url, { path: "/metrics" })).body).toContain(
    'chapar_hook_requests_total{provider="asanak",status="200"} 1',
  );
});

test("with an administrator's token metrics need it", async () => {
  const { url } = await startWeb({ server: { adminToken: "0123456789abcdef" } });
  const ask = async (authorization?: string) =>
    (await rawRequest(url, { path: "/metrics", headers: authorization === undefined ? {} : { authorization } })).status;
  expect(await ask()).toBe(401);
  expect(await ask("Bearer 0123456789abcdeX")).toBe(401);
  expect(await ask("Basic 0123456789abcdef")).toBe(401);
  expect(await ask("Bearer 0123456789abcdef")).toBe(200);
});

test("a report that cannot be made fails the scrape and nothing else", async () => {
  const { url, logged } = await startWeb({
    health: () => {
      throw new Error("broken");
    },
  });
  expect(await rawRequest(url, { path: "/metrics" })).toMatchObject({ status: 500, body: "Internal error\n" });
  expect((await rawRequest(url, { path: "/" })).status).toBe(200);
  expect(logged).toHaveLength(1);
});

test("every metric is named chapar_<thing>_<unit>", () => {
  for (const { name, type } of Object.values(metricTable)) {
    expect(name).toMatch(/^chapar_[a-z]+(_[a-z]+)*_(total|seconds|bytes|messages|bool)$/);
    expect(name.endsWith("_total")).toBe(type === "counter");
  }
});

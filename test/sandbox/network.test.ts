import { afterEach, expect, test } from "vitest";
import { jsonResponse } from "../../src/sandbox/http.ts";
import { type Network, openNetwork } from "../../src/sandbox/network.ts";
import { createTimers, type Timers, worldClock } from "../../src/sandbox/timers.ts";

let network: Network;
let timers: Timers;
let handled = 0;

async function open(): Promise<void> {
  handled = 0;
  timers = createTimers(worldClock);
  network = await openNetwork({
    timers,
    handle: async ({ path }) => {
      handled += 1;
      return jsonResponse(200, { path, filling: "x".repeat(200) });
    },
  });
}

afterEach(async () => {
  timers.stop();
  await network.stop();
});

test("without a fault it answers what the handler gives", async () => {
  await open();
  const response = await fetch(`${network.url}/hello?x=1`);
  expect(await response.json()).toMatchObject({ path: "/hello" });
  expect(network.hits).toBe(1);
});

test("a cut before handling leaves nothing done, a cut after it leaves it done", async () => {
  await open();
  network.fault({ kind: "cut", when: "before", times: 1 });
  await expect(fetch(network.url)).rejects.toThrow("fetch failed");
  expect(handled).toBe(0);
  network.fault({ kind: "cut", when: "after", times: 1 });
  await expect(fetch(network.url)).rejects.toThrow("fetch failed");
  expect(handled).toBe(1);
  expect((await fetch(network.url)).status).toBe(200);
});

test("a half answer gives a head and breaks within the body", async () => {
  await open();
  network.fault({ kind: "half", times: 1 });
  const response = await fetch(network.url);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
});

test("silence keeps the connection open until the caller gives up", async () => {
  await open();
  network.fault({ kind: "silent", times: 1 });
  await expect(fetch(network.url, { signal: AbortSignal.timeout(800) })).rejects.toThrow(/timeout/i);
  expect(handled).toBe(1);
});

test("a delay passes and the answer comes", async () => {
  await open();
  network.fault({ kind: "delay", ms: 60, times: 1 });
  const start = performance.now();
  expect((await fetch(network.url)).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(50);
});

test("a status or an HTML page stands in for the answer, only where the fault matches", async () => {
  await open();
  network.fault({ kind: "status", status: 502, match: ({ path }) => path === "/bad" });
  expect((await fetch(`${network.url}/bad`)).status).toBe(502);
  expect((await fetch(`${network.url}/good`)).status).toBe(200);
  network.heal();
  network.fault({ kind: "html", times: 1 });
  const page = await fetch(network.url);
  expect([page.status, page.headers.get("content-type")]).toEqual([403, "text/html; charset=utf-8"]);
});

test("refusing closes the port and listening opens the same one", async () => {
  await open();
  const { url } = network;
  await network.refuse();
  await expect(fetch(url)).rejects.toThrow("fetch failed");
  await network.listen();
  expect((await fetch(url)).status).toBe(200);
  expect(network.url).toBe(url);
});

test("being down for a time ends by itself", async () => {
  await open();
  await network.downFor(60);
  await expect(fetch(network.url)).rejects.toThrow("fetch failed");
  await expect.poll(async () => (await fetch(network.url).catch(() => undefined))?.status, { timeout: 2000 }).toBe(200);
});

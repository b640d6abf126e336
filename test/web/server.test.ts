import { expect, test } from "vitest";
import { exchange } from "./raw-socket.ts";
import { rawRequest, startWeb } from "./start-web.ts";

const token = "4f1c0d5a9b2e4f1c0d5a9b2e";

/** A panel's door behind which `handle` takes its time. */
function doorOf(handle: () => Promise<"stored">) {
  return { hooks: [{ providerId: "asanak", token, handle }] };
}

const push = `GET /hooks/asanak/${token}?n=1 HTTP/1.1\r\nHost: a\r\n\r\n`;

test("an unknown path is a short 404", async () => {
  const { url } = await startWeb();
  for (const path of ["/nothing", "/hooks", "/telegram/x", "/..%2f", "/hooks/a/b/c"]) {
    expect(await rawRequest(url, { path })).toMatchObject({ status: 404, body: "Not found\n" });
  }
});

test("a path that cannot be decoded is the caller's fault and shows no stack", async () => {
  const { url, logged } = await startWeb();
  expect(await rawRequest(url, { path: "/hooks/%zz/x" })).toMatchObject({ status: 400, body: "Bad request\n" });
  expect(logged).toEqual([]);
});

test("an unexpected error shows nothing and is logged", async () => {
  const health = () => {
    throw new Error("secret inside");
  };
  const { url, logged } = await startWeb({ health });
  expect(await rawRequest(url, { path: "/healthz" })).toMatchObject({ status: 500, body: "Internal error\n" });
  expect(logged).toMatchObject([{ message: "http request failed" }]);
});

test("pages carry protective headers and no name of the software", async () => {
  const { url } = await startWeb();
  const { headers, body } = await rawRequest(url, { path: "/" });
  expect(headers["x-powered-by"]).toBeUndefined();
  expect(headers["content-security-policy"]).toBeDefined();
  expect(body).toContain("Chapar");
});

test("a caller who never finishes its head is cut off", async () => {
  const { url } = await startWeb({ limits: { headMs: 150, requestMs: 300 } });
  const from = performance.now();
  const answer = await exchange(url, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
  expect(answer).toMatch(/^HTTP\/1.1 408/);
  expect(performance.now() - from).toBeLessThan(2_000);
});

test("a caller who never finishes its body is cut off", async () => {
  const { url } = await startWeb({
    limits: { headMs: 100, requestMs: 200 },
    telegram: { path: "/telegram/s", secretToken: "t", handle: async () => undefined },
  });
  const head =
    "POST /telegram/s HTTP/1.1\r\nHost: a\r\nX-Telegram-Bot-Api-Secret-Token: t\r\nContent-Length: 100\r\n\r\n{";
  expect(await exchange(url, head)).toMatch(/^(HTTP\/1.1 408|$)/);
});

test("stop lets the answer in hand out, closes idle connections and takes no new call", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isAsked = false;
  const door = doorOf(() => {
    isAsked = true;
    return held.then(() => "stored");
  });
  const { web, url } = await startWeb(door);
  const idle = exchange(url, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  const slow = exchange(url, push);
  await expect.poll(() => isAsked, { timeout: 10_000 }).toBe(true);
  const stopped = web.stop();
  expect(await idle).toContain("alive");
  await expect(rawRequest(url, { path: "/healthz" })).rejects.toThrow("ECONNREFUSED");
  release();
  expect(await slow).toMatch(/^HTTP\/1\.1 200 .*OK$/s);
  const from = performance.now();
  await Promise.all([stopped, web.stop()]);
  expect(performance.now() - from).toBeLessThan(1_000);
});

test("stop does not wait for ever for an answer", async () => {
  const { web, url } = await startWeb({ ...doorOf(() => new Promise(() => undefined)), limits: { stopMs: 100 } });
  const never = exchange(url, push);
  await new Promise((resolve) => setTimeout(resolve, 30));
  await web.stop();
  expect(await never).toBe("");
});

test("start rejects when the port is taken", async () => {
  const { url } = await startWeb();
  await expect(startWeb({ server: { port: Number(new URL(url).port) } })).rejects.toThrow("EADDRINUSE");
});

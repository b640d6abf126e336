import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PushCall } from "../../src/core/ports/inbox.ts";
import type { Hook } from "../../src/web/routes/hooks.ts";
import { rawRequest, startWeb } from "./start-web.ts";

const token = "4f1c0d5a9b2e4f1c0d5a9b2e";

function createHook(change: Partial<Hook> = {}): Hook & { calls: PushCall[] } {
  const calls: PushCall[] = [];
  return {
    calls,
    providerId: "asanak",
    token,
    async handle(call) {
      calls.push(call);
      return "stored";
    },
    ...change,
  };
}

test("a push by GET is answered OK, and is handed on exactly as it came", async () => {
  const hook = createHook();
  const { url } = await startWeb({ hooks: [hook] });
  const query = "Destination=982164063188&Source=0912%20&MsgBody=%D8%B3%+?&MsgBody=";
  const answer = await rawRequest(url, { path: `/hooks/asanak/${token}?${query}` });
  expect(answer).toMatchObject({ status: 200, body: "OK" });
  expect(answer.headers["content-type"]).toMatch(/^text\/plain/);
  expect(hook.calls).toEqual([{ method: "GET", query, contentType: "", body: Buffer.alloc(0) }]);
});

test("a push by POST is handed on with its bytes, whatever it says of its type", async () => {
  const hook = createHook();
  const { url } = await startWeb({ hooks: [hook] });
  const body = new Uint8Array([0xff, 0x00, 0x7b, 0xd8]);
  for (const type of ["application/json", "application/x-www-form-urlencoded; charset=x", "nonsense"]) {
    const headers = { "content-type": type };
    expect(await rawRequest(url, { method: "POST", path: `/hooks/asanak/${token}`, headers, body })).toMatchObject({
      status: 200,
    });
  }
  const packed = gzipSync("سلام");
  const headers = { "content-encoding": "gzip" };
  await rawRequest(url, { method: "POST", path: `/hooks/asanak/${token}`, headers, body: packed });
  expect(hook.calls.map((call) => call.body)).toEqual([...Array(3).fill(Buffer.from(body)), Buffer.from("سلام")]);
  expect(hook.calls.map((call) => call.contentType)).toContain("nonsense");
});

test("OK is said only after the SMS is stored", async () => {
  let isStored = false;
  const handle = async () => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    isStored = true;
    return "stored" as const;
  };
  const { url } = await startWeb({ hooks: [createHook({ handle })] });
  await rawRequest(url, { path: `/hooks/asanak/${token}?MsgBody=1` });
  expect(isStored).toBe(true);
});

test("what could not be stored is answered 503, so that the panel comes again, and nothing of the cause is told", async () => {
  const handle = () => Promise.reject(new Error("disk full at /var/lib"));
  const { url, logged } = await startWeb({ hooks: [createHook({ handle })] });
  const answer = await rawRequest(url, { path: `/hooks/asanak/${token}?MsgBody=1` });
  expect(answer.status).toBe(503);
  expect(answer.body).not.toMatch(/disk|Error|at /);
  expect(logged).toMatchObject([{ level: "error", message: "pushed sms not stored" }]);
});

test("a call without an SMS is answered 400 and told, and a failure to keep it changes nothing", async () => {
  const told: [string, PushCall][] = [];
  const { url, logged } = await startWeb({
    hooks: [createHook({ handle: async () => "unreadable" })],
    onUnreadable(providerId, call) {
      told.push([providerId, call]);
      throw new Error("not kept");
    },
  });
  expect((await rawRequest(url, { path: `/hooks/asanak/${token}?a=b` })).status).toBe(400);
  expect(told).toMatchObject([["asanak", { method: "GET", query: "a=b" }]]);
  expect(logged).toMatchObject([{ message: "unreadable push not kept" }]);
});

test("a wrong token and an unknown provider look the same", async () => {
  const hook = createHook();
  const { url } = await startWeb({ hooks: [hook] });
  const paths = [
    `/hooks/asanak/${token}x`,
    `/hooks/asanak/${token.slice(1)}`,
    `/hooks/other/${token}`,
    "/hooks/asanak/%20",
    "/hooks/__proto__/x",
  ];
  const answers = await Promise.all(paths.map((path) => rawRequest(url, { path })));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set(["404 Not found\n"]));
  expect(hook.calls).toEqual([]);
});

test("guesses are limited to about twenty a minute for each address, calls with the right token are not", async () => {
  const hook = createHook();
  const { url } = await startWeb({ hooks: [hook] });
  const guess = async () => (await rawRequest(url, { path: "/hooks/asanak/guess" })).status;
  const statuses: number[] = [];
  for (let n = 0; n < 25; n += 1) statuses.push(await guess());
  expect(statuses).toEqual([...Array(20).fill(404), ...Array(5).fill(429)]);
  for (let n = 0; n < 30; n += 1) {
    expect((await rawRequest(url, { path: `/hooks/asanak/${token}?n=${n}` })).status).toBe(200);
  }
});

test("behind a trusted proxy guesses are limited by the caller's own address", async () => {
  const { url } = await startWeb({ hooks: [createHook()], server: { trustProxy: 1 } });
  const guess = async (address: string) =>
    (await rawRequest(url, { path: "/hooks/asanak/guess", headers: { "x-forwarded-for": address } })).status;
  for (let n = 0; n < 20; n += 1) await guess("192.0.2.1");
  expect(await guess("192.0.2.1")).toBe(429);
  expect(await guess("192.0.2.2")).toBe(404);
});

test("only listed addresses may call where addresses are listed", async () => {
  const { url } = await startWeb({
    server: { trustProxy: 1 },
    hooks: [createHook({ allowFrom: ["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"] })],
  });
  const from = async (address: string) =>
    (await rawRequest(url, { path: `/hooks/asanak/${token}`, headers: { "x-forwarded-for": address } })).status;
  expect(await from("192.0.2.200")).toBe(200);
  expect(await from("::ffff:192.0.2.200")).toBe(200);
  expect(await from("2001:db8:1::1")).toBe(200);
  expect(await from("198.51.100.7")).toBe(200);
  expect(await from("198.51.100.8")).toBe(403);
  expect(await from("127.0.0.1")).toBe(403);
  expect(await from("nonsense")).toBe(403);
});

test("a body over 256 kB is answered 413, and the next caller is served", async () => {
  const hook = createHook();
  const { url } = await startWeb({ hooks: [hook] });
  const post = (size: number) =>
    rawRequest(url, { method: "POST", path: `/hooks/asanak/${token}`, body: Buffer.alloc(size, "a") });
  expect((await post(256 * 1024 + 1)).status).toBe(413);
  expect((await post(256 * 1024)).status).toBe(200);
  expect(hook.calls).toHaveLength(1);
});

test("a small body that unpacks to a large one is refused", async () => {
  const { url } = await startWeb({ hooks: [createHook()] });
  const body = gzipSync(Buffer.alloc(1024 * 1024));
  const headers = { "content-encoding": "gzip" };
  expect((await rawRequest(url, { method: "POST", path: `/hooks/asanak/${token}`, headers, body })).status).toBe(413);
});

test("other methods store nothing", async () => {
  const hook = createHook();
  const { url } = await startWeb({ hooks: [hook] });
  for (const method of ["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    const answer = await rawRequest(url, { method, path: `/hooks/asanak/${token}` });
    expect(answer).toMatchObject({ status: 405, headers: { allow: "GET, POST" } });
  }
  expect(hook.calls).toEqual([]);
});

test("a long Persian SMS fits into a query", async () => {
  const hook = createHook();
  const { url } = await startWeb({ hooks: [hook] });
  const query = `MsgBody=${encodeURIComponent("س".repeat(2_000))}`;
  expect((await rawRequest(url, { path: `/hooks/asanak/${token}?${query}` })).status).toBe(200);
  expect(hook.calls[0]?.query).toBe(query);
});

test("garbage never makes it answer 5xx", async () => {
  const { url } = await startWeb({ hooks: [createHook()] });
  const pathPart = fc.oneof(
    fc.constantFrom(token, "asanak", "hooks", "..", "%", "%zz", "%00", "%ff%fe"),
    fc.webSegment(),
  );
  const call = fc.record({
    path: fc.array(pathPart, { maxLength: 4 }).map((parts) => `/hooks/${parts.join("/")}`),
    query: fc.oneof(fc.webQueryParameters(), fc.constantFrom("%", "a[b]=1", "&&==", "?")),
    method: fc.constantFrom("GET", "POST", "PUT"),
    headers: fc.record({
      "content-type": fc.constantFrom("application/json", "text/plain; charset=utf-99", ";", "multipart/form-data"),
      "content-encoding": fc.constantFrom("identity", "gzip", "deflate", "nonsense"),
    }),
    body: fc.uint8Array({ maxLength: 200 }),
  });
  await fc.assert(
    fc.asyncProperty(call, async ({ path, query, method, headers, body }) => {
      const answer = await rawRequest(url, {
        method,
        path: `${path}?${query}`,
        headers,
        body: method === "GET" ? "" : body,
      });
      expect(answer.status).toBeLessThan(500);
      expect(answer.body).not.toMatch(/node_modules|Error:|\.ts:/);
    }),
    {
      numRuns: 250,
      examples: [
        [
          {
            path: `/hooks/asanak/${token}`,
            query: "%",
            method: "POST",
            headers: { "content-type": ";", "content-encoding": "gzip" },
            body: new Uint8Array([1, 2]),
          },
        ],
      ],
    },
  );
});

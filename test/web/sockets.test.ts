import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { PushCall } from "../../src/core/ports/inbox.ts";
import { exchange, openSocket, type RawSocket } from "./raw-socket.ts";
import { rawRequest, startWeb } from "./start-web.ts";

const token = "4f1c0d5a9b2e4f1c0d5a9b2e";
const path = `/hooks/asanak/${token}`;
const soon = { headMs: 300, requestMs: 600, stillMs: 900 };

async function startDoor(changes: Parameters<typeof startWeb>[0] = {}) {
  const calls: PushCall[] = [];
  const handle = async (call: PushCall) => {
    calls.push(call);
    return "stored" as const;
  };
  const started = await startWeb({ hooks: [{ providerId: "asanak", token, handle }], limits: soon, ...changes });
  const push = async () => (await rawRequest(started.url, { path: `${path}?n=1` })).status;
  return { ...started, calls, push };
}

function post(head: string, body = ""): string {
  return `POST ${path} HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n${body}`;
}

/** Writes a byte now and then, for as long as it is let. */
async function trickle(socket: RawSocket, text: string): Promise<string> {
  for (let at = 0; !socket.isClosed; at = (at + 1) % text.length) {
    socket.write(text.charAt(at));
    await pause(20);
  }
  return socket.closed;
}

test("a head that comes byte by byte, or not at all, is cut off", async () => {
  const { url, push, calls } = await startDoor();
  const silent = await openSocket(url);
  const slow = await openSocket(url);
  slow.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n`);
  const slowEnd = trickle(slow, "X-Slow: 1\r\n");
  const halfOpen = await openSocket(url);
  halfOpen.end();
  expect(await push()).toBe(200);
  const answers = await Promise.all([silent.closed, slowEnd, halfOpen.closed]);
  for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d .*)?/);
  expect(calls).toHaveLength(1);
});

test("a body that comes byte by byte is cut off, and is no SMS", async () => {
  const { url, push, calls } = await startDoor();
  const known = await openSocket(url);
  known.write(post("Content-Length: 100000"));
  const chunked = await openSocket(url);
  chunked.write(post("Transfer-Encoding: chunked"));
  const ends = [trickle(known, "MsgBody=1&"), trickle(chunked, "1\r\na\r\n")];
  expect(await push()).toBe(200);
  for (const answer of await Promise.all(ends)) expect(answer).not.toMatch(/^HTTP\/1\.1 200/);
  expect(calls).toHaveLength(1);
});

test("who asks and never reads the answer is cut off", async () => {
  const metrics = {
    contentType: "text/plain",
    render: async () => "a".repeat(50_000_000),
    countHook: () => undefined,
    stop: () => undefined,
  };
  // With room for one connection, only its end lets another in.
  const { url, push } = await startDoor({ metrics, limits: { stillMs: 2_000, connections: 1 } });
  const deaf = await openSocket(url);
  deaf.stopReading();
  deaf.write("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
  const tryToPush = () => push().catch(() => "refused");
  expect(await tryToPush()).toBe("refused");
  await expect.poll(tryToPush, { timeout: 15_000 }).toBe(200);
});

test("a legitimate caller with a slow line is served", async () => {
  const { url, calls } = await startDoor({ limits: {} });
  const body = `Source=09120000000&Destination=982164063188&MsgBody=${"a".repeat(40)}`;
  const socket = await openSocket(url);
  const bytes = post(`Connection: close\r\nContent-Length: ${body.length}`, body);
  for (const byte of bytes) {
    socket.write(byte);
    await pause(3);
  }
  expect(await socket.closed).toMatch(/^HTTP\/1\.1 200 /);
  expect(calls[0]?.body.toString()).toBe(body);
});

const malformed: Record<string, string> = {
  "no HTTP at all": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n",
  "a line without end": `GET /${"a".repeat(200_000)}`,
  "a head that is too large": `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${"a".repeat(70_000)}\r\n\r\n`,
  "a flood of headers": `GET / HTTP/1.1\r\nHost: a\r\n${Array.from({ length: 20_000 }, (_, n) => `X-${n}: 1\r\n`).join("")}\r\n`,
  "a length that is no number": post("Content-Length: abc", "MsgBody=1"),
  "a length below nothing": post("Content-Length: -5", "MsgBody=1"),
  "two lengths": post("Content-Length: 9\r\nContent-Length: 12", "MsgBody=1"),
  "a length and chunks": post("Content-Length: 9\r\nTransfer-Encoding: chunked", "9\r\nMsgBody=1\r\n0\r\n\r\n"),
  "chunks that lie": post("Transfer-Encoding: chunked", "5\r\nMsgBody=1\r\n0\r\n\r\n"),
  "a chunk of no size": post("Transfer-Encoding: chunked", "zz\r\nMsgBody=1\r\n0\r\n\r\n"),
  "a chunk that is far too large": post("Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFF\r\na"),
  "an encoding that nobody knows": post("Transfer-Encoding: nonsense", "MsgBody=1"),
  "a body that is not packed as it says": post(
    "Connection: close\r\nContent-Encoding: gzip\r\nContent-Length: 9",
    "MsgBody=1",
  ),
  "a packing that nobody knows": post(
    "Connection: close\r\nContent-Encoding: zstd, gzip, br\r\nContent-Length: 9",
    "MsgBody=1",
  ),
  "a method that nobody knows": `BREW ${path} HTTP/1.1\r\nHost: a\r\n\r\n`,
  "a tunnel": "CONNECT example.com:443 HTTP/1.1\r\nHost: a\r\n\r\n",
  "a version that nobody knows": `GET ${path} HTTP/9.9\r\nHost: a\r\n\r\n`,
  "no host": `GET ${path} HTTP/1.1\r\nConnection: close\r\n\r\n`,
  "control characters": `GET ${path}\x00\x01 HTTP/1.1\r\nHost: a\x07\r\n\r\n`,
  "garbage after a call": `GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n\x00\x01\x02 garbage\r\n\r\n`,
};

test.for(Object.entries(malformed))("malformed: %s", async ([, bytes]) => {
  const { url, calls, push, logged } = await startDoor();
  const answer = await exchange(url, Buffer.from(bytes, "latin1"));
  const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
  expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual(answer.includes("alive") ? [200] : []);
  expect(answer).not.toMatch(/node_modules|Error:|\.[jt]s:\d/);
  expect(calls).toEqual([]);
  expect(logged).toEqual([]);
  expect(await push()).toBe(200);
});

test("a body that is cut off, or shorter than it says, is no SMS", async () => {
  const { url, calls, push } = await startDoor();
  const cut = await openSocket(url);
  cut.write(post("Content-Length: 100", "MsgBody=1"));
  await pause(50);
  cut.destroy();
  const short = await openSocket(url);
  short.end(post("Content-Length: 100", "MsgBody=1"));
  const open = await openSocket(url);
  open.end(post("Transfer-Encoding: chunked", "9\r\nMsgBody=1\r\n"));
  for (const answer of await Promise.all([short.closed, open.closed])) expect(answer).not.toMatch(/^HTTP\/1\.1 200/);
  expect(calls).toEqual([]);
  expect(await push()).toBe(200);
});

test("a wrong token is refused before its body is read, however long that says it is", async () => {
  const { url, calls } = await startDoor({ limits: {} });
  const socket = await openSocket(url);
  socket.write("POST /hooks/asanak/wrong HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\n");
  expect(await socket.gets(/Not found/)).toMatch(/^HTTP\/1\.1 404 /);
  expect(calls).toEqual([]);
});

test("a body without an end is refused when its time is up, and nothing of it is kept", async () => {
  const { url, calls, push } = await startDoor();
  const socket = await openSocket(url);
  socket.write(post("Transfer-Encoding: chunked"));
  const chunk = `10000\r\n${"a".repeat(65_536)}\r\n`;
  while (!socket.isClosed) {
    socket.write(chunk);
    await pause(5);
  }
  expect(await socket.closed).toMatch(/^(HTTP\/1\.1 4|$)/);
  expect(calls).toEqual([]);
  expect(await push()).toBe(200);
});

test("calls that come in one piece are answered each in its turn", async () => {
  const { url, calls } = await startDoor();
  const get = (target: string, more = "") => `GET ${target} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
  const bytes = [get(`${path}?n=1`), get("/nothing"), get(`${path}?n=2`), get("/healthz", "Connection: close\r\n")];
  const answer = await exchange(url, bytes.join(""));
  const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  expect(statuses).toEqual(["200", "404", "200", "200"]);
  expect(calls.map(({ query }) => query)).toEqual(["n=1", "n=2"]);
});

test("from a certain amount in hand on, pushes are answered 503 until the disk has caught up", async () => {
  const release: (() => void)[] = [];
  const taken: string[] = [];
  const handle = async ({ query }: PushCall) => {
    taken.push(query);
    await new Promise<void>((resolve) => release.push(resolve));
    return "stored" as const;
  };
  const other = { providerId: "other", token: "another-token-0123456789", handle: async () => "stored" as const };
  const { url, logged } = await startDoor({
    hooks: [{ providerId: "asanak", token, handle }, other],
    limits: { inHandBytes: 10 * 17_000 },
  });
  const ask = (n: number) => rawRequest(url, { path: `${path}?n=${n}` });
  const first = Array.from({ length: 10 }, (_, n) => ask(n));
  await expect.poll(() => taken.length, { timeout: 10_000 }).toBe(10);
  const over = await Promise.all([ask(10), ask(11)]);
  expect(over.map(({ status, headers }) => [status, headers["retry-after"]])).toEqual([
    [503, "5"],
    [503, "5"],
  ]);
  expect((await rawRequest(url, { path: `/hooks/other/${other.token}` })).status).toBe(200);
  for (const go of release) go();
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual(Array(10).fill(200));
  const again = ask(10);
  await expect.poll(() => taken.length, { timeout: 10_000 }).toBe(11);
  release.at(-1)?.();
  expect((await again).status).toBe(200);
  // A flood must not fill the log, too.
  expect(logged).toEqual([]);
});

test("what a caller no longer waits for still counts until it is on the disk", async () => {
  const release: (() => void)[] = [];
  const handle = async () => {
    await new Promise<void>((resolve) => release.push(resolve));
    return "stored" as const;
  };
  const { url } = await startDoor({
    hooks: [{ providerId: "asanak", token, handle }],
    limits: { inHandBytes: 2 * 17_000 },
  });
  for (let n = 1; n <= 2; n += 1) {
    const socket = await openSocket(url);
    socket.write(`GET ${path}?n=${n} HTTP/1.1\r\nHost: a\r\n\r\n`);
    await expect.poll(() => release.length, { timeout: 10_000 }).toBe(n);
    socket.destroy();
  }
  await pause(50);
  expect((await rawRequest(url, { path })).status).toBe(503);
  for (const go of release) go();
  const last = rawRequest(url, { path });
  await expect.poll(() => release.length, { timeout: 10_000 }).toBe(3);
  release.at(-1)?.();
  expect((await last).status).toBe(200);
});

test("room is given back by calls that were cut off, refused or unreadable", async () => {
  let outcome: () => Promise<"stored" | "unreadable"> = async () => "unreadable";
  const { url } = await startDoor({
    hooks: [{ providerId: "asanak", token, handle: () => outcome() }],
    limits: { inHandBytes: 20_000 },
  });
  const ask = async () => (await rawRequest(url, { path })).status;
  expect([await ask(), await ask(), await ask()]).toEqual([400, 400, 400]);
  outcome = () => Promise.reject(new Error("disk full"));
  expect([await ask(), await ask()]).toEqual([503, 503]);
  outcome = async () => "stored";
  const large = Buffer.alloc(300_000, "a");
  expect((await rawRequest(url, { method: "POST", path, body: large })).status).toBe(413);
  const cut = await openSocket(url);
  cut.write(post("Content-Length: 1000", "MsgBody=1"));
  await expect.poll(ask, { timeout: 10_000 }).toBe(503);
  cut.destroy();
  await expect.poll(ask, { timeout: 10_000 }).toBe(200);
});

test("connections beyond the most are refused, and told once", async () => {
  const { url, logged, push } = await startDoor({ limits: { connections: 5 } });
  const open = await Promise.all(Array.from({ length: 5 }, () => openSocket(url)));
  for (let n = 0; n < 3; n += 1) expect(await (await openSocket(url)).closed).toBe("");
  expect(logged).toMatchObject([{ level: "warn", facts: { connections: 5 } }]);
  for (const socket of open) socket.destroy();
  await expect.poll(() => push().catch(() => 0), { timeout: 10_000 }).toBe(200);
});

test("guesses from very many addresses are not all remembered", async () => {
  const { url } = await startDoor({ server: { trustProxy: true }, limits: { guessers: 50 } });
  const guess = async (address: string) =>
    (await rawRequest(url, { path: "/hooks/asanak/wrong", headers: { "x-forwarded-for": address } })).status;
  for (let n = 0; n < 21; n += 1) await guess("192.0.2.1");
  expect(await guess("192.0.2.1")).toBe(429);
  for (let n = 0; n < 48; n += 1) await guess(`198.51.100.${n}`);
  expect(await guess("192.0.2.1")).toBe(429);
  for (let n = 0; n < 2; n += 1) await guess(`203.0.113.${n}`);
  expect(await guess("192.0.2.1")).toBe(404);
});

test("who sends call after call without waiting for answers is cut off", async () => {
  const { url, push } = await startDoor();
  const answer = await exchange(url, "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2_000));
  expect(answer.match(/HTTP\/1\.1 200/g)?.length ?? 0).toBeLessThan(21);
  expect(await push()).toBe(200);
  const patient = await openSocket(url);
  for (let n = 1; n <= 15; n += 1) {
    patient.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".repeat(10));
    await expect
      .poll(() => patient.answer().split('"alive"').length - 1, { timeout: 10_000, interval: 5 })
      .toBe(10 * n);
  }
});

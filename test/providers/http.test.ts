import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Clock } from "../../src/core/ports/clock.ts";
import { createHttp, type HttpCall, type HttpOptions } from "../../src/providers/http.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { startDeafListener } from "./deaf-listener.ts";
import { everythingIn, failureOf, never } from "./deps.ts";
import { json, portOf, startPanel } from "./panel-server.ts";
import { startRaw } from "./raw-server.ts";

const secret = "very-secret-password";
const send: HttpCall = { name: "panel send", method: "POST", path: "send", body: `password=${secret}`, sends: true };
const ask: HttpCall = { ...send, name: "panel report", sends: false };

function open(baseUrl: string, options: Partial<HttpOptions> = {}, clock: Clock = createSystemClock()) {
  const http = createHttp({ baseUrl, timeoutMs: 5000, ...options }, { clock });
  onTestFinished(() => http.close());
  return http;
}

describe("an answer", () => {
  it("comes with its status, type and text, and the request arrives as it was made", async () => {
    const panel = await startPanel(json(201, { text: "سلام" }, { "content-type": "Application/JSON; charset=utf-8" }));
    const http = open(`${panel.url}/base/v2`);
    const answer = await http.request({ ...send, headers: { "x-key": "1" } }, never);
    expect(answer).toEqual({ status: 201, contentType: "application/json", text: '{"text":"سلام"}' });
    expect(panel.calls).toMatchObject([
      { method: "POST", path: "/base/v2/send", body: send.body, headers: { "x-key": "1" } },
    ]);
  });

  it.each([
    ["/base", "send", "/base/send"],
    ["/base/", "send?a=1", "/base/send?a=1"],
    ["", "send", "/send"],
    ["/base/server", "", "/base/server"],
    ["/base/server", "?a=1", "/base/server?a=1"],
    ["", "", "/"],
  ])("comes from below the base address %j: %j is %j", async (base, path, expected) => {
    const panel = await startPanel(json(200, {}));
    await open(`${panel.url}${base}`).request({ ...send, path }, never);
    expect(panel.calls.map((call) => call.path)).toEqual([expected]);
  });

  it("shows bytes that are not UTF-8 as U+FFFD", async () => {
    const panel = await startPanel((_, response) => void response.end(Buffer.from([0x61, 0xff, 0x62])));
    expect((await open(panel.url).request(send, never)).text).toBe("a\ufffdb");
  });

  it.each([
    ["7", 7000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["soon", undefined],
  ])("tells what Retry-After %s asks for", async (header, expected) => {
    const panel = await startPanel(json(429, {}, { "retry-after": header }));
    expect((await open(panel.url).request(send, never)).retryAfterMs).toBe(expected);
  });

  it("that redirects is handed back and not followed", async () => {
    const panel = await startPanel(json(302, {}, { location: "/elsewhere" }));
    expect((await open(panel.url).request(send, never)).status).toBe(302);
    expect(panel.calls).toHaveLength(1);
  });

  it("over 1 MB is a bad reply", async () => {
    const panel = await startPanel((_, response) => void response.end("x".repeat(1_000_001)));
    expect(await failureOf(open(panel.url).request(send, never))).toMatchObject({ code: "bad-reply", certain: false });
  });

  it("that is an HTML 403 means that the address is refused, and nothing was sent", async () => {
    const panel = await startPanel(
      (_, response) => void response.writeHead(403, { "content-type": "text/html" }).end("<html>Forbidden</html>"),
    );
    const failure = await failureOf(open(panel.url).request(send, never));
    expect(failure).toMatchObject({ code: "address-refused", certain: true, httpStatus: 403 });
  });

  it("that is a JSON 403 is for the panel's own code to judge", async () => {
    const panel = await startPanel(json(403, { meta: { status: 1013 } }));
    expect((await open(panel.url).request(send, never)).status).toBe(403);
  });
});

describe("a failure before anything was written is certain", () => {
  it("when the name does not resolve", async () => {
    const asked: string[] = [];
    const http = open("http://nonexistent.invalid", {
      lookup: (host, _, done) => {
        asked.push(host);
        done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: "ENOTFOUND" }), "");
      },
    });
    const failure = await failureOf(http.request(send, never));
    expect(failure).toMatchObject({ code: "unreachable", certain: true, cause: { code: "ENOTFOUND" } });
    expect(asked).toEqual(["nonexistent.invalid"]);
  });

  it("when the port refuses", async () => {
    const closed = await startRaw(() => undefined);
    const gone = createServer().listen(0, "127.0.0.1");
    await once(gone, "listening");
    const port = portOf(gone.address());
    await new Promise((resolve) => gone.close(resolve));
    expect(closed.port).not.toBe(port);
    const failure = await failureOf(open(`http://127.0.0.1:${port}`).request(send, never));
    expect(failure).toMatchObject({ code: "unreachable", certain: true, cause: { code: "ECONNREFUSED" } });
  });

  it("when TLS fails", async () => {
    const panel = await startPanel(json(200, {}));
    const failure = await failureOf(open(`https://127.0.0.1:${panel.port}`).request(send, never));
    expect(failure).toMatchObject({ code: "unreachable", certain: true });
    expect(panel.calls).toEqual([]);
  });

  it("when the TLS handshake hangs until the time is up", async () => {
    const silent = await startRaw(() => undefined);
    const http = open(`https://127.0.0.1:${silent.port}`, { timeoutMs: 150 });
    expect(await failureOf(http.request(send, never))).toMatchObject({ code: "unreachable", certain: true });
  });

  it("when no connection comes about until the time is up", async () => {
    const port = await startDeafListener();
    const failure = await failureOf(open(`http://127.0.0.1:${port}`, { timeoutMs: 300 }).request(send, never));
    expect(failure).toMatchObject({ code: "unreachable", certain: true });
  });

  it("when it waits for a free connection until the time is up, and it is not written later either", async () => {
    let answerFirst = () => undefined as unknown;
    const panel = await startPanel((_, response) => {
      answerFirst = () => response.end("{}");
    });
    const clock = createFakeClock();
    const http = open(panel.url, { connections: 1, timeoutMs: 600 }, clock);
    const both = [http.request(send, never), http.request(send, never)].map(failureOf);
    await expect.poll(() => panel.calls.length).toBe(1);
    // Both times are up in the same moment, so that the end of the first call frees no connection for the second.
    clock.pass(600);
    expect(await Promise.all(both)).toMatchObject([
      { code: "no-answer", certain: false },
      { code: "unreachable", certain: true },
    ]);
    answerFirst();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(panel.calls).toHaveLength(1);
  });

  it("when we had been told to stop already", async () => {
    const panel = await startPanel(json(200, {}));
    const failure = await failureOf(open(panel.url).request(send, AbortSignal.abort()));
    expect(failure).toMatchObject({ code: "interrupted", certain: true });
    expect(panel.calls).toEqual([]);
  });

  it("when we are told to stop while the connection is being made", async () => {
    const silent = await startRaw(() => undefined);
    const stop = new AbortController();
    const call = failureOf(open(`https://127.0.0.1:${silent.port}`).request(send, stop.signal));
    stop.abort();
    expect(await call).toMatchObject({ code: "interrupted", certain: true });
  });

  it("when we had closed already", async () => {
    const panel = await startPanel(json(200, {}));
    const http = open(panel.url);
    await http.close();
    await http.close();
    expect(await failureOf(http.request(send, never))).toMatchObject({ code: "interrupted", certain: true });
    expect(panel.calls).toEqual([]);
  });

  it("when the request cannot be written as HTTP", async () => {
    const panel = await startPanel(json(200, {}));
    const failure = await failureOf(open(panel.url).request({ ...send, headers: { "x-bad": `a\n${secret}` } }, never));
    expect(failure).toMatchObject({ code: "bad-request", certain: true });
    expect(everythingIn(failure)).not.toContain(secret);
  });
});

describe("a failure after the request may have left is not certain", () => {
  it("when no answer came in time", async () => {
    const panel = await startPanel(() => undefined);
    const failure = await failureOf(open(panel.url, { timeoutMs: 600 }).request(send, never));
    expect(failure).toMatchObject({ code: "no-answer", certain: false });
    expect(panel.calls).toHaveLength(1);
  });

  it("when the answer stalls half-way", async () => {
    const panel = await startPanel(
      (_, response) => void response.writeHead(200, { "content-length": "100" }).write("{"),
    );
    const failure = await failureOf(open(panel.url, { timeoutMs: 600 }).request(send, never));
    expect(failure).toMatchObject({ code: "no-answer", certain: false });
  });

  it.each([
    ["closed", (socket: Socket) => socket.end()],
    ["reset", (socket: Socket) => socket.resetAndDestroy()],
  ])("when the connection is %s before an answer", async (_, cut) => {
    const panel = await startPanel(({ socket }) => void cut(socket));
    const failure = await failureOf(open(panel.url).request(send, never));
    expect(failure).toMatchObject({ code: "no-answer", certain: false });
    expect(panel.calls).toHaveLength(1);
  });

  it.each([
    ["an answer with a length", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"],
    ["an answer in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"],
    [
      "an answer in chunks, said to close",
      "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    ],
    ["the head of an answer", "HTTP/1.1 200 OK\r\nContent-Le"],
  ])("when the connection is cut in %s", async (_, begun) => {
    let arrived = 0;
    const raw = await startRaw((socket) => {
      socket.once("data", () => {
        arrived += 1;
        socket.end(begun);
      });
    });
    const failure = await failureOf(open(raw.url).request(send, never));
    expect(failure).toMatchObject({ code: "no-answer", certain: false });
    expect(arrived).toBe(1);
  });

  it("when the answer is no HTTP", async () => {
    const raw = await startRaw((socket) => void socket.once("data", () => socket.end("220 mail.example ESMTP\r\n")));
    expect(await failureOf(open(raw.url).request(send, never))).toMatchObject({ code: "bad-reply", certain: false });
  });

  it("when we are told to stop", async () => {
    const panel = await startPanel(() => undefined);
    const stop = new AbortController();
    const call = failureOf(open(panel.url).request(send, stop.signal));
    await expect.poll(() => panel.calls.length).toBe(1);
    stop.abort();
    expect(await call).toMatchObject({ code: "interrupted", certain: false });
  });

  it("when we close", async () => {
    const panel = await startPanel(() => undefined);
    const http = open(panel.url);
    const call = failureOf(http.request(send, never));
    await expect.poll(() => panel.calls.length).toBe(1);
    await http.close();
    expect(await call).toMatchObject({ code: "interrupted", certain: false });
  });

  it("but for a call that sends nothing it is", async () => {
    const panel = await startPanel(({ socket }) => void socket.destroy());
    expect(await failureOf(open(panel.url).request(ask, never))).toMatchObject({ code: "no-answer", certain: true });
  });
});

describe("a kept-alive connection", () => {
  it("is used again for a send that follows soon", async () => {
    const panel = await startPanel(json(200, {}));
    const http = open(panel.url);
    await http.request(send, never);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await http.request(send, never);
    expect(new Set(panel.calls.map((call) => call.socket)).size).toBe(1);
  });

  it.each([
    ["closed", (socket: Socket) => socket.end()],
    ["reset", (socket: Socket) => socket.resetAndDestroy()],
  ])("that the panel has %s is replaced by a fresh one with nothing written", async (_, cut) => {
    const panel = await startPanel((call, response) => {
      response.on("close", () => setTimeout(() => cut(call.socket), 20));
      response.end("{}");
    });
    const http = open(panel.url);
    await http.request(send, never);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(await http.request(send, never)).toMatchObject({ status: 200 });
    expect(panel.calls).toHaveLength(2);
  });

  it("whose close has arrived while we were busy is not written to", async () => {
    const panel = await startPanel(json(200, {}));
    const http = open(panel.url);
    await http.request(send, never);
    panel.calls[0]?.socket.end();
    // No turn of the event loop lies between the close and the next send.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
    expect(await http.request(send, never)).toMatchObject({ status: 200 });
    expect(panel.calls).toHaveLength(2);
  });

  it("is not used again once it has been idle for a second, whatever the panel promises", async () => {
    const panel = await startPanel(json(200, {}, { "keep-alive": "timeout=60" }));
    const http = open(panel.url);
    await http.request(send, never);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await http.request(send, never);
    expect(new Set(panel.calls.map((call) => call.socket)).size).toBe(2);
  });
});

describe("an error", () => {
  it("holds no body, no header, no query and no password of a proxy", async () => {
    const refusing = await startRaw((socket) => void socket.once("data", () => socket.end("HTTP/1.1 502 No\r\n\r\n")));
    const panel = await startPanel(({ socket }) => void socket.destroy());
    const call = { ...send, path: `send?key=${secret}`, headers: { authorization: secret } };
    const proxy = `http://user:${secret}@127.0.0.1:${refusing.port}`;
    const failures = [
      await failureOf(open(panel.url).request(call, never)),
      await failureOf(open(panel.url, { proxy }).request(call, never)),
      await failureOf(open(panel.url, { proxy: proxy.replace("http:", "socks5:") }).request(call, never)),
      await failureOf(open(panel.url).request(call, AbortSignal.abort(new Error(secret)))),
    ];
    for (const failure of failures) {
      expect(everythingIn(failure)).not.toContain(secret);
      expect(everythingIn(failure)).not.toContain(Buffer.from(`user:${secret}`).toString("base64"));
    }
  });
});

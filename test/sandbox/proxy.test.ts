import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createProxy } from "../../src/sandbox/bridge/proxy.ts";
import { exchange } from "../web/raw-socket.ts";
import { rawRequest } from "../web/start-web.ts";

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A proxy before whatever answers as this does. */
async function openProxy(listener: RequestListener): Promise<string> {
  const bridge = await serve(listener);
  const handOn = createProxy(() => bridge);
  return serve((incoming, outgoing) => void handOn(incoming, outgoing));
}

test("a call goes through as it came, and its answer comes back as it is", async () => {
  const url = await openProxy(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method, url: path, headers } = incoming;
    const seen = { method, path, type: headers["content-type"], body: Buffer.concat(chunks).toString() };
    outgoing.writeHead(418, { "content-type": "application/json", "x-own": "yes" }).end(JSON.stringify(seen));
  });
  const path = "/hooks/asanak/token?MsgBody=%D8%B3&n=%zz";
  const headers = { "content-type": "text/odd" };
  const answer = await rawRequest(url, { method: "POST", path, headers, body: "سلام" });
  expect(answer).toMatchObject({ status: 418, headers: { "x-own": "yes", "content-type": "application/json" } });
  expect(JSON.parse(answer.body)).toEqual({ method: "POST", path, type: "text/odd", body: "سلام" });
});

test("without a bridge, and where one is not there any more or dies over the call, the answer is 502 in words", async () => {
  const down = { status: 502, body: "The bridge is down\n" };
  const handOn = createProxy(() => undefined);
  const nowhere = await serve((incoming, outgoing) => void handOn(incoming, outgoing));
  expect(await rawRequest(nowhere, { path: "/healthz" })).toMatchObject(down);
  const gone = createProxy(() => "http://127.0.0.1:1");
  const away = await serve((incoming, outgoing) => void gone(incoming, outgoing));
  expect(await rawRequest(away, { method: "POST", path: "/hooks/x", body: "a" })).toMatchObject(down);
  const dying = await openProxy((incoming) => void incoming.socket.destroy());
  expect(await rawRequest(dying, { path: "/healthz" })).toMatchObject(down);
});

test("an answer that the bridge broke off is broken off, and not taken for a whole one", async () => {
  const url = await openProxy((_incoming, outgoing) => {
    outgoing.writeHead(200, { "content-length": 100 }).write("half", () => outgoing.destroy());
  });
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
  expect(await rawRequest(url, { path: "/" }).catch(() => "cut off")).toBe("cut off");
});

test("who hangs up is not waited for", async () => {
  let heardOfIt = false;
  const url = await openProxy((_incoming, outgoing) => {
    outgoing.on("close", () => {
      heardOfIt = true;
    });
  });
  const gone = new AbortController();
  const asked = fetch(url, { signal: gone.signal }).catch(() => "gone");
  setTimeout(() => gone.abort(), 100);
  expect(await asked).toBe("gone");
  await expect.poll(() => heardOfIt).toBe(true);
});

test("an answer before the end of the call is an answer", async () => {
  const url = await openProxy((_incoming, outgoing) => {
    outgoing.writeHead(413, { connection: "close" }).end("Too large");
  });
  const head = "POST /hooks/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1000\r\n\r\nhalf";
  expect(await exchange(url, head)).toMatch(/^HTTP\/1\.1 413 .*Too large/s);
});

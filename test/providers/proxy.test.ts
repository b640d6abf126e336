import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createHttp, type HttpCall } from "../../src/providers/http.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { failureOf, never } from "./deps.ts";
import { json, portOf, startPanel } from "./panel-server.ts";

const send: HttpCall = { name: "panel send", method: "POST", path: "send", body: "text=hi", sends: true };

function open(baseUrl: string, proxy: string, timeoutMs = 2000) {
  const http = createHttp({ baseUrl, proxy, timeoutMs }, { clock: createSystemClock() });
  onTestFinished(() => http.close());
  return http;
}

/** Counts connections; `onBytes` gets everything that one client has written until it takes the socket over. */
async function startProxy(onBytes: (socket: Socket, bytes: Buffer) => boolean) {
  const sockets = new Set<Socket>();
  const seen: Buffer[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    const listen = (bytes: Buffer) => {
      seen.push(bytes);
      if (onBytes(socket, bytes)) socket.off("data", listen);
    };
    socket.on("data", listen);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: portOf(server.address()), sockets, heard: () => Buffer.concat(seen).toString("latin1") };
}

function join(client: Socket, port: number, hello: string | Buffer) {
  const target = connect(port, "127.0.0.1", () => {
    client.write(hello);
    client.pipe(target);
    target.pipe(client);
  });
  target.on("error", () => client.destroy());
  client.on("close", () => target.destroy());
}

describe("through an HTTP proxy", () => {
  it("a call reaches the panel, with the proxy's login in the tunnel's head only", async () => {
    const panel = await startPanel(json(200, { ok: true }));
    const proxy = await startProxy((socket) => {
      join(socket, panel.port, "HTTP/1.1 200 Connection established\r\n\r\n");
      return true;
    });
    const http = open(panel.url, `http://me:p%40ss@127.0.0.1:${proxy.port}`);
    expect(await http.request(send, never)).toMatchObject({ status: 200 });
    expect(proxy.heard()).toContain(`CONNECT 127.0.0.1:${panel.port} HTTP/1.1`);
    expect(proxy.heard()).toContain(`Basic ${Buffer.from("me:p@ss").toString("base64")}`);
    expect(panel.calls).toMatchObject([{ body: "text=hi" }]);
    expect(panel.calls[0]?.headers).not.toHaveProperty("proxy-authorization");
  });

  it.each(["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"])(
    "that answers %s, nothing was sent",
    async (status) => {
      const proxy = await startProxy(
        (socket) => socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`).writable || true,
      );
      const failure = await failureOf(
        open("http://127.0.0.1:9", `http://127.0.0.1:${proxy.port}`).request(send, never),
      );
      expect(failure).toMatchObject({ code: "unreachable", certain: true });
    },
  );

  it("that hangs up, nothing was sent and it is not asked again and again", async () => {
    const proxy = await startProxy((socket) => socket.end().writable || true);
    const failure = await failureOf(open("http://127.0.0.1:9", `http://127.0.0.1:${proxy.port}`).request(send, never));
    expect(failure).toMatchObject({ code: "unreachable", certain: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(proxy.sockets.size).toBe(1);
  });

  it("that never answers, nothing was sent", async () => {
    const proxy = await startProxy(() => true);
    const http = open("http://127.0.0.1:9", `http://127.0.0.1:${proxy.port}`, 150);
    expect(await failureOf(http.request(send, never))).toMatchObject({ code: "unreachable", certain: true });
  });

  it("whose tunnel is cut after the request left, nobody knows", async () => {
    const panel = await startPanel(({ socket }) => void socket.destroy());
    const proxy = await startProxy((socket) => {
      join(socket, panel.port, "HTTP/1.1 200 OK\r\n\r\n");
      return true;
    });
    const failure = await failureOf(open(panel.url, `http://127.0.0.1:${proxy.port}`).request(send, never));
    expect(failure).toMatchObject({ code: "no-answer", certain: false });
    expect(panel.calls).toHaveLength(1);
  });
});

describe("through a SOCKS5 proxy", () => {
  const granted = Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]);

  it("a call reaches the panel, each over a connection of its own", async () => {
    const panel = await startPanel(json(200, { ok: true }));
    const proxy = await startProxy((socket, bytes) => {
      if (bytes.length < 8) return socket.write(Buffer.from([5, 0])) && false;
      join(socket, panel.port, granted);
      return true;
    });
    const http = open(panel.url, `socks5://127.0.0.1:${proxy.port}`);
    await http.request(send, never);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await http.request(send, never);
    expect(panel.calls).toMatchObject([{ body: "text=hi" }, { body: "text=hi" }]);
    expect(new Set(panel.calls.map((call) => call.socket)).size).toBe(2);
  });

  it("that refuses the panel, nothing was sent", async () => {
    const proxy = await startProxy((socket, bytes) => {
      socket.write(bytes.length < 8 ? Buffer.from([5, 0]) : Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0]));
      return false;
    });
    const failure = await failureOf(
      open("http://127.0.0.1:9", `socks5://127.0.0.1:${proxy.port}`).request(send, never),
    );
    expect(failure).toMatchObject({ code: "unreachable", certain: true });
  });

  it("that refuses the login, nothing was sent", async () => {
    const proxy = await startProxy((socket, bytes) => {
      socket.write(bytes[0] === 5 ? Buffer.from([5, 2]) : Buffer.from([1, 1]));
      return false;
    });
    const http = open("http://127.0.0.1:9", `socks5://me:secret-word@127.0.0.1:${proxy.port}`);
    expect(await failureOf(http.request(send, never))).toMatchObject({ code: "unreachable", certain: true });
  });

  it("that is not there, nothing was sent", async () => {
    const http = open("http://127.0.0.1:9", "socks5://127.0.0.1:1");
    expect(await failureOf(http.request(send, never))).toMatchObject({ code: "unreachable", certain: true });
  });

  it("whose handshake hangs, closing leaves no socket behind", async () => {
    const proxy = await startProxy(() => false);
    const http = open("http://127.0.0.1:9", `socks5://127.0.0.1:${proxy.port}`, 150);
    expect(await failureOf(http.request(send, never))).toMatchObject({ code: "unreachable", certain: true });
    await http.close();
    await expect.poll(() => [...proxy.sockets].every((socket) => socket.destroyed)).toBe(true);
  });
});

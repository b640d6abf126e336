import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A real proxy on loopback: which targets it was asked for, and how to stop it. */
export interface LoopbackProxy {
  readonly port: number;
  readonly targets: string[];
  stop(): Promise<void>;
}

/** Speaks CONNECT (RFC 9110, 9.3.6); with `auth` (`user:password`) only to those who give it. */
export async function startHttpProxy(auth?: string): Promise<LoopbackProxy> {
  const targets: string[] = [];
  const wanted = auth && `Basic ${Buffer.from(auth).toString("base64")}`;
  const server = createHttpServer();
  server.on("connect", (request, client: Socket) => {
    if (wanted !== undefined && request.headers["proxy-authorization"] !== wanted) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    targets.push(String(request.url));
    const [host = "", port] = String(request.url).split(":");
    const target = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      join(client, target);
    });
  });
  return listen(server, targets);
}

/** Speaks SOCKS5 with a user name and a password (RFC 1928, 1929), CONNECT to IPv4 addresses and names. */
export async function startSocksProxy(user: string, password: string): Promise<LoopbackProxy> {
  const targets: string[] = [];
  const server = createServer(async (client) => {
    client.on("error", () => client.destroy());
    await read(client);
    client.write(Buffer.from([5, 2]));
    const login = await read(client);
    const nameLength = login[1] ?? 0;
    const name = login.subarray(2, 2 + nameLength).toString();
    const isRight = name === user && login.subarray(3 + nameLength).toString() === password;
    client.write(Buffer.from([1, isRight ? 0 : 1]));
    if (!isRight) return void client.end();
    const asked = await read(client);
    const host = asked[3] === 1 ? asked.subarray(4, 8).join(".") : asked.subarray(5, 5 + (asked[4] ?? 0)).toString();
    const port = asked.readUInt16BE(asked.length - 2);
    targets.push(`${host}:${port}`);
    const target = connect(port, host, () => {
      client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
      join(client, target);
    });
  });
  return listen(server, targets);
}

function read(socket: Socket): Promise<Buffer> {
  return new Promise((resolve) => socket.once("data", resolve));
}

function join(a: Socket, b: Socket): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.on("error", () => to.destroy());
    from.on("close", () => to.destroy());
    from.pipe(to);
  }
}

async function listen(server: Server, targets: string[]): Promise<LoopbackProxy> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    targets,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

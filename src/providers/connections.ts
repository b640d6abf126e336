import type { LookupFunction, Socket } from "node:net";
import { buildConnector, type Dispatcher, Pool, ProxyAgent, Socks5ProxyAgent } from "undici";

// A send goes over a fresh connection, or one idle for under a second: a panel closes its idle connections when it likes, and
// bytes written into one that is closing look like an SMS that may have been sent. undici itself looks for a close that has
// already arrived before it writes, and then opens another connection with nothing written.
const idleMs = 900;

export interface ConnectionOptions {
  /** Scheme, host and port of the panel. */
  readonly origin: string;
  /** `http://`, `https://` or `socks5://`, with user and password where it needs them. */
  readonly proxy?: string;
  /** How long to wait for one connection, the proxy and TLS included. */
  readonly connectTimeoutMs: number;
  /** Connections at once. */
  readonly connections: number;
  /** The longest answer, in bytes. */
  readonly greatestAnswer: number;
  readonly lookup?: LookupFunction;
}

export interface Connections {
  readonly dispatcher: Dispatcher;
  /** Set where every request must have a connection of its own. */
  readonly reset: boolean;
  destroy(): Promise<void>;
}

/** The connections of one provider, shared with no other. Opens none by itself. */
export function createConnections(options: ConnectionOptions): Connections {
  const sockets = new Set<Socket>();
  const connector = { timeout: options.connectTimeoutMs, ...(options.lookup ? { lookup: options.lookup } : {}) };
  const connect = tracked(buildConnector(connector), sockets);
  const pool = {
    connections: options.connections,
    pipelining: 1,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: idleMs,
    // One deadline for the whole call is kept by http.ts.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: options.greatestAnswer,
  };
  const proxy = options.proxy === undefined ? undefined : new URL(options.proxy);

  const dispatcher = (() => {
    if (!proxy) return new Pool(options.origin, { ...pool, connect: telling(connect) });
    if (proxy.protocol === "socks5:") return new Socks5ProxyAgent(proxy, { ...pool, connect });
    return tunnel(proxy, pool, connector, connect);
  })();

  return {
    dispatcher,
    // undici's SOCKS agent keeps idle connections for as long as it pleases.
    reset: proxy?.protocol === "socks5:",
    async destroy() {
      await dispatcher.destroy();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function tunnel(
  proxy: URL,
  pool: Pool.Options,
  connector: buildConnector.BuildOptions,
  connect: buildConnector.connector,
): Dispatcher {
  const { username, password } = proxy;
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  return new ProxyAgent({
    ...pool,
    uri: proxy.origin,
    ...(username === "" ? {} : { token: `Basic ${login}` }),
    requestTls: connector,
    clientFactory: (origin) => new Pool(origin, { connect, headersTimeout: connector.timeout ?? 0 }),
    factory: (origin, given: Pool.Options) =>
      new Pool(origin, {
        ...given,
        ...(typeof given.connect === "function" ? { connect: telling(given.connect) } : {}),
      }),
  });
}

/**
 * undici tries again for ever where a connection fails with its own `UND_ERR_SOCKET`, as a proxy that hangs up makes it do.
 * Here every failed connection is an error that it hands to the requests that wait for it.
 */
function telling(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error) callback(Object.assign(new Error("not connected", { cause: error }), { code: "NOT_CONNECTED" }), null);
      else callback(null, socket);
    });
}

function tracked(connect: buildConnector.connector, sockets: Set<Socket>): buildConnector.connector {
  return (options, callback) => {
    // The connector gives back the socket at once, though its type does not say so.
    const opening: unknown = Reflect.apply(connect, undefined, [
      options,
      (...result: Parameters<buildConnector.Callback>) => {
        const [, socket] = result;
        if (socket) keep(socket);
        callback(...result);
      },
    ]);
    if (isSocket(opening)) keep(opening);
  };

  function keep(socket: Socket) {
    if (sockets.has(socket)) return;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  }
}

function isSocket(value: unknown): value is Socket {
  return typeof value === "object" && value !== null && "destroy" in value && "once" in value;
}

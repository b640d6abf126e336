import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

/**
 * Hands a call on to the bridge and its answer back, as they are. While there is no bridge, or when it dies over the call, the
 * answer is 502: as a proxy in front of a real one says it.
 */
export function createProxy(bridgeUrl: () => string | undefined) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    try {
      const url = bridgeUrl();
      if (url === undefined) throw new Error("there is no bridge");
      await handOn(url, incoming, outgoing);
    } catch {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502, { "content-type": "text/plain" }).end("The bridge is down\n");
    }
  };
}

async function handOn(url: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method, url: path = "/", headers } = incoming;
  const onward = request(url, { method, path, headers: withoutConnection(headers), agent: false });
  // Once there is an answer, it tells of failures itself.
  onward.on("error", () => undefined);
  outgoing.on("close", () => onward.destroy());
  incoming.pipe(onward);
  const [answer]: IncomingMessage[] = await once(onward, "response");
  if (!answer) throw new Error("there is no answer");
  outgoing.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
  await pipeline(answer, outgoing);
}

/** What is said of a connection holds for that connection. */
function withoutConnection({ connection: _, "keep-alive": _alive, ...headers }: IncomingMessage["headers"]) {
  return headers;
}

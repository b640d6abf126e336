import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface PanelCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly socket: Socket;
}

export type PanelAnswer = (call: PanelCall, response: ServerResponse) => void;

/** A bare HTTP server on loopback that answers as it is told and keeps what it was asked. Closed when the test ends. */
export async function startPanel(answer: PanelAnswer) {
  const calls: PanelCall[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => undefined);
    request.on("end", () => {
      const call = {
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
        socket: request.socket,
      };
      calls.push(call);
      answer(call, response);
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { calls, url: `http://127.0.0.1:${portOf(server.address())}`, port: portOf(server.address()) };
}

export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}

/** Answers JSON. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): PanelAnswer {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (_, response) => void response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

import { createServer } from "node:http";

/** A small server that takes pushes, so that a test can see what came over the wire. */
export async function openInbox(statuses: number[] = []) {
  const calls: { method: string; url: string; body: string }[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      calls.push({ method: incoming.method ?? "", url: incoming.url ?? "", body: Buffer.concat(chunks).toString() });
      outgoing.writeHead(statuses.shift() ?? 200, { "content-type": "text/plain" }).end("OK");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Made for these tests, signed by themselves, for `localhost` until 2120 or until 2021. The key opens nothing else. */
const certificates = join(import.meta.dirname, "certificates");
export const certificateOf = (name: "localhost" | "expired"): string => join(certificates, `${name}.pem`);

/** A program on loopback that answers so; gives its address. */
export async function startAnswering(answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(answer))}`;
}

/** The same behind TLS. */
export async function startAnsweringTls(
  answer: RequestListener,
  certificate: "localhost" | "expired",
): Promise<string> {
  const key = readFileSync(join(certificates, "localhost.key"));
  return `https://localhost:${await listen(createTlsServer({ key, cert: readFileSync(certificateOf(certificate)) }, answer))}`;
}

/** What a reverse proxy does; `change` makes it one that meddles with answers. */
export function leadTo(target: () => string, change: (answer: string) => string = (answer) => answer): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", async () => {
      const { method = "GET", url = "/" } = request;
      const body = Buffer.concat(chunks);
      const headers = { "content-type": request.headers["content-type"] ?? "text/plain" };
      const answer = await fetch(`${target()}${url}`, { method, headers, ...(body.length > 0 && { body }) }).catch(
        () => undefined,
      );
      response.writeHead(answer?.status ?? 502, { "content-type": answer?.headers.get("content-type") ?? "text/html" });
      response.end(answer ? change(await answer.text()) : "<h1>502 Bad Gateway</h1>");
    });
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { readMultipart } from "./multipart.ts";

/** A request as a simulator sees it, read to its end. */
export interface SimRequest {
  readonly method: string;
  readonly path: string;
  /** The part after the first `?`, undecoded. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Fires when the caller hangs up before the answer was written. */
  readonly gone: AbortSignal;
}

export interface SimResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ReadParameters {
  /** Whether values came with their types (`json`) or all as text. */
  readonly encoding: "json" | "text";
  readonly values: Readonly<Record<string, unknown>>;
}

export function jsonResponse(status: number, value: unknown, headers?: Readonly<Record<string, string>>): SimResponse {
  return { status, contentType: "application/json", body: JSON.stringify(value), ...(headers && { headers }) };
}

/**
 * Parameters of a query string together with those of a JSON, form or multipart body; the body wins.
 * Throws `SyntaxError` when the body is not what its content type says.
 */
export function readParameters(request: SimRequest): ReadParameters {
  const fromQuery = Object.fromEntries(new URLSearchParams(request.query));
  const contentType = request.headers["content-type"] ?? "";
  if (request.body.length === 0) return { encoding: "text", values: fromQuery };
  if (/^application\/json/i.test(contentType)) {
    const parsed: unknown = JSON.parse(request.body.toString("utf8"));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new SyntaxError("not an object");
    return { encoding: "json", values: { ...fromQuery, ...parsed } };
  }
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) {
    const fromBody = Object.fromEntries(new URLSearchParams(request.body.toString("utf8")));
    return { encoding: "text", values: { ...fromQuery, ...fromBody } };
  }
  if (/^multipart\/form-data/i.test(contentType)) {
    return { encoding: "text", values: { ...fromQuery, ...readMultipart(request.body, contentType) } };
  }
  return { encoding: "text", values: fromQuery };
}

/** As `readParameters`; `undefined` where that throws. */
export function tryToRead(request: SimRequest): ReadParameters | undefined {
  try {
    return readParameters(request);
  } catch {
    return undefined;
  }
}

export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  return Buffer.concat(chunks);
}

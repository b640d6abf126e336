import { type SimRequest, tryToRead } from "../http.ts";

export type Encoding = "form" | "json" | "multipart" | "query";

/** A request as this panel reads it. */
export interface ReadCall {
  /** Empty where there is none. */
  readonly action: string;
  readonly verb: string;
  readonly encoding: Encoding;
  /** As sent, without the key. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** From the parameter `key` of a GET, and from the raw header `Authorization` of anything else. */
  readonly key: string | undefined;
}

/** A body that nobody can read has no fields, hence no action. */
export function readCall(request: SimRequest): ReadCall {
  const { key: sentKey, ...fields } = tryToRead(request)?.values ?? {};
  const key = request.method === "GET" ? sentKey : request.headers.authorization;
  return {
    action: typeof fields.action === "string" ? fields.action : "",
    verb: request.method,
    encoding: encodingOf(request),
    fields,
    key: typeof key === "string" ? key : undefined,
  };
}

function encodingOf(request: SimRequest): Encoding {
  const contentType = request.headers["content-type"] ?? "";
  if (request.body.length === 0) return "query";
  if (/^application\/json/i.test(contentType)) return "json";
  if (/^multipart\/form-data/i.test(contentType)) return "multipart";
  return /^application\/x-www-form-urlencoded/i.test(contentType) ? "form" : "query";
}

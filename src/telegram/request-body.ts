import { InputFile } from "grammy";
import { FormData } from "undici";

/**
 * The body of a call to the Bot API: JSON, or where a file goes with it multipart/form-data, in which everything that is no text
 * stands as JSON. Only files that are in memory are sent.
 */
export async function bodyOf(payload: object): Promise<{ body: string | FormData; headers: Record<string, string> }> {
  const fields = Object.entries(payload).filter(([, value]) => value !== undefined && value !== null);
  if (!fields.some(([, value]) => value instanceof InputFile)) {
    const body = JSON.stringify(payload, (_key, value: unknown) => value ?? undefined);
    return { body, headers: { "content-type": "application/json" } };
  }
  const body = new FormData();
  for (const [name, value] of fields) {
    if (value instanceof InputFile) body.set(name, new Blob([await bytesOf(value)]), value.filename ?? name);
    else body.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  // The boundary stands in the type, so undici writes it.
  return { body, headers: {} };
}

async function bytesOf(file: InputFile): Promise<Uint8Array<ArrayBuffer>> {
  const raw = await file.toRaw();
  if (!(raw instanceof Uint8Array)) throw new TypeError("only files in memory are sent");
  return new Uint8Array(raw);
}

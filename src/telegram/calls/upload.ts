import { InputFile } from "grammy";
import { FormData } from "undici";

/** The body of a call: JSON, or a form where a file goes with it. */
export async function bodyOf(payload: object): Promise<{ body: string | FormData; headers: Record<string, string> }> {
  const fields = Object.entries(payload).filter(([, value]) => value !== undefined && value !== null);
  if (!fields.some(([, value]) => value instanceof InputFile)) {
    return {
      body: JSON.stringify(Object.fromEntries(fields), withoutNull),
      headers: { "content-type": "application/json" },
    };
  }
  const form = new FormData();
  for (const [name, value] of fields) {
    if (value instanceof InputFile) form.set(name, new Blob([await bytesOf(value)]), value.filename ?? "file");
    else form.set(name, typeof value === "string" ? value : JSON.stringify(value, withoutNull));
  }
  // The boundary is undici's to choose.
  return { body: form, headers: {} };
}

async function bytesOf(file: InputFile): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  const raw = await file.toRaw();
  if (raw instanceof Uint8Array) chunks.push(raw);
  else for await (const chunk of raw) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

function withoutNull(_key: string, value: unknown): unknown {
  return value ?? undefined;
}

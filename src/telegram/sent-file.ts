import type { Document } from "grammy/types";
import { DownloadError } from "./calls/download.ts";
import type { DeskContext, Handling } from "./context.ts";

/** A text, or why there is none: `broken` where it could not be got, `unreadable` in no encoding that tells what it is. */
export type SentFile =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "too-big" | "broken" | "unreadable" };

/** Gets a file of text that an operator sent. Slow: to be called aside, so that nobody's answer waits for it. */
export async function readSentFile(
  { download, log }: Pick<Handling, "download" | "log">,
  ctx: DeskContext,
  document: Document,
  mostBytes: number,
): Promise<SentFile> {
  if ((document.file_size ?? 0) > mostBytes) return { kind: "too-big" };
  try {
    const { file_path } = await ctx.api.getFile(document.file_id);
    if (file_path === undefined || !download) throw new DownloadError("away", "no path");
    const text = decode(await download(file_path, mostBytes));
    return text === undefined ? { kind: "unreadable" } : { kind: "text", text };
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.message : "unknown" }, "file was not taken");
    return { kind: error instanceof DownloadError && error.code === "too-big" ? "too-big" : "broken" };
  }
}

/** Spreadsheets also write UTF-16, and say so at the beginning. */
function decode(bytes: Buffer): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

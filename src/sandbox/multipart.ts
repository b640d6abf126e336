/** A file of a multipart body. */
export interface SimFile {
  readonly fileName: string;
  readonly size: number;
  readonly contentType: string;
  /** Its bytes, read as UTF-8. */
  readonly text: string;
  readonly bytes: Buffer;
}

/**
 * The fields of a multipart/form-data body (RFC 7578), texts as strings. Reads headers more freely than the platform's own
 * parser, which refuses `form-data;name="x"` without a space. Throws `SyntaxError` on a body without its boundary.
 */
export function readMultipart(body: Buffer, contentType: string): Record<string, string | SimFile> {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = Buffer.from(`--${quoted ?? bare ?? ""}`);
  let start = body.indexOf(boundary);
  if (start < 0 || boundary.length === 2) throw new SyntaxError("a multipart body without its boundary");
  const fields: Record<string, string | SimFile> = {};
  for (;;) {
    const next = body.indexOf(boundary, start + boundary.length);
    if (next < 0) return fields;
    // Between two boundaries stand a line break, the part, and another line break.
    readPart(body.subarray(start + boundary.length + 2, next - 2), fields);
    start = next;
  }
}

function readPart(part: Buffer, fields: Record<string, string | SimFile>): void {
  const gap = part.indexOf("\r\n\r\n");
  if (gap < 0) throw new SyntaxError("a part without an end of its headers");
  const headers = part.subarray(0, gap).toString("utf8");
  const content = part.subarray(gap + 4);
  const name = /[;\s]name="([^"]*)"/i.exec(headers)?.[1];
  if (name === undefined) throw new SyntaxError("a part without a name");
  const fileName = /filename\*?=(?:"([^"]*)"|([^;\r\n]+))/i.exec(headers);
  const type = /^content-type:\s*(\S+)/im.exec(headers)?.[1] ?? "application/octet-stream";
  fields[name] = fileName
    ? {
        fileName: fileName[1] ?? fileName[2] ?? "",
        size: content.length,
        contentType: type,
        text: content.toString("utf8"),
        bytes: content,
      }
    : content.toString("utf8");
}

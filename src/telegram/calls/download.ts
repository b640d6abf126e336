import { type Dispatcher, request } from "undici";

/** A file was not got: `too-big`, or `away` when Telegram did not give it. Holds nothing of the URL, which has the token in it. */
export class DownloadError extends Error {
  override name = "DownloadError";
  readonly code: "too-big" | "away";

  constructor(code: DownloadError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Gets what `getFile` gave the path of; more than `mostBytes` are not taken into memory. */
export type Download = (path: string, mostBytes: number) => Promise<Buffer>;

const patienceMs = 30_000;

export function createDownload(deps: { token: string; apiRoot: string; dispatcher: Dispatcher }): Download {
  const { token, apiRoot, dispatcher } = deps;

  async function read(path: string, mostBytes: number): Promise<Buffer> {
    const address = `${apiRoot}/file/bot${token}/${path.split("/").map(encodeURIComponent).join("/")}`;
    const { statusCode, body } = await request(address, { dispatcher, signal: AbortSignal.timeout(patienceMs) });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > mostBytes) throw new DownloadError("too-big", "the file is longer than was said");
      chunks.push(bytes);
    }
    if (statusCode !== 200) throw new DownloadError("away", `answered ${statusCode}`);
    return Buffer.concat(chunks);
  }

  return async (path, mostBytes) => {
    try {
      return await read(path, mostBytes);
    } catch (error) {
      if (error instanceof DownloadError) throw error;
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      throw new DownloadError("away", `the file was not read: ${code}`);
    }
  };
}

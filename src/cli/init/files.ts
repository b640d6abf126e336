import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "../../support/make-folder.ts";

/** A file that stands in the way, or cannot be put there; the message is for a person. */
export class FileError extends Error {
  override name = "FileError";
}

/** `undefined` where there is no such file. Throws `FileError`. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new FileError(
      `${file}: cannot be read (${codeOf(error)}) — see to its permissions, or choose another folder`,
    );
  }
}

/** Puts a file for its own user alone in place, all of it or nothing; makes its folder where there is none. Throws `FileError`. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await makeFolder(dirname(file));
    await writeFile(beside, text, { mode: 0o600, flag: "wx" });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    const advice = "see to the permissions of its folder and to the room on the disk, or choose another folder";
    throw new FileError(`${file}: cannot be written (${codeOf(error)}) — ${advice}`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { isFolder } from "./is-folder.ts";

/**
 * Makes a folder and those above it that are missing; one that is there is well. Throws what the system says. Node's own way
 * never ends where the folder above is there and says that it is not, as `/proc` does.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (await isFolder(folder)) return;
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isMissing || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder).catch(async (again: unknown) => {
      if (!(await isFolder(folder))) throw again;
    });
  }
}

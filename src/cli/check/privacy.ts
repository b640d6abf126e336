import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Finding, found } from "./finding.ts";

/** Which of these files every user of the machine can read, as the rights of the file and of each folder above it tell. */
export async function checkPrivacy(files: readonly string[]): Promise<Finding[]> {
  const open = await Promise.all(files.map(async (file) => ((await isOpen(file)) ? [file] : [])));
  return open
    .flat()
    .map((file) =>
      found("file.open-to-all", file, `${file}: every user of this machine can read it`, `chmod 600 ${file}`),
    );
}

async function isOpen(file: string): Promise<boolean> {
  let path = resolve(file);
  let isReachable = ((await modeOf(path)) & 0o004) !== 0;
  while (isReachable && path !== dirname(path)) {
    path = dirname(path);
    isReachable = ((await modeOf(path)) & 0o001) !== 0;
  }
  return isReachable;
}

/** None for what is not there. */
async function modeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mode }) => mode,
    () => 0,
  );
}

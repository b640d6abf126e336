import { access, constants } from "node:fs/promises";
import { dirname } from "node:path";
import { fileExists } from "../../support/file-exists.ts";
import { isFolder } from "../../support/is-folder.ts";
import { type Finding, found } from "./finding.ts";

/** Of a store that is not there yet: whether the bridge can make it, as far as that can be told without making it. */
export async function checkNewStore(file: string): Promise<Finding> {
  let folder = dirname(file);
  while (!(await fileExists(folder)) && dirname(folder) !== folder) folder = dirname(folder);
  if (!(await isFolder(folder))) {
    return found("store.unusable", file, `store: ${file} cannot be made, for ${folder} is no folder`);
  }
  const isOpen = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (isOpen) return found("store.new", file, "store: not there yet, `chapar run` makes it");
  return found("store.not-writable", file, `store: ${file} cannot be made, for this user may not write in ${folder}`);
}

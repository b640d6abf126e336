import type { Problem } from "../../config/problem.ts";
import { fileExists } from "../../support/file-exists.ts";
import { type Finding, found } from "./finding.ts";

/** Why there is nothing more to look at. */
export async function problemFindings(file: string, problems: readonly Problem[]): Promise<Finding[]> {
  const isThere = await fileExists(file);
  return problems.map(({ path, what, fix }) =>
    found(path === file && !isThere ? "config.missing" : "config.problem", path, `${path}: ${what}`, fix),
  );
}

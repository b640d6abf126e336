import type { Config, LineEntry } from "../config/resolve.ts";
import type { Line } from "../core/model/phone.ts";
import { UsageError } from "./arguments.ts";

/** The line that `--line` names. Throws a `UsageError` that names those there are. */
export function requireLine({ lines }: Config, line: Line): LineEntry {
  const settings = Object.hasOwn(lines, line) ? lines[line] : undefined;
  if (settings) return settings;
  throw new UsageError(`--line: there is no such line; there are: ${Object.keys(lines).join(", ")}`);
}

import { type LoadedConfig, loadConfig } from "../config/load.ts";
import { ConfigError, renderProblem } from "../config/problem.ts";
import type { Io } from "./io.ts";

/** Reads the configuration; where it cannot be used, tells every problem and gives `undefined`. */
export async function loadOrTell(file: string, io: Io): Promise<LoadedConfig | undefined> {
  try {
    return await loadConfig(file, io.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) io.err(renderProblem(problem));
    return undefined;
  }
}

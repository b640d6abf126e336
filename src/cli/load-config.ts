import { type LoadedConfig, loadConfig } from "../config/load.ts";
import { ConfigError, type Problem, renderProblem } from "../config/problem.ts";
import type { Io } from "./io.ts";

/** Reads the configuration; where it cannot be used, tells every problem and gives `undefined`. */
export async function loadOrTell(file: string, io: Io): Promise<LoadedConfig | undefined> {
  const loaded = await loadOrProblems(file, io);
  if (!("problems" in loaded)) return loaded;
  for (const problem of loaded.problems) io.err(renderProblem(problem));
  return undefined;
}

/** The same for whoever tells the problems in their own way. */
export async function loadOrProblems(file: string, io: Io): Promise<LoadedConfig | { problems: readonly Problem[] }> {
  try {
    return await loadConfig(file, io.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problems: error.problems };
  }
}

import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { checkTogether } from "./checks.ts";
import { readDocument } from "./document.ts";
import { outlineOf } from "./outline.ts";
import { parseDocument } from "./parse.ts";
import { ConfigError, type Problem } from "./problem.ts";
import { type Config, resolveConfig } from "./resolve.ts";
import { configSchema } from "./schema.ts";
import { secretsOf } from "./secrets.ts";
import { checkTemplateForms } from "./templates.ts";
import { warningsOf } from "./warnings.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadedConfig {
  readonly config: Config;
  /** What works, and is probably not what was wanted. */
  readonly warnings: readonly Problem[];
  /** Every value that must never be shown. For `createRedactor`. */
  readonly secrets: readonly string[];
}

/**
 * Reads a configuration file and the `.env` beside it; the environment of the process wins over that. Throws `ConfigError`,
 * with every problem at once, and nothing else.
 */
export async function loadConfig(file: string, env: Environment): Promise<LoadedConfig> {
  const [text, environment] = await Promise.all([readConfigFile(file), readEnvironment(file, env)]);
  return parseConfig(text, { file, env: environment });
}

/** The same for a text that is at hand; `file` is where relative paths start, and the name that a syntax error is told with. */
export function parseConfig(text: string, around: { readonly file: string; readonly env: Environment }): LoadedConfig {
  const { file, env } = around;
  const document = readDocument(text, basename(file), env);
  if (document.value === undefined) throw new ConfigError(document.problems);

  const parsed = parseDocument(configSchema, document);
  const outline = outlineOf(document);
  const port = readPort(env);
  const problems = firstOfEachPath([
    ...document.problems,
    ...checkTogether(outline),
    ...("problems" in parsed ? parsed.problems : checkTemplateForms(parsed.value)),
    ...("problem" in port ? [port.problem] : []),
  ]);
  if (problems.length > 0 || "problems" in parsed) throw new ConfigError(problems);

  const config = resolveConfig(parsed.value, outline, { file, ...("port" in port ? { port: port.port } : {}) });
  return { config, warnings: warningsOf(config, outline), secrets: secretsOf(document.value) };
}

async function readConfigFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new ConfigError([{ path: file, ...describeReadFailure(error) }]);
  }
}

function describeReadFailure(error: unknown): { what: string; fix: string } {
  const code = codeOf(error);
  if (code === "ENOENT") {
    const fix =
      "`chapar init` asks the few questions and writes it (config.example.json shows one); or look around first with `chapar sandbox`, which needs none";
    return { what: "does not exist", fix };
  }
  if (code === "EISDIR") return { what: "is a folder", fix: "name the file in it" };
  return { what: `cannot be read (${code})`, fix: "see to its name and its permissions" };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

async function readEnvironment(file: string, env: Environment): Promise<Environment> {
  try {
    return { ...parseEnv(await readFile(join(dirname(file), ".env"), "utf8")), ...env };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return env;
    const fix = "see to its permissions: it must be a file that you can read, beside the configuration";
    throw new ConfigError([{ path: ".env", what: `cannot be read (${code})`, fix }]);
  }
}

function readPort(env: Environment): { port: number } | { problem: Problem } | Record<never, never> {
  if (env.PORT === undefined || env.PORT === "") return {};
  const port = Number(env.PORT);
  if (/^\d+$/.test(env.PORT) && port <= 65_535) return { port };
  const what = "the environment variable must be a port number, 0 to 65535";
  return { problem: { path: "PORT", what, fix: "correct it or unset it" } };
}

/** What is told first of a place is the cause; the rest follows from it. */
function firstOfEachPath(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ path }) => !seen.has(path) && seen.add(path));
}

import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { type Environment, parseConfig } from "../../config/load.ts";
import { ConfigError } from "../../config/problem.ts";
import type { Config } from "../../config/resolve.ts";
import type { Answers } from "./answers.ts";
import { renderDotenv } from "./dotenv.ts";
import { readIfThere, writePrivate } from "./files.ts";
import { createPlan } from "./plan.ts";

/** What stands where set-up is going to write. */
export interface Before {
  readonly file: string;
  readonly config: string | undefined;
  readonly env: string;
}

export interface Draft {
  /** As the bridge will read it. */
  readonly config: Config;
  /** What would be lost, by file or by file and name. */
  readonly replaced: readonly string[];
  /** Names that the environment of this process sets to something else, which counts more than `.env`. */
  readonly overruled: readonly string[];
  /** Puts both files in place. */
  write(): Promise<void>;
}

export async function readBefore(file: string): Promise<Before> {
  return { file, config: await readIfThere(file), env: (await readIfThere(envBeside(file))) ?? "" };
}

/** Makes both files without writing them. Throws `ConfigError` where the bridge could not use them. */
export function createDraft(answers: Answers, before: Before, env: Environment): Draft {
  const { file } = before;
  const envFile = envBeside(file);
  const known = parseEnv(before.env);
  const plan = createPlan(answers, known);
  const dotenv = renderDotenv(before.env, plan.secrets);
  if (dotenv === undefined) {
    const fix = "move it away, start again, and put the rest of it back by hand";
    throw new ConfigError([{ path: envFile, what: "cannot be added to without harm", fix }]);
  }
  const { config } = parseConfig(plan.config, { file, env: parseEnv(dotenv) });
  const differs = (values: Readonly<Record<string, string | undefined>>) =>
    Object.entries(plan.secrets).flatMap(([name, value]) =>
      values[name] === undefined || values[name] === value ? [] : [name],
    );
  return {
    config,
    replaced: [
      ...(before.config === undefined ? [] : [file]),
      ...differs(known).map((name) => `${name} in ${envFile}`),
    ],
    overruled: differs(env),
    async write() {
      // The configuration comes last: while it is not there, nothing looks set up.
      await writePrivate(envFile, dotenv);
      await writePrivate(file, plan.config);
    },
  };
}

function envBeside(file: string): string {
  return join(dirname(file), ".env");
}

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Environment, type LoadedConfig, loadConfig } from "../../src/config/load.ts";
import { ConfigError } from "../../src/config/problem.ts";

/** A right configuration; a test changes what it is about. */
export function createRaw() {
  return {
    telegram: { token: "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1" },
    providers: {
      asanak: { kind: "asanak", username: "user", password: "hunter22", inboxToken: "4f1c0d5a9b2e4f1c0d5a9b2e" },
    },
    lines: { "982164063188": { provider: "asanak", desk: "support" } },
    desks: { support: { chat: -1001234567890 } },
  };
}

export async function writeConfig(content: unknown, dotenv?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chapar-config-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "config.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  if (dotenv !== undefined) await writeFile(join(folder, ".env"), dotenv);
  return file;
}

export async function load(content: unknown, env: Environment = {}, dotenv?: string): Promise<LoadedConfig> {
  return loadConfig(await writeConfig(content, dotenv), env);
}

/** Every problem as a line of text, in the order in which they are told. */
export async function problemsWith(content: unknown, env: Environment = {}): Promise<string[]> {
  try {
    await load(content, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
}

/** How a configuration names a variable of the environment. */
export const fromEnv = (name: string) => `\${${name}}`;

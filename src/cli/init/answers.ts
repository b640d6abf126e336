import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { readDocument } from "../../config/document.ts";
import type { Environment } from "../../config/load.ts";
import { parseDocument } from "../../config/parse.ts";
import { ConfigError } from "../../config/problem.ts";
import { foldNumber } from "../../core/model/phone.ts";
import { providerConfig } from "../../providers/index.ts";
import { deskConfig, telegramConfig } from "../../telegram/config.ts";
import { serverConfig } from "../../web/config.ts";

/** A part of the configuration as it was answered: what was not given is not in it, so that its default may change. */
export type Section = Readonly<Record<string, unknown>>;

/** What set-up asks for. Each part takes whatever the configuration takes at its place. */
export interface Answers {
  readonly telegram: Section;
  readonly server: Section;
  readonly panel: Section & { readonly kind: string };
  readonly line: string;
  readonly desk: Section;
}

/** Whether a line can be a number at all; only its panel knows whether it is the right one. */
export function isLine(written: string): boolean {
  return /^\+?\d{3,20}$/.test(foldNumber(written));
}

const answersSchema = z.strictObject({
  telegram: telegramConfig,
  server: serverConfig.optional(),
  panel: providerConfig,
  line: z.string().refine(isLine, "is not a number: write the line as the panel shows it, digits only"),
  desk: deskConfig.optional(),
});

/** Reads a file of answers, or with `-` the standard input. Throws `ConfigError` with every problem at once. */
export async function readAnswers(file: string, env: Environment, input: () => Promise<Uint8Array>): Promise<Answers> {
  if (file === "-") return parseAnswers(new TextDecoder().decode(await input()), "standard input", env);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    const what = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
    throw new ConfigError([{ path: file, what, fix: "name a file of answers; docs/commands.md shows one" }]);
  }
  return parseAnswers(text, basename(file), env);
}

/** Whatever was pasted, or read from a file, brings white space with it; none of the answers begins or ends with any. */
function trimmed(value: unknown): unknown {
  if (typeof value === "string") return value.trim();
  if (Array.isArray(value)) return value.map(trimmed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, trimmed(field)]));
}

/** As in a configuration, comments are read and `${NAME}` takes an environment variable. */
export function parseAnswers(text: string, name: string, env: Environment): Answers {
  const document = readDocument(text, name, env);
  if (document.value === undefined) throw new ConfigError(document.problems);
  const parsed = parseDocument(answersSchema, { ...document, value: trimmed(document.value) });
  const problems = [...document.problems, ...("problems" in parsed ? parsed.problems : [])];
  const seen = new Set<string>();
  const told = problems.filter(({ path }) => !seen.has(path) && seen.add(path));
  if (told.length > 0 || "problems" in parsed) throw new ConfigError(told);

  const { telegram, server = {}, panel, line, desk = {} } = parsed.value;
  const given = (part: string, section: Section) =>
    Object.fromEntries(document.keysOf(part).map((key) => [key, section[key]]));
  return {
    telegram: given("telegram", telegram),
    server: given("server", server),
    panel: { ...given("panel", panel), kind: panel.kind },
    line,
    desk: given("desk", desk),
  };
}

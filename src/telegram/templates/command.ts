import type { OfferedTemplate } from "../../core/bridge.ts";
import type { Peer } from "../../core/model/phone.ts";
import { readNumber, shortWord } from "../contacts/written-number.ts";
import { readValues } from "../written-values.ts";

/** What `/template` was asked to do, or what is wrong with it. */
export type TemplateCommand =
  | {
      readonly kind: "template";
      readonly offered: OfferedTemplate;
      readonly peer: Peer;
      readonly values: readonly string[];
    }
  | { readonly kind: "empty" }
  | { readonly kind: "unknown-name"; readonly written: string }
  | TemplateProblem;

/** The name is right, and something after it is not. */
export type TemplateProblem = { readonly offered: OfferedTemplate } & (
  | { readonly kind: "no-number" }
  | { readonly kind: "bad-number"; readonly written: string }
  | { readonly kind: "ambiguous" }
  | { readonly kind: "open-quote" }
  /** `missing`: the names of the values that were not given. */
  | { readonly kind: "too-few"; readonly missing: readonly string[] }
  | { readonly kind: "too-many" }
);

/**
 * Reads `<name> <number> <values>`. Where there is a `customer` the number may be left out: what does not begin with a number
 * in full goes to them.
 */
export function parseTemplate(
  args: string,
  at: { readonly templates: readonly OfferedTemplate[]; readonly customer?: Peer | undefined },
): TemplateCommand {
  const trimmed = args.trim();
  if (trimmed === "") return { kind: "empty" };
  const [name = ""] = trimmed.split(/\s/, 1);
  const offered = findNamed(at.templates, name);
  if (!offered) return { kind: "unknown-name", written: shortWord(name) };
  const rest = trimmed.slice(name.length);
  const read = readNumber(rest);
  if (read.kind === "ambiguous") return { kind: "ambiguous", offered };
  if (read.kind === "number") return withValues(offered, read.peer, read.rest);
  if (at.customer !== undefined) return withValues(offered, at.customer, rest);
  return read.written === "" ? { kind: "no-number", offered } : { kind: "bad-number", offered, written: read.written };
}

function withValues(offered: OfferedTemplate, peer: Peer, written: string): TemplateCommand {
  const values = readValues(written);
  if (values === undefined) return { kind: "open-quote", offered };
  const missing = offered.values.slice(values.length);
  if (missing.length > 0) return { kind: "too-few", offered, missing };
  if (values.length > offered.values.length) return { kind: "too-many", offered };
  return { kind: "template", offered, peer, values };
}

/** Phones like to begin a word with a capital letter. */
function findNamed(templates: readonly OfferedTemplate[], written: string): OfferedTemplate | undefined {
  const small = written.toLowerCase();
  return templates.find(({ name }) => name === written) ?? templates.find(({ name }) => name.toLowerCase() === small);
}

import { cleanName, foldName } from "../../core/model/name.ts";
import { cleanText } from "../../core/model/text.ts";
import { isBlank } from "../texts/split.ts";
import { unquoted, valueForm } from "../written-values.ts";

/** What `/canned` was asked to do. */
export type CannedCommand =
  /** Nothing stands after it. */
  | { readonly kind: "menu" }
  | { readonly kind: "list" }
  | { readonly kind: "use" | "show" | "remove"; readonly name: string }
  /** Without a text it takes that of the message to which it replies. */
  | { readonly kind: "add" | "change"; readonly name: string; readonly text?: string }
  | { readonly kind: "no-name"; readonly verb: CannedVerb };

export type CannedVerb = "add" | "change" | "show" | "remove";

const words: Readonly<Record<CannedVerb | "list", readonly string[]>> = {
  add: ["add", "new", "افزودن", "اضافه", "بساز"],
  list: ["list", "فهرست", "لیست", "همه"],
  show: ["show", "نمایش", "ببین"],
  change: ["change", "edit", "تغییر", "ویرایش"],
  remove: ["remove", "delete", "حذف", "بردار"],
};
const verbs: readonly (CannedVerb | "list")[] = ["add", "list", "show", "change", "remove"];
const inQuotes = new RegExp(`^(?=["«“”„])${valueForm}`);

/**
 * Reads `<verb> <name> <text>`, or the name of one to send. Before a text the name is one word, or stands in quotation marks;
 * where it ends the message it may have several words.
 */
export function parseCanned(args: string): CannedCommand {
  const trimmed = args.trim();
  if (trimmed === "") return { kind: "menu" };
  const [first = ""] = trimmed.split(/\s/, 1);
  const verb = verbOf(first);
  if (verb === undefined) return nameOr(trimmed, { kind: "menu" }, "use");
  if (verb === "list") return { kind: "list" };
  const rest = trimmed.slice(first.length).trim();
  if (verb === "show" || verb === "remove") return nameOr(rest, { kind: "no-name", verb }, verb);
  const [written = ""] = inQuotes.exec(rest) ?? /^\S+/.exec(rest) ?? [];
  const name = readName(written);
  if (name === undefined) return { kind: "no-name", verb };
  const text = cleanText(rest.slice(written.length)).trim();
  return { kind: verb, name, ...(isNoText(text) ? {} : { text }) };
}

/** Whether a name would never be reached, since it asks for something. */
export function isVerb(name: string): boolean {
  const [first = ""] = name.split(/\s/, 1);
  return verbOf(first) !== undefined;
}

/** A button must show something. */
function readName(written: string): string | undefined {
  const name = cleanName(unquoted(written));
  return name === undefined || isBlank(name) ? undefined : name;
}

/** The dots stand for a text in our examples. */
function isNoText(text: string): boolean {
  return isBlank(text) || /^[.…]+$/.test(text);
}

function nameOr(written: string, otherwise: CannedCommand, kind: "use" | "show" | "remove"): CannedCommand {
  const name = readName(written);
  return name === undefined ? otherwise : { kind, name };
}

function verbOf(word: string): CannedVerb | "list" | undefined {
  const folded = foldName(word);
  return verbs.find((verb) => words[verb].some((each) => foldName(each) === folded));
}

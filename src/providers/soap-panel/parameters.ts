import { cleanText } from "../../core/model/text.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { Operation, Parameter, Values } from "./contract.ts";
import { escapeXml } from "./xml.ts";

// No WSDL of this panel is published, and its sisters call the same parameter by many names: so what a call says is kept by its
// meaning, and takes the names and types of whatever contract is at hand.

/** By what names a parameter may go, in any case of letters; the likeliest first. */
const aliases = {
  user: ["username", "user"],
  pass: ["password", "pass"],
  line: ["from", "number", "linenumber", "fromnumber"],
  to: ["to"],
  text: ["text"],
  flash: ["isflash", "flash"],
  udh: ["udh"],
  ids: ["recid", "msgids", "msgid", "messageids", "ids"],
  isRead: ["isread"],
  at: ["scheduledatetime", "scheduledate", "datetime"],
} as const satisfies Record<string, readonly string[]>;

export type Meaning = keyof typeof aliases;

/** What a call says. A list is one value for each receiver, or each SMS. */
export type Said = Readonly<Partial<Record<Meaning, string | boolean | readonly string[]>>>;

/** What no call can do without where it says it at all; a flash and a header are left out where there is no place for them. */
const needed: ReadonlySet<Meaning> = new Set<Meaning>(["line", "to", "text", "ids", "isRead", "at"]);
/** What no call can do without that has a place for it in our contract: reports are asked for without a login there. */
const neededAsInOurs: ReadonlySet<Meaning> = new Set<Meaning>(["user", "pass"]);

/** What a parameter means. */
export function meaningOf(parameter: Parameter): Meaning | undefined {
  return meanings.find((meaning) => placeOf([parameter], meaning) !== undefined);
}

/**
 * Fills in the parameters of an operation, once for each call that it takes: a list of ids where there is place for only one makes
 * as many calls. `ours` is the same operation in our contract. Throws `unsupported` where something that is needed has no place.
 */
export function fillParameters(operation: Operation, said: Said, ours?: Operation): readonly Values[] {
  const isNeeded = (meaning: Meaning) =>
    needed.has(meaning) ||
    (neededAsInOurs.has(meaning) && ours !== undefined && placeOf(ours.parameters, meaning) !== undefined);
  const filled = meanings.flatMap((meaning) => {
    const value = said[meaning];
    if (value === undefined) return [];
    const parameter = placeOf(operation.parameters, meaning);
    if (parameter && parameter.type !== "complex") return [{ meaning, parameter, value }];
    if (isNeeded(meaning)) throw noPlace(operation.name, meaning);
    return [];
  });
  // In the contract's own order, which `soap` does not keep.
  const orderOf = ({ parameter }: { readonly parameter: Parameter }) => operation.parameters.indexOf(parameter);
  filled.sort((a, b) => orderOf(a) - orderOf(b));
  const split = filled.find(
    ({ meaning, parameter, value }) => meaning === "ids" && isMany(value) && !takesMany(parameter),
  );
  const rounds = split && isMany(split.value) ? split.value : [undefined];
  return rounds.map((one) =>
    Object.fromEntries(
      filled.map(({ meaning, parameter, value }) => {
        const mine = one !== undefined && meaning === "ids" ? one : value;
        if (isMany(mine) && mine.length !== 1 && !takesMany(parameter)) throw noPlace(operation.name, meaning);
        return [parameter.name, toValue(parameter, mine)];
      }),
    ),
  );
}

const meanings = Object.keys(aliases).filter((name): name is Meaning => Object.hasOwn(aliases, name));

function placeOf(parameters: readonly Parameter[], meaning: Meaning): Parameter | undefined {
  const byName = new Map(parameters.map((parameter) => [parameter.name.toLowerCase(), parameter]));
  return aliases[meaning].map((alias) => byName.get(alias)).find((parameter) => parameter !== undefined);
}

function toValue(parameter: Parameter, value: string | boolean | readonly string[]): Values[string] {
  const texts = isMany(value) ? value : [typeof value === "boolean" ? spellBoolean(parameter, value) : value];
  const escaped = texts.map((text) => escapeXml(cleanText(text)));
  if (parameter.item !== undefined) return { [parameter.item]: escaped };
  return parameter.isRepeated ? escaped : (escaped[0] ?? "");
}

function spellBoolean({ type }: Parameter, value: boolean): string {
  if (type === "boolean" || type === "string") return String(value);
  return value ? "1" : "0";
}

function takesMany({ item, isRepeated }: Parameter): boolean {
  return item !== undefined || isRepeated;
}

function isMany(value: string | boolean | readonly string[]): value is readonly string[] {
  return typeof value === "object";
}

function noPlace(operation: string, meaning: Meaning): ProviderError {
  return new ProviderError("unsupported", `${operation}: the panel's own WSDL has no place for its ${meaning}`, {
    certain: true,
  });
}

import { z } from "zod";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { ContactAdded, ContactKeeping } from "../../core/ports/sms-provider.ts";
import type { Words } from "../words.ts";
import type { MydnspanelClient } from "./client.ts";
import { contactFieldCodes } from "./codes.ts";
import type { MydnspanelConfig } from "./config.ts";
import { requireTenDigits } from "./numbers.ts";
import { fieldOf, findFields, readCode } from "./wire.ts";

type Settings = NonNullable<MydnspanelConfig["contacts"]>;
type Refused = ContactAdded["refused"][number];
/** A field that was sent: our name of it and the panel's id. */
type Sent = { readonly name: string; readonly id: string };

const bareList = z.array(z.unknown());
const kept = 1;
/** Names that tell what is said, or where in a list it stands, and not of which field. */
const nameless = /^(?:\d+|code|result|status|error|message|description)$/i;
const positions = /^\d+$/;

/** Keeps people in one phone book of the panel. */
export function createContacts(
  settings: Settings,
  { client, words }: { readonly client: MydnspanelClient; readonly words: Words },
): ContactKeeping {
  const known = new Map(Object.entries(settings.fields));
  return {
    fields: [...known.keys()],
    async add({ peer, fields }, signal) {
      const number = requireTenDigits(peer);
      const given = Object.entries(fields).map(([name, value]) => ({ name, value, id: requireId(known, name) }));
      const own = Object.fromEntries(given.map(({ id, value }) => [id, value]));
      const content = await client.newContact({ phoneId: settings.phoneBook, number, fields: own }, signal);
      return { refused: readRefused(content, given, words) };
    },
  };
}

/**
 * The codes in `fields`, of which the manual shows no form: by the ids of the fields, in a list of such, in a list as long as
 * what was sent, or one code for all. A code that cannot be told to one field is told of each.
 */
export function readRefused(content: unknown, sent: readonly Sent[], words: Words): readonly Refused[] {
  const ids = new Set(sent.map(({ id }) => id.toLowerCase()));
  const isNameless = (place: unknown, names: RegExp) =>
    Object.keys(findFields(place) ?? {}).every((name) => names.test(name) && !ids.has(name.toLowerCase()));

  const told = fieldOf(findFields(content) ?? {}, ["fields"]);
  // PHP may write a list as `{"0":…,"1":…}`.
  const answers = bareList.safeParse(told).data ?? (isNameless(told, positions) ? valuesOf(told) : [told]);
  const isInOrder = answers.length === sent.length && answers.every((answer) => isNameless(answer, nameless));
  return sent.flatMap((field, at) => {
    const own = isInOrder ? answers.slice(at, at + 1) : answers;
    return own.flatMap((answer) => {
      const place = findFields(answer);
      if (!place) return refusal(field, answer, words);
      const code = isNameless(place, nameless) ? (firstCode(place) ?? firstText(place)) : codeIn(place, field.id);
      return refusal(field, code, words);
    });
  });
}

function valuesOf(told: unknown): readonly unknown[] {
  const fields = findFields(told);
  return fields ? Object.values(fields) : [told];
}

/** `{"FYa1":"-1"}`, `{"FYa1":{"code":"-1"}}` or `{"id":"FYa1","code":"-1"}`. */
function codeIn(place: Readonly<Record<string, unknown>>, id: string): unknown {
  const byName = fieldOf(place, [id.toLowerCase()]);
  if (byName !== undefined) return firstCode(findFields(byName) ?? { byName });
  return Object.values(place).includes(id) ? firstCode(place) : undefined;
}

function firstCode(place: Readonly<Record<string, unknown>>): unknown {
  return Object.values(place).find((value) => readCode(value) !== undefined);
}

function firstText(place: Readonly<Record<string, unknown>>): unknown {
  return Object.values(place).find((value) => typeof value === "string" && value !== "");
}

/** Titles are ours; what the panel says in its own words may repeat the key. */
function refusal({ name }: Sent, told: unknown, words: Words): Refused[] {
  const code = readCode(told);
  if (code === kept || (code === undefined && typeof told !== "string")) return [];
  const vendor = code === undefined ? words(String(told)) : `${code} ${contactFieldCodes[code] ?? ""}`.trim();
  return [{ field: name, vendor }];
}

function requireId(known: ReadonlyMap<string, string>, name: string): string {
  const id = known.get(name);
  if (id !== undefined) return id;
  throw new ProviderError("bad-request", "the configuration has no such field of a contact", { certain: true });
}

import { z } from "zod";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { ContactAdded, ContactKeeping } from "../../core/ports/sms-provider.ts";
import { shorten } from "../words.ts";
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

/** Keeps people in one phone book of the panel. */
export function createContacts(settings: Settings, client: MydnspanelClient): ContactKeeping {
  const known = new Map(Object.entries(settings.fields));
  return {
    fields: [...known.keys()],
    async add({ peer, fields }, signal) {
      const number = requireTenDigits(peer);
      const given = Object.entries(fields).map(([name, value]) => ({ name, value, id: requireId(known, name) }));
      const own = Object.fromEntries(given.map(({ id, value }) => [id, value]));
      const content = await client.newContact({ phoneId: settings.phoneBook, number, fields: own }, signal);
      return { refused: readRefused(content, given) };
    },
  };
}

/**
 * The codes in `fields`, of which the manual shows no form: by the ids of the fields, in a list of such, in a list as long as
 * what was sent, or one code for all. A code that cannot be told to one field is told of each.
 */
export function readRefused(content: unknown, sent: readonly Sent[]): readonly Refused[] {
  const told = fieldOf(findFields(content) ?? {}, ["fields"]);
  const list = bareList.safeParse(told).data;
  if (list && !list.some(findFields)) {
    return list.length === sent.length
      ? sent.flatMap((field, at) => refusal(field, list[at]))
      : list.flatMap((code) => sent.flatMap((field) => refusal(field, code)));
  }
  if (!list && !findFields(told)) return sent.flatMap((field) => refusal(field, told));
  const places = (list ?? [told]).map(findFields).filter((place) => place !== undefined);
  return sent.flatMap((field) => places.flatMap((place) => refusal(field, codeIn(place, field.id))));
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

function refusal({ name }: Sent, told: unknown): Refused[] {
  const code = readCode(told);
  if (code === kept || (code === undefined && typeof told !== "string")) return [];
  const vendor = code === undefined ? shorten(String(told)) : `${code} ${contactFieldCodes[code] ?? ""}`.trim();
  return [{ field: name, vendor }];
}

function requireId(known: ReadonlyMap<string, string>, name: string): string {
  const id = known.get(name);
  if (id !== undefined) return id;
  throw new ProviderError("bad-request", "the configuration has no such field of a contact", { certain: true });
}

import { bareInbound, bareOutbound } from "./keeping/swept.ts";
import type { Inbound, Outbound } from "./model/message.ts";
import type { Collection, CollectionSpec, Store } from "./ports/store.ts";

/** The collections that core keeps. The message records are the only truth; everything else can be made from them. */
export interface Records {
  readonly inbound: Collection<Inbound>;
  readonly outbound: Collection<Outbound>;
}

export const inboundSpec: CollectionSpec<Inbound> = {
  name: "inbound",
  indexes: {
    postDue: ["postDue"],
    handed: ["handed"],
    wordDue: ["wordDue"],
    awayDue: ["awayDue"],
    seq: ["seq"],
    thread: ["thread", "seq"],
    post: ["post"],
    twin: ["twin", "seq"],
    dropDue: ["dropDue"],
    codesDue: ["codesDue"],
  },
  parse(value) {
    const { id, swept } = value as Partial<Inbound>;
    if (typeof id === "string" && typeof swept === "string") return bareInbound(id, swept);
    return requireRecord<Inbound>(value, { strings: ["text", "thread", "line"], numbers: ["seq"] });
  },
  format: ({ id, swept, ...message }) => (swept === undefined ? { id, ...message } : { id, swept }),
};

export const outboundSpec: CollectionSpec<Outbound> = {
  name: "outbound",
  indexes: {
    due: ["due"],
    reportDue: ["reportDue"],
    markDue: ["markDue"],
    echoDue: ["echoDue"],
    markPost: ["markPost"],
    order: ["order"],
    thread: ["thread", "order"],
    later: ["desk", "lane", "hold", "due"],
  },
  parse(value) {
    const { id, swept } = value as Partial<Outbound>;
    if (typeof id === "string" && swept) return bareOutbound(id);
    return requireRecord<Outbound>(value, { strings: ["text", "thread", "state"], numbers: ["attempt", "order"] });
  },
  format: ({ id, swept, ...message }) => (swept === undefined ? { id, ...message } : { id, swept }),
};

export async function openRecords(store: Store): Promise<Records> {
  return { inbound: await store.collection(inboundSpec), outbound: await store.collection(outboundSpec) };
}

/** Our own records come back as we wrote them; this tells a damaged one from a whole one. */
function requireRecord<T>(value: unknown, fields: { strings: readonly string[]; numbers: readonly string[] }): T {
  if (typeof value !== "object" || value === null) throw new TypeError("not a record");
  for (const field of ["id", ...fields.strings]) {
    if (typeof Reflect.get(value, field) !== "string") throw new TypeError(`${field} is not a string`);
  }
  for (const field of fields.numbers) {
    if (typeof Reflect.get(value, field) !== "number") throw new TypeError(`${field} is not a number`);
  }
  return value as T;
}

import { z } from "zod";

const times = z.number().int().positive().optional();

/** What goes wrong on the wire is the same at every panel. */
function wireModes<On extends z.ZodType<string>>(on: On) {
  const scope = { times, on: on.optional() };
  return [
    z.object({ kind: z.enum(["normal", "silent", "cut", "cut-before", "html", "unreadable"]), ...scope }),
    z.object({ kind: z.literal("slow"), ms: z.number(), ...scope }),
    z.object({ kind: z.literal("status"), status: z.number(), accepting: z.boolean().optional(), ...scope }),
  ] as const;
}

const sendOrAll = z.enum(["send", "all"]);
/** `send`, `all`, or the panel's own name of one call. */
const anyCall = z.string().min(1);
const fewerIds = { kind: z.literal("fewer-ids"), by: z.number().optional(), times };
const refusal = { code: z.number(), description: z.string().optional(), times, on: anyCall.optional() };

export const asanakMode = z.discriminatedUnion("kind", [
  ...wireModes(sendOrAll),
  z.object({ ...fewerIds, on: sendOrAll.optional() }),
  z.object({
    kind: z.literal("refuse"),
    refusal: z.object({ http: z.number(), code: z.number(), message: z.string() }),
    times,
    on: sendOrAll.optional(),
  }),
]);

export const soapPanelMode = z.discriminatedUnion("kind", [
  ...wireModes(anyCall),
  z.object({ ...fewerIds, on: anyCall.optional() }),
  z.object({
    kind: z.literal("result"),
    code: z.number(),
    accepting: z.boolean().optional(),
    times,
    on: anyCall.optional(),
  }),
  z.object({ kind: z.literal("fault"), message: z.string().optional(), times, on: anyCall.optional() }),
]);

export const mydnspanelMode = z.discriminatedUnion("kind", [
  ...wireModes(anyCall),
  z.object({ kind: z.enum(["refuse", "refuse-after"]), ...refusal }),
  z.object({ kind: z.literal("no-id"), times, on: anyCall.optional() }),
]);

import { z } from "zod";

/**
 * What every provider takes. A panel's schema spreads it: `z.strictObject({ kind: z.literal("…"), …, ...providerShape })`.
 * Each description is a sentence of docs/config.md.
 */
export const providerShape = {
  proxy: z
    .url({ protocol: /^(https?|socks5)$/, error: "must be a URL that begins with http://, https:// or socks5://" })
    .optional()
    .describe(
      "A proxy for the calls to this panel: `http://`, `https://` or `socks5://`, with user and password if it needs them.",
    ),
  timeoutSeconds: z
    .number()
    .positive()
    .max(300)
    .default(20)
    .describe("How long one call to the panel may take. A send that got no answer by then is uncertain."),
  perSecond: z.number().positive().max(1000).default(10).describe("Calls that send, a second."),
  inFlight: z.int().min(1).max(100).default(4).describe("Calls that send, under way at once."),
  allowFrom: z
    .array(
      z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "must be an IP address, or a range such as 192.0.2.0/24"),
    )
    .default([])
    .describe(
      "The addresses that may call this provider's hook, single ones or ranges. Empty: whoever knows the token.",
    ),
  backlogHours: z
    .number()
    .min(0)
    .default(24)
    .describe("SMS that are older than this when a line is first read are kept as seen and not posted."),
  desk: z.string().min(1).optional().describe("The desk that gets an SMS to a line which is not listed."),
  reportSeconds: z
    .array(z.number().positive())
    .min(1)
    .refine((ages) => ages.every((age, at) => at === 0 || age > (ages[at - 1] ?? 0)), "must rise from each to the next")
    .default([5, 15, 30, 60, 120, 300, 600, 1800, 3600, 15_000])
    .describe(
      "Ages of a sent SMS, in seconds, at which to ask the panel for its report. After the last one none is expected.",
    ),
};

/** The address of a panel's web service. Login goes into its own keys, so an address with a user, a query or a fragment is refused. */
export const panelUrl = z
  .url({ protocol: /^https?$/, error: "must be a URL that begins with https:// or http://" })
  .refine((url) => !/[?#]/.test(url), "must have no ? and no # in it")
  .refine((url) => !/^[a-z]+:\/\/[^/]*@/i.test(url), "must have no user or password in it");

/** Settings that a panel's schema does not know are told by name, with the kind that does not take them. */
export function strictSettings<S extends z.core.$ZodShape>(kind: string, shape: S) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `a provider of kind "${kind}" has no setting ${issue.keys.map((key) => `"${key}"`).join(", ")}`
        : undefined,
  });
}

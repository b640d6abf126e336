import { z } from "zod";
import { providerConfig } from "../providers/index.ts";
import { storeConfig } from "../store/config.ts";
import { deskConfig, telegramConfig } from "../telegram/config.ts";
import { quietConfig } from "../telegram/hours/config.ts";
import { serverConfig } from "../web/config.ts";

const nameWords = "must be 1 to 32 of the characters A-Z a-z 0-9 _ -";
const name = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/, nameWords);

/** `lines.<number>`. */
const lineConfig = z.strictObject({
  provider: z.string().min(1).describe("The provider that serves this line."),
  desk: z.string().min(1).describe("The desk that answers for it."),
  fallback: z
    .array(z.string().min(1))
    .default([])
    .describe("Lines of the same desk that are tried, in this order, when this one certainly cannot send."),
  quiet: quietConfig
    .optional()
    .describe(
      'Hours of every day in which nothing leaves from this line: `"22-8"`, `"13-15, 22-8"`. What is to leave then waits for their end; an operator\'s own answer says so, with a button that sends it all the same.',
    ),
});

/** The whole configuration file, before its parts are held against each other. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe("Where an editor finds docs/config.schema.json. Without effect."),
  telegram: telegramConfig,
  server: serverConfig.prefault({}),
  store: storeConfig,
  keepDays: z
    .number()
    .positive()
    .default(365)
    .describe(
      "Days for which messages are kept. Of an SMS that came in, a hash stays after that, so that a panel that still lists it brings nothing new.",
    ),
  timeZone: z
    .string()
    .refine(isTimeZone, "must be the name of a time zone, such as Asia/Tehran")
    .default("Asia/Tehran")
    .describe("The time zone of times that people see and write."),
  providers: z
    .record(name, providerConfig)
    .refine((record) => Object.keys(record).length > 0, "needs at least one provider")
    .describe("The SMS panels, each under a name of your choice."),
  lines: z
    .record(z.string(), lineConfig)
    .refine((record) => Object.keys(record).length > 0, "needs at least one line")
    .describe("Your numbers, as the panel shows them. `021…`, `9821…` and `+9821…` are one line."),
  desks: z
    .record(name, deskConfig)
    .refine((record) => Object.keys(record).length > 0, "needs at least one desk")
    .describe("The chats in which operators answer, each under a name of your choice."),
  templates: z
    .record(name, z.record(name, z.unknown()))
    .default({})
    .describe(
      "Texts that panels have approved: for each name, for each provider, the panel's own form of it. `/template` sends them.",
    ),
});

export type ParsedConfig = z.output<typeof configSchema>;

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

import { z } from "zod";
import { awayConfig, holidayConfig, weekConfig } from "./hours/config.ts";
import { ruleConfig } from "./rule-config.ts";

const seconds = z.number().min(0);
const userId = z.int().positive();

const limits = z
  .strictObject({
    groupPerMinute: z
      .number()
      .positive()
      .default(20)
      .describe(
        "Messages in any minute into one group, all its topics together; edits are counted apart, with the same limit.",
      ),
    privatePerSecond: z.number().positive().default(1).describe("Messages in any second into one private chat."),
    globalPerSecond: z.number().positive().default(30).describe("Calls in any second into all chats together."),
  })
  .prefault({})
  .describe(
    "How often Telegram lets the bot speak. The defaults are Telegram's own; raise them only for a server of your own.",
  );

/** `telegram` of the configuration. */
export const telegramConfig = z
  .strictObject({
    token: z
      .string()
      .regex(/^\d+:[\w-]+$/, "must look like 123456789:AAE…, as BotFather gives it")
      .describe("The token of your bot, from BotFather."),
    apiRoot: z
      .url({ protocol: /^https?$/, error: "must be a URL that begins with https:// or http://" })
      .transform((url) => url.replace(/\/+$/, ""))
      .default("https://api.telegram.org")
      .describe("Where the Bot API is: another one where you run a Bot API server of your own, or a relay."),
    proxy: z
      .url({ protocol: /^(https?|socks5)$/, error: "must be a URL that begins with socks5://, http:// or https://" })
      .optional()
      .describe(
        "A proxy for everything that goes to Telegram: `socks5://user:password@host:1080` or `http://host:3128`.",
      ),
    updates: z
      .enum(["polling", "webhook"])
      .default("polling")
      .describe(
        "How messages come from Telegram: `polling` asks for them and works everywhere; `webhook` needs `server.publicUrl`.",
      ),
    limits,
  })
  .describe("The bot.");

export type TelegramConfig = z.output<typeof telegramConfig>;

const hoursOfDay = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, "must be a time of day, such as 08:30");

/** `desks.<id>` of the configuration. */
export const deskConfig = z.strictObject({
  chat: z
    .int()
    .refine((id) => id !== 0, "must be the id of a chat")
    .optional()
    .describe(
      "The id of the chat where operators work; a group's is negative. Left out, the desk is paired at run time: `chapar run` prints a code, and `/pair CODE` in the chat takes it.",
    ),
  line: z.string().min(1).optional().describe("The line that `/send` uses. Needed where the desk has several."),
  layout: z
    .enum(["auto", "topics", "replies"])
    .default("auto")
    .describe(
      "`topics`: a forum topic for each customer; `replies`: everything in one chat, answered by replying; `auto`: topics where the chat is a forum.",
    ),
  language: z.enum(["fa", "en"]).default("fa").describe("The language the bot speaks at this desk."),
  ticks: z
    .enum(["text", "reaction", "off"])
    .default("text")
    .describe(
      "How the state of an answer is shown: `text`: a short reply that is kept up to date; `reaction`: on the operator's own message; `off`: not at all. Failures, doubts and long waits are shown in every case.",
    ),
  operators: z
    .union([z.literal("members"), z.array(userId).min(1)])
    .default("members")
    .describe("Who may answer: `members` of the chat, or a list of Telegram user ids."),
  chiefs: z
    .array(userId)
    .default([])
    .describe(
      "User ids of those who are told in private, too, when a customer has waited for the longest of `reminderSeconds`. Each has to start the bot once. Where there are any, only they send to many with `/bulk`.",
    ),
  sends: z
    .enum(["all", "replies", "prefix"])
    .default("all")
    .describe(
      "What becomes an SMS: `all` that operators write in a topic, only `replies` to an SMS, or only what begins with the `prefix`.",
    ),
  undoSeconds: seconds.max(3600).default(0).describe("Seconds for which an answer is held, so that it can be undone."),
  staleSeconds: seconds
    .default(900)
    .describe(
      "An operator's message that is older than this when it is first read is held until a person says to send it.",
    ),
  giveUpSeconds: seconds.default(3600).describe("Seconds after which an SMS that could not be sent is given up."),
  collisionSeconds: seconds
    .default(60)
    .describe(
      "Seconds after an operator's answer within which another's to the same customer is held and asked about; 0 holds none.",
    ),
  maxParts: z.int().positive().default(6).describe("An answer of more SMS parts than this is asked about first."),
  reminderSeconds: z
    .array(seconds)
    .default([600, 1800, 7200])
    .describe(
      "Ages of an unanswered SMS, in seconds, at which the desk is reminded, each once. Only while the desk is open do they grow older. `[]`: never.",
    ),
  closeAfterSeconds: seconds
    .default(604_800)
    .describe(
      "Seconds without a message after which a customer's topic is closed, without a word. The next SMS opens it again. 0: never.",
    ),
  hours: weekConfig
    .optional()
    .describe(
      'When the desk is open: `{ "sat-wed": "9-13, 16-20", "thu": "9-13" }`. Days that are not named are closed; without it the desk is always open. Names of days and digits may be Persian, and `20-2` goes on past midnight.',
    ),
  holidays: z
    .array(holidayConfig)
    .optional()
    .describe(
      'Days on which the desk is closed, Persian or Gregorian: `"1405/01/13"`, `"2026-12-25"`, `"1405/01/01 to 1405/01/04"`. Without a year they come back every year: `"13 Farvardin"`, `"25 December"`, `"29 Esfand to 4 Farvardin"`; in digits alone, `"01/13"`, such a day is Persian.',
    ),
  away: awayConfig
    .optional()
    .describe(
      "What a customer who writes while the desk is closed is told, once in 12 hours: a text, or `{ text, everySeconds }`. `{opens}` in it becomes the time at which the desk opens next.",
    ),
  rules: z
    .array(ruleConfig)
    .default([])
    .describe(
      "What happens by itself to certain SMS that come to this desk's lines; the first rule that fits decides.",
    ),
  digestAt: hoursOfDay
    .optional()
    .describe(
      "The time of day at which the desk is told how the last 24 hours were, with a picture of the last 7 days. A day on which nothing happened and nobody waits is not told.",
    ),
});

export type DeskConfig = z.output<typeof deskConfig>;

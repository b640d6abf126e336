import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FluentResource } from "@fluent/bundle";
import { expect, test } from "vitest";
import { failureCodes } from "../../../src/core/ports/provider-error.ts";
import { settingKeys } from "../../../src/telegram/settings/overrides.ts";
import { isolate, withoutDirection } from "../../../src/telegram/texts/direction.ts";
import { openPhrases } from "../../../src/telegram/texts/i18n.ts";

const folder = join(import.meta.dirname, "../../../src/telegram");
const read = (language: string) => readFileSync(join(folder, `texts/locales/${language}.ftl`), "utf8");
const fa = read("fa");
const en = read("en");

/** Every message of a locale, with the names of its variables. */
function variablesOf(source: string): Map<string, string[]> {
  const messages = new FluentResource(source).body;
  return new Map(
    messages.map((message) => {
      const names = [...JSON.stringify(message).matchAll(/"type":"var","name":"(\w+)"/g)].map(([, name = ""]) => name);
      return [message.id, [...new Set(names)].sort()];
    }),
  );
}

const code = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(folder, file), "utf8"))
  .join("\n");

const refusals = ["bad-number", "duplicate", "empty-field", "opted-out", "blocked"];
const outboundStates = "held queued sending sent delivered partly failed uncertain expired cancelled".split(" ");
const fileFaults = ["too-big", "unreadable", "broken"];
const bulkStates = [...outboundStates, "not-sent", "blocked"];

/** Keys that are put together in the code: what stands before the changing part, and all that can follow. */
const families: Readonly<Record<string, readonly string[]>> = {
  "failure-": failureCodes,
  "action-": [
    "cancel",
    "undo",
    "send-now",
    "drop",
    "try-again",
    "send-again",
    "was-sent",
    "shorten",
    "send-in-time",
    "send-in-quiet",
    "later",
    "claim",
    "release",
    "close",
    "reopen",
    "snooze-hour",
    "snooze-morning",
    "unsnooze",
    "block",
    "unblock",
    "opt-out",
    "name",
  ],
  "action-bulk-": ["send", "drop", "stop"],
  "bulk-": fileFaults,
  "bulk-credit-": ["rial", "raw"],
  "bulk-pressed-": ["send", "drop", "stop"],
  "bulk-state-": bulkStates,
  "bulk-reason-": refusals,
  "bulk-why-": refusals,
  "mark-held-": ["undo", "stale", "forward", "scheduled", "collision", "opted-out"],
  "mark-": ["delivered", "partly", "expired"],
  "card-": ["replies", "prefix", "new", "waiting", "closed", "blocked"],
  "card-pressed-": [
    "claim",
    "release",
    "close",
    "reopen",
    "snooze-hour",
    "snooze-morning",
    "unsnooze",
    "block",
    "name",
  ],
  "post-word-": ["opted-out", "returned", "asks"],
  "named-": ["named", "renamed", "same", ...fileFaults],
  "named-refused-": ["no-number", "no-name", "unreadable"],
  "help-": ["topics", "replies"],
  "help-sends-": ["replies", "prefix"],
  "help-sends-all-": ["topics", "replies"],
  "hint-": ["topics", "replies"],
  "credit-": ["messages", "rial", "raw"],
  "pair-": ["private", "group", "forum", "general"],
  "pair-missing-": ["topics", "threads", "administrator", "manage-topics", "read", "write"],
  "canned-usage-": ["add", "change", "show", "remove"],
  "command-": [
    "help",
    "send",
    "bulk",
    "later",
    "name",
    "who",
    "find",
    "canned",
    "template",
    "contact",
    "block",
    "unblock",
    "status",
    "credit",
    "desk",
    "log",
    "export",
    "forget",
  ],
  "notice-forgotten-": ["stays", "none"],
  "notice-low-credit-": ["day", "none"],
  "notice-silent-line-": ["push", "poll"],
  "log-": [
    "edit",
    "cancel",
    "send-now",
    "try-again",
    "send-again",
    "was-sent",
    "claim",
    "release",
    "close",
    "reopen",
    "name",
    "pair",
    "export",
    "forget",
    "block",
    "unblock",
    "snooze",
    "unsnooze",
    "later",
    "opt-out",
    "canned",
    "setting",
    "setting-added",
    "setting-removed",
    "bulk",
    "bulk-stop",
    "bulk-stop",
  ],
  "duration-": ["seconds", "minutes", "hours", "days"],
  "setting-": [
    ...settingKeys.flatMap((key) => [key, `${key}-about`]),
    ...["language-fa", "language-en", "sends-all", "sends-replies", "sends-prefix"],
    ...["ticks-text", "ticks-reaction", "ticks-off", "undoSeconds-never", "collisionSeconds-never"],
    ...["maxParts-value", "reminderSeconds-none", "closeAfterSeconds-never", "digestAt-off"],
    ...["operators-members", "chiefs-none"],
  ],
  "export-": ["in", "out"],
  "export-column-": ["time", "direction", "number", "line", "text", "state", "operator", "panel-time"],
  "export-state-": [
    "held",
    "queued",
    "sending",
    "sent",
    "delivered",
    "partly",
    "failed",
    "uncertain",
    "expired",
    "cancelled",
  ],
  "later-": [
    "nothing",
    "no-time",
    "no-text",
    "no-hour",
    "no-weekday",
    "hour-twice",
    "hour-impossible",
    "midnight",
    "after-midnight",
    "day-impossible",
    "date-unclear",
    "weekday-today",
    "weekday-twice",
    "past",
    "too-far",
    "span-open",
    "end-unclear",
  ],
};
/** Families of which not every member has a sentence. */
const open: Readonly<Record<string, readonly string[]>> = {
  "advice-": failureCodes,
  "notice-topics-": ["no-right", "not-a-forum", "vanishing", "remade"],
};

test("Persian and English have the same keys, and each key the same variables", () => {
  expect([...variablesOf(fa)].sort()).toEqual([...variablesOf(en)].sort());
  expect(variablesOf(fa).size).toBe(fa.match(/^[a-z][\w-]* =/gm)?.length);
});

test("every key is used, and every key that the code names exists", () => {
  const keys = [...variablesOf(fa).keys()];
  const built = Object.entries({ ...families, ...open }).flatMap(([prefix, rest]) => {
    expect(code).toContain(`\`${prefix}\${`);
    return rest.map((end) => prefix + end);
  });
  const named = [...code.matchAll(/"([a-z]+(?:-[a-z_]+)*)"/g)].map(([, name = ""]) => name);
  const quoted = [...fa.matchAll(/\{ ([a-z][\w-]*) \}/g)].map(([, name = ""]) => name);
  const used = new Set([...built, ...named, ...quoted]);
  expect(keys.filter((key) => !used.has(key))).toEqual([]);
  const said = [...code.matchAll(/\b(?:say|because|sayWithCode)\((?:[\w.[\]]+, )?"([\w-]+)"/g)].map(
    ([, name = ""]) => name,
  );
  const must = Object.entries(families).flatMap(([prefix, rest]) => rest.map((end) => prefix + end));
  expect(said.length).toBeGreaterThan(40);
  expect([...said, ...must].filter((key) => !keys.includes(key))).toEqual([]);
});

test.each([
  ["fa", fa],
  ["en", en],
] as const)("every sentence in %s can be said", (language, source) => {
  const phrases = openPhrases(language);
  for (const [key, names] of variablesOf(source)) {
    const text = phrases.say(key, Object.fromEntries(names.map((name) => [name, name === "count" ? 2 : "x"])));
    expect(text).not.toBe(key);
    expect(text).not.toMatch(/\{|\}|\?\?\?/);
  }
});

test("the Persian is spelled with Persian letters, digits and half-spaces", () => {
  const lines = fa.split("\n").filter((each) => !/^(#|\w+-example )/.test(each));
  const text = lines.map((each) => each.replace(/^[a-z][\w-]* =/, "").replace(/\{[^}]*\}/g, "x")).join("\n");
  expect(text).not.toMatch(/[يكة٠-٩]/);
  expect(text).not.toMatch(/[0-9]/);
  expect(text).not.toMatch(/(^|\s)ن?می\s/m);
  expect(text).not.toMatch(/\sها(ی|یی)?[\s،.]/);
  expect(text).not.toMatch(/\s[،؛.:؟!](\s|$)/m);
  expect(text).not.toMatch(/[,;?]/);
});

test("counts are in the digits of the language, and what is foreign in Persian stands between isolates", () => {
  const phrases = openPhrases("fa");
  const notice = phrases.say("notice-skipped-backlog", { line: "021 6406 3188", count: 1234 });
  expect(notice).toContain("\u2068021 6406 3188\u2069");
  expect(notice).toContain("۱٬۲۳۴");
  expect(phrases.say("mark-cancelled-by", { name: "سارا" })).toBe("سارا لغوش کرد و فرستاده نشد");
  expect(phrases.say("command-unknown")).toContain("\u2068/help\u2069");
  expect(openPhrases("en").say("notice-skipped-backlog", { line: "1", count: 1234 })).not.toMatch(/[\u2066-\u2069]/);
});

test("a list has the comma of the language, and each item stands for itself", () => {
  const facts = { name: "order", values: ["نام", "code", "12"] };
  expect(openPhrases("fa").say("template-text", facts)).toBe(
    "\u2068order\u2069: نام، \u2068code\u2069، \u206812\u2069",
  );
  expect(openPhrases("en").say("template-text", facts)).toBe("order: \u2068نام\u2069, code, 12");
});

test("a Persian name keeps the number behind it in English on its own side", () => {
  expect(openPhrases("en").say("digest-operator", { name: "سارا", count: 5 })).toBe("\u2068سارا\u2069: 5 answers");
});

test("marks go around a value and never into it", () => {
  expect(isolate("+98 912", "fa")).toBe("\u2068+98 912\u2069");
  expect(isolate("سلام", "fa")).toBe("سلام");
  expect(isolate("+98 912", "en")).toBe("+98 912");
  expect(isolate("سلام", "en")).toBe("\u2068سلام\u2069");
  expect(withoutDirection("\u200f\u2068+98\u2069\u202e")).toBe("+98");
});

test("a key that does not exist is shown as it is, and stops nothing", () => {
  expect(openPhrases("fa").say("no-such-key")).toBe("no-such-key");
});

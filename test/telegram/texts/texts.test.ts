import fc from "fast-check";
import { expect, test } from "vitest";
import { type Conversation, cardKey, newConversation } from "../../../src/core/model/conversation.ts";
import type { CreditOutlook } from "../../../src/core/model/credit-pace.ts";
import type { OutboundState } from "../../../src/core/model/delivery.ts";
import type { Digest } from "../../../src/core/model/digest.ts";
import { type MarkSign, markOf } from "../../../src/core/model/mark.ts";
import type { Inbound, Outbound } from "../../../src/core/model/message.ts";
import { foldNumber } from "../../../src/core/model/phone.ts";
import type { Notice } from "../../../src/core/ports/desk.ts";
import { failureCodes } from "../../../src/core/ports/provider-error.ts";
import { reactionEmoji } from "../../../src/sandbox/telegram/bot-api-values.ts";
import { underCard } from "../../../src/telegram/cards/cards.ts";
import { parsePress } from "../../../src/telegram/marks/press.ts";
import { withoutDirection } from "../../../src/telegram/texts/direction.ts";
import { createTexts, createTimeSpelling } from "../../../src/telegram/texts/texts.ts";
import type { Rendered, Texts } from "../../../src/telegram/types.ts";
import { line, outboundOf } from "../fake-bridge.ts";

const fa = createTexts("fa");
const en = createTexts("en");
const peer = "+989121234567";
const noon = Date.UTC(2026, 10, 22, 8, 30);

const outbound = (fields: Partial<Outbound> = {}): Outbound => ({
  ...outboundOf({ id: "m1", thread: `support/${peer}`, text: "سلام", by: { id: "7", name: "Sara" } }, noon),
  ...fields,
});
const inbound = (fields: Partial<Inbound> = {}): Inbound => ({
  id: "in",
  desk: "support",
  thread: `support/${peer}`,
  provider: "panel",
  line,
  peer,
  text: "قیمت چند است؟",
  at: noon,
  seq: 1,
  repeats: 0,
  ...fields,
});

const marks: readonly (readonly [OutboundState, MarkSign, string])[] = [
  ["held", "waiting", "⏳"],
  ["queued", "waiting", "⏳"],
  ["sending", "waiting", "⏳"],
  ["sent", "sent", "✓"],
  ["delivered", "delivered", "✓✓"],
  ["partly", "partly", "◐"],
  ["failed", "failed", "✗"],
  ["uncertain", "uncertain", "⚠"],
  ["expired", "expired", "∅"],
  ["cancelled", "cancelled", "⊘"],
];

test.each(marks)("the mark of a message that is %s (%s) begins with exactly %s", (state, sign, characters) => {
  expect(markOf(outbound({ state })).sign).toBe(sign);
  for (const texts of [fa, en]) {
    const { text } = texts.mark(outbound({ state }));
    expect(text.startsWith(`${characters} `)).toBe(true);
    expect(text.slice(characters.length + 1)).toMatch(/^[^\s✓]/);
  }
});

test("the reactions are those of the table, each one that Telegram allows; cancelled has none", () => {
  const all = marks.map(([, sign]) => fa.reaction(sign));
  expect(all).toEqual(["👀", "👀", "👀", "✍", "👍", "👌", "👎", "🤔", "😴", undefined]);
  for (const emoji of all) if (emoji !== undefined) expect(reactionEmoji).toContain(emoji);
});

test("a mark has a button for each of its actions, and each carries message and attempt", () => {
  const buttons = (what: Rendered) =>
    (what.keyboard ?? []).flat().map((button) => ({
      text: button.text,
      press: parsePress("callback_data" in button ? button.callback_data : undefined),
    }));
  expect(buttons(en.mark(outbound({ state: "uncertain", attempt: 3 })))).toEqual([
    { text: "Send again", press: { action: "send-again", attempt: 3, id: "m1" } },
    { text: "It was sent", press: { action: "was-sent", attempt: 3, id: "m1" } },
  ]);
  const labels = (fields: Partial<Outbound>) => buttons(en.mark(outbound(fields))).map((button) => button.text);
  expect(labels({ state: "queued" })).toEqual(["Cancel"]);
  expect(labels({ state: "held", hold: "undo" })).toEqual(["Undo", "Later"]);
  expect(labels({ state: "held", hold: "forward" })).toEqual(["Send now", "Drop"]);
  expect(labels({ state: "held", hold: "stale" })).toEqual(["Send now", "Drop"]);
  expect(labels({ state: "failed" })).toEqual(["Try again"]);
  expect(labels({ state: "failed", receipts: [{ attempt: 0, provider: "p", at: 1, ids: ["1"] }] })).toEqual([
    "Send again",
  ]);
  expect(labels({ state: "sent" })).toEqual([]);
});

test.each(failureCodes)("%s has its own reason in both languages", (code) => {
  for (const texts of [fa, en]) {
    const { text } = texts.mark(outbound({ state: "failed", failure: { code } }));
    expect(text).not.toContain("failure-");
    expect(text.length).toBeGreaterThan(12);
  }
  const reasons = failureCodes.map((each) => fa.say(`failure-${each}`));
  expect(new Set(reasons).size).toBe(failureCodes.length);
});

test("a failure says why, what to do and what the panel said, cut to a line", () => {
  const failure = { code: "no-credit", vendor: `1010  not enough\ncredit ${"x".repeat(500)}` } as const;
  const { text } = en.mark(outbound({ state: "failed", failure }));
  expect(text.split("\n").slice(0, 2)).toEqual(["✗ Not sent: the panel is out of credit", "Top up the panel."]);
  expect(text.split("\n")[2]).toMatch(/^The panel said: 1010 not enough credit x+…$/);
  expect(text.length).toBeLessThan(300);
});

test("an uncertain message of which the panel is asked waits, asks nothing of anybody, and says what is done", () => {
  const asked = { state: "uncertain", due: noon + 2_000, failure: { code: "no-answer" } } as const;
  const { text, keyboard } = en.mark(outbound(asked));
  expect(text).toBe(
    "⏳ Nobody knows yet whether it was sent: the panel did not answer. I am looking in the panel's list of sent SMS.",
  );
  expect(keyboard).toBeUndefined();
  expect(fa.mark(outbound({ state: "uncertain", due: noon })).text).toMatch(/^⏳ .*\.$/);
  expect(en.mark(outbound({ state: "uncertain" })).text).toContain("Look in the panel");
});

test("the mark of a canned answer quotes it, with who sent it; a menu that was open for long asks otherwise", () => {
  const quoted = { quoted: true, text: "۹ تا ۵", by: { id: "1", name: "سارا" } } as const;
  expect(fa.mark(outbound({ state: "sent", ...quoted })).text).toMatch(/^✓ .*\n\nسارا نوشت:\n۹ تا ۵$/);
  expect(en.mark(outbound({ state: "sent", ...quoted })).text).toMatch(/^✓ Sent\n\n\u2068سارا\u2069 wrote:\n۹ تا ۵$/);
  const long = en.mark(outbound({ state: "sent", ...quoted, text: "س".repeat(9000) })).text;
  expect(long.length).toBeLessThan(4096);
  const stale = { state: "held", hold: "stale", ...quoted, origin: "-1:7" } as const;
  expect(en.mark(outbound({ ...stale, markPost: "-1:7" })).text).toContain("This list had been open for a while");
  expect(en.mark(outbound({ ...stale, markPost: "-1:8" })).text).toContain("while I was away");
});

test.each([
  [1000, "1 second ago", "۱ ثانیه پیش"],
  [42_000, "42 seconds ago", "۴۲ ثانیه پیش"],
  [600_000, "10 minutes ago", "۱۰ دقیقه پیش"],
] as const)("a second answer %i ms after a colleague's tells how long that was", (ms, inEnglish, inPersian) => {
  const collision = { by: { id: "1", name: "Sara" }, at: noon - ms };
  const held = outbound({ state: "held", hold: "collision", at: noon, collision });
  expect(en.mark(held).text).toContain(`Sara answered them ${inEnglish}`);
  expect(fa.mark(held).text).toContain(inPersian);
});

test("a message for later says when it leaves, and what it will say", () => {
  const later = { state: "held", hold: "scheduled", sendAt: noon, due: noon } as const;
  expect(en.mark(outbound(later)).text).toBe("⏳ Leaves on Sunday 22 November, 12:00\n“\u2068سلام\u2069”");
  expect(fa.mark(outbound(later)).text).toBe("⏳ یکشنبه ۱ آذر، ۱۲:۰۰ می‌رود\n«سلام»");
  expect(en.mark(outbound({ state: "held", hold: "scheduled" })).text).toContain("⏳ When shall I send this?");
});

test("a message for later of which somebody is asked tells its time, and offers that time and not now", () => {
  const asked = { state: "held", hold: "long", sendAt: noon, text: "س".repeat(402 + 67) } as const;
  const mark = en.mark(outbound(asked));
  expect(mark.text).toMatch(/^⏳ This is 7 SMS parts.*\nIts time: Sunday 22 November, 12:00\n“\u2068س+…\u2069”$/);
  expect(mark.keyboard?.flat().map(({ text }) => text)).toEqual(["Send at its time", "Drop"]);
  expect(fa.mark(outbound(asked)).text).toContain("\nزمانش: یکشنبه ۱ آذر، ۱۲:۰۰\n");
  const twoParts = { state: "held", hold: "scheduled", sendAt: noon, text: "س".repeat(80) } as const;
  expect(en.mark(outbound(twoParts)).text).toMatch(/^⏳ Leaves on Sunday 22 November, 12:00 · 2 parts\n“/);
  // Once shortened, its whole text stands there.
  const shortened = { ...twoParts, text: "a".repeat(91), written: `${"a".repeat(90)}’s` } as const;
  expect(en.mark(outbound(shortened)).text.match(/aaa“?/g)).not.toBeNull();
  expect(en.mark(outbound(shortened)).text.split("\n")).toHaveLength(2);
});

test("progress of several parts, the line, a fallback, and who settled it are told", () => {
  const reports = { a: "delivered", b: "delivered", c: "delivered", d: "pending" } as const;
  expect(en.mark(outbound({ state: "sent", reports })).text).toBe("✓ Sent, 3 of 4 delivered");
  expect(fa.mark(outbound({ state: "sent", reports })).text).toContain("۳ از ۴");
  const named = outbound({ state: "delivered", namesLine: true });
  expect(en.mark(named).text).toBe("✓✓ Delivered\nFrom line 021 6406 3188");
  const moved = outbound({ state: "sent", line: "30001234", triedLines: [line] });
  expect(en.mark(moved).text).toBe("✓ Sent\nFrom line 30001234, because 021 6406 3188 did not work");
  const settled = outbound({ state: "sent", settledBy: { id: "8", name: "Reza" } });
  expect(en.mark(settled).text).toBe("✓ Sent\nReza says it was sent");
  const asked = outbound({ state: "queued", settledBy: { id: "8", name: "Reza" } });
  expect(en.mark(asked).text).toContain("Asked for by Reza");
  expect(en.mark(outbound({ state: "queued", settledBy: { id: "7", name: "Sara" } })).text).not.toContain("Sara");
  const again = { attempt: 2, settledBy: { id: "7", name: "Sara" } };
  const receipts = [{ attempt: 2, provider: "panel", at: noon, ids: ["1"] }];
  expect(en.mark(outbound({ state: "sent", receipts, ...again })).text).toBe("✓ Sent\nAsked for by Sara");
});

/** One SMS, alone in its post. */
function post(
  texts: Texts,
  message: Inbound,
  { header = false, ...facts }: { header?: boolean; previousLine?: string } = {},
): Rendered {
  return texts.post([{ message, ...facts }], { header });
}

test("an SMS stands as it came, and what the bridge adds stands apart from it", () => {
  expect(post(fa, inbound())).toEqual({ text: "قیمت چند است؟" });
  const marked = inbound({ text: "*bold* <b>x</b> `code`" });
  expect(post(fa, marked)).toEqual({ text: marked.text });
  const other = post(en, inbound({ line: "30001234" }), { previousLine: line });
  expect(other.text).toBe("قیمت چند است؟\n\nWritten to line 30001234 this time; before that to 021 6406 3188.");
  expect(post(en, inbound(), { previousLine: line }).text).toBe("قیمت چند است؟");
  expect(post(en, inbound({ text: " " })).text).toBe("Empty SMS");
});

test("an SMS from the past says when it came, with the year where that is another one; any other stands as it came", () => {
  const hour = 3_600_000;
  const shown = (panelTime: number, texts = en) => post(texts, inbound({ panelTime, past: true }));
  expect(post(en, inbound({ panelTime: noon - 2 * hour }))).toEqual({ text: "قیمت چند است؟" });
  expect(shown(noon - hour)).toEqual({ text: "قیمت چند است؟" });
  expect(shown(noon + hour)).toEqual({ text: "قیمت چند است؟" });
  const old = shown(noon - 2 * hour);
  expect(old.text).toBe("قیمت چند است؟\n\nSMS from 22 November, 10:00");
  expect(old.entities).toEqual([{ type: "italic", offset: 15, length: 27 }]);
  expect(shown(noon - 2 * hour, createTexts("en", { timeZone: "Europe/Berlin" })).text).toContain("07:30");
  expect(shown(Date.UTC(2025, 10, 22, 8, 30)).text).toContain("SMS from 22 November 2025, 12:00");
  expect(shown(Date.UTC(2025, 10, 22, 8, 30), fa).text).toBe("قیمت چند است؟\n\nزمان پیامک: ۱ آذر ۱۴۰۴، ۱۲:۰۰");
  const both = post(en, inbound({ line: "30001234", panelTime: noon - 2 * hour, past: true }), { previousLine: line });
  expect(both.text.split("\n").slice(2)).toEqual([
    "Written to line 30001234 this time; before that to 021 6406 3188.",
    "SMS from 22 November, 10:00",
  ]);
});

test("SMS that go together stand each under its time, with the day where it is another one", () => {
  const minute = 60_000;
  const at = (text: string, panelTime: number) => ({ message: inbound({ text, panelTime }) });
  const three = [at("سلام", noon - 90 * minute), at("کجایید؟", noon - minute), at("الو", noon)];
  const shown = fa.post(three, { header: false });
  expect(shown.text).toBe("۱۰:۳۰\nسلام\n\n۱۱:۵۹\nکجایید؟\n\n۱۲:۰۰\nالو");
  expect(shown.entities?.map(({ offset, length }) => shown.text.slice(offset, offset + length))).toEqual([
    "۱۰:۳۰",
    "۱۱:۵۹",
    "۱۲:۰۰",
  ]);
  const [first, ...others] = three;
  const old = en.post([at("hello", noon - 26 * 60 * minute), ...(first ? [first] : []), ...others], { header: true });
  expect(old.text.split("\n").slice(0, 6)).toEqual([
    "0912 123 4567 on line 021 6406 3188",
    "21 November, 10:00",
    "hello",
    "",
    "22 November, 10:30",
    "سلام",
  ]);
});

function conversation(fields: Partial<Conversation> = {}): Conversation {
  return { ...newConversation(`support/${peer}`, noon), line, waitingSince: noon, ...fields };
}

test("under a card the SMS stands apart from it, with its time", () => {
  const message = inbound({ panelTime: noon });
  const card = en.card(conversation());
  const shown = underCard(card, en.post([{ message }], { header: false, isUnderCard: true }));
  expect(shown.text).toBe(`${card.text}\n\n12:00\n${message.text}`);
  expect(shown.entities?.slice(0, -1)).toEqual(card.entities);
  expect(shown.keyboard).toEqual(card.keyboard);
});

test("a header names who and which line, and the number in it is copied without direction marks", () => {
  const { text, entities } = post(fa, inbound(), { header: true });
  expect(text.split("\n")[1]).toBe("قیمت چند است؟");
  const [entity] = entities ?? [];
  expect(entity?.type).toBe("code");
  expect(text.slice(entity?.offset, (entity?.offset ?? 0) + (entity?.length ?? 0))).toBe("0912 123 4567");
});

test("entities of a post always cover what they mean to, whatever the SMS holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.boolean(), (text, header) => {
      const message = inbound({ text, line: "30001234", panelTime: noon - 4 * 3_600_000, past: true });
      const shown = post(en, message, { header, previousLine: line });
      for (const { offset, length } of shown.entities ?? [])
        expect(offset + length).toBeLessThanOrEqual(shown.text.length);
      const notes = shown.entities?.at(-1);
      expect(shown.text.slice(notes?.offset)).toMatch(/^Written to line 30001234/);
    }),
  );
});

test("a topic is named by the number as people write it, or by the sender's name, within 128 characters", () => {
  expect(fa.topicName({ peer })).toBe("0912\u00a0123\u00a04567");
  expect(foldNumber(fa.topicName({ peer }))).toBe(peer);
  expect(fa.topicName({ peer: "30001234" })).toBe("30001234");
  expect(fa.topicName({ peer: "" })).toBe("فرستنده‌ی ناشناس");
  const name = fa.topicName({ peer: "😀".repeat(100) });
  expect(name.length).toBeLessThanOrEqual(128);
  expect(name).toBe("😀".repeat(64));
});

test("the card says who, on which line and what to do, by the desk's rule", () => {
  const card = createTexts("en").card(conversation());
  expect(card.text).toBe(
    "👤 0912 123 4567\nOn line 021 6406 3188\n❗ Waits for an answer; nobody has taken it yet\nWaiting since 22 November, 12:00\nWhatever you write here goes to them as an SMS.\nTo talk among yourselves, begin with //",
  );
  expect(createTexts("en", { settings: { sends: "prefix" } }).card(conversation()).text).toContain("begins with a dot");
  expect(createTexts("en", { settings: { sends: "replies" } }).card(conversation()).text).toContain(
    "reply to one of their",
  );
  expect(en.card(conversation({ peer: "DigiKala" })).text).toContain("no answer can reach it");
});

test("the card says since when somebody waits, or when they were answered", () => {
  const { waitingSince: at = 0, ...answered } = conversation();
  const time = fa
    .card(conversation())
    .text.split("\n")
    .find((line) => line.startsWith("از "));
  expect(time).toBe("از ۱ آذر، ۱۲:۰۰ منتظر است");
  const by = { id: "7", name: "سارا" };
  expect(fa.card({ ...answered, claim: { by, at }, lastAnswer: { id: "a", by, at } }).text).toContain("جوابش رفت: ");
  expect(cardKey(conversation({ waitingSince: at + 60_000 }))).not.toBe(cardKey(conversation()));
});

test("the card's number keeps its order in a right-to-left chat, and a tap copies it bare", () => {
  const { text, entities = [] } = fa.card(conversation());
  expect(text.split("\n")[0]).toBe("👤 \u20680912 123 4567\u2069");
  expect(entities.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual(["0912 123 4567"]);
});

const digest: Digest = {
  from: 0,
  to: 86_400_000,
  received: 4,
  answers: 3,
  failed: 1,
  uncertain: 1,
  open: 2,
  unanswered: 1,
  operators: [
    { by: { id: "1", name: "Sara" }, answers: 2, medianMs: 3 * 3_600_000, slowestMs: 5 * 3_600_000 },
    { by: { id: "3", name: "Ali" }, answers: 1, medianMs: 60_000, slowestMs: 60_000 },
    { by: { id: "2", name: "Reza" }, answers: 1 },
  ],
  days: [],
};
const credits: CreditOutlook[] = [
  { provider: "panel", unit: "messages", amount: 1200, daysLeft: 9.7 },
  { provider: "dns", unit: "rial", amount: 300, daysLeft: 0.4 },
  { provider: "asanak", unit: "raw", amount: 77 },
];

test("every notice has its words in both languages", () => {
  const notices: Notice[] = [
    { kind: "provider-down", provider: "panel", code: "bad-credentials", vendor: "-1" },
    { kind: "provider-up", provider: "panel" },
    { kind: "unreadable", provider: "panel" },
    { kind: "hidden-sms", provider: "panel", count: 100 },
    { kind: "skipped-backlog", line, count: 3 },
    { kind: "digest", digest, credits },
    { kind: "digest", digest: { ...digest, failed: 0, open: 0, unanswered: 0 }, credits: [] },
    { kind: "digest", digest: { ...digest, unanswered: 0 }, credits: [] },
    ...[2.5, 0.5, 0].map(
      (daysLeft): Notice => ({
        kind: "low-credit",
        credit: { provider: "panel", unit: "messages", amount: 100 * daysLeft, daysLeft },
      }),
    ),
    ...[true, false].map(
      (isPushed): Notice => ({
        kind: "silent-line",
        line,
        provider: "panel",
        isPushed,
        silentMs: 3 * 3_600_000,
        usualMs: 40 * 60_000,
      }),
    ),
  ];
  for (const texts of [fa, en]) {
    for (const notice of notices)
      expect(texts.notice(notice).text).not.toMatch(/notice-|right-|failure-|advice-|digest-|duration-|credit-/);
  }
});

test("a digest tells how long people waited for each operator, and how long the credit lasts", () => {
  const { text } = en.notice({ kind: "digest", digest, credits });
  expect(text.split("\n").slice(1)).toEqual([
    "4 SMS in, 3 out.",
    "✗ 1 answer was not sent.",
    "⚠ Nobody knows whether 1 answer was sent.",
    "❗ Customers who wait for an answer: 1; open conversations: 2.",
    "Sara: 2 answers, usually after 3 hours, the slowest after 5 hours",
    "Ali: 1 answer, usually after 1 minute",
    "Reza: 1 answer",
    "💳 The panels' credit:",
    "panel: 1,200 SMS; at the pace of these days enough for about 9 days",
    "dns: 300 rials; at the pace of these days not enough for a day",
    "asanak: 77",
  ]);
});

test("a digest of many operators still fits under its picture, and says how many it leaves out", () => {
  const name = "نام خیلی بلند یک همکار ";
  const operators = Array.from({ length: 40 }, (_, n) => ({ by: { id: `${n}`, name: name + n }, answers: 40 - n }));
  const { text } = fa.notice({ kind: "digest", digest: { ...digest, operators }, credits });
  expect(text.length).toBeLessThanOrEqual(1024);
  const told = text.split("\n").filter((one) => one.includes("نام خیلی")).length;
  const left = new Intl.NumberFormat("fa-IR").format(40 - told);
  expect([told > 10, text.includes(`و ${left} نفر دیگر`), text.includes("asanak")]).toEqual([true, true, true]);
});

test("what was left out says how to get it", () => {
  const text = fa.notice({ kind: "skipped-backlog", line, count: 3 }).text;
  expect(text).toContain("\u2068chapar import --post\u2069");
  const hidden = fa.notice({ kind: "hidden-sms", provider: "panel", count: 100 }).text;
  expect(hidden).toContain("۱۰۰");
  expect(hidden).toContain("\u2068pollSeconds\u2069");
});

test("a moment is spelled in the calendar, the digits and the zone of its readers", () => {
  expect(createTimeSpelling("fa", "Asia/Tehran").spellTime(noon)).toBe("۱ آذر، ۱۲:۰۰");
  expect(createTimeSpelling("en", "Europe/Berlin").spellTime(noon)).toBe("22 November, 09:30");
});

test("what a quiet line holds says until when, and of what was for a time, which", () => {
  const held = { state: "held", hold: "quiet", due: noon + 20 * 3_600_000 } as const;
  expect(withoutDirection(en.mark(outbound(held)).text)).toMatch(
    /^⏳ Line [\d +]+ is quiet until Monday 23 November, 08:00\. I will send this then\. Send it now instead\?$/,
  );
  const later = withoutDirection(fa.mark(outbound({ ...held, sendAt: noon + 11 * 3_600_000 })).text);
  expect(later).toContain("زمانش، یکشنبه ۱ آذر، ۲۳:۰۰، در ساعت‌های سکوت خط");
  expect(later).toContain("این را دوشنبه ۲ آذر، ۰۸:۰۰ می‌فرستم");
});

test("an away answer is told as that, with all of it", () => {
  const sent = { state: "sent", lane: "automatic", away: true, text: "بسته‌ایم" } as const;
  expect(en.mark(outbound(sent)).text).toBe("✓ Sent\n🌙 Automatic answer: the desk is closed\n“\u2068بسته‌ایم\u2069”");
  expect(fa.mark(outbound({ ...sent, state: "delivered" })).text).toMatch(/^✓✓ .*\n🌙 جواب خودکار.*\n«بسته‌ایم»$/);
  expect(
    en
      .mark(outbound({ ...sent, state: "held", hold: "quiet" }))
      .keyboard?.flat()
      .map(({ text }) => text),
  ).toEqual(["Send now", "Cancel"]);
});

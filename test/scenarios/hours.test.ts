import { expect, test } from "vitest";
import { openTopic, withDesk } from "./open-topic.ts";
import { type BridgeOptions, startBridge } from "./start-bridge.ts";

const said = {
  fa: {
    away: "الان بسته‌ایم؛ {opens} در خدمتیم.",
    told: /^الان بسته‌ایم؛ (امروز|فردا) ساعت [۰-۹]+ در خدمتیم\.$/,
    shown: "🌙 جواب خودکار",
    quiet: "در سکوت است",
    until: /تا \S+ [۰-۹]+ \S+، [۰-۹]+:[۰-۹]+ در سکوت/,
    sendNow: "حالا بفرست",
    later: "بعداً",
    cancel: "لغو",
  },
  en: {
    away: "We are closed and open {opens}.",
    told: /^We are closed and open (today|tomorrow) at \d+:00\.$/,
    shown: "🌙 Automatic answer",
    quiet: "is quiet until",
    until: /until \w+day \d+ \w+, \d+:\d+/,
    sendNow: "Send now",
    later: "Later",
    cancel: "Cancel",
  },
} as const;
const languages = ["fa", "en"] as const;
const minuteMs = 60_000;

/** Minutes of the day in Tehran. */
const minuteOf = (at: number) => Math.floor((at + 3.5 * 60 * minuteMs) / minuteMs) % 1440;
const spell = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;

/** One hour a day, which is not now and does not begin soon. */
function closedNow(): string {
  const hour = (Math.floor(minuteOf(Date.now()) / 60) + 3) % 24;
  return `${hour}-${hour + 1}`;
}

/** From an hour ago until so many minutes from now. */
function quietFor(minutes: number): string {
  return [-60, minutes].map((from) => spell((minuteOf(Date.now()) + from + 1440) % 1440)).join("-");
}

function withQuiet(minutes: number, desk: object = {}): Pick<BridgeOptions, "configure"> {
  const quiet = quietFor(minutes);
  return {
    configure: (config) => ({
      ...config,
      lines: Object.fromEntries(Object.entries(config.lines).map(([line, settings]) => [line, { ...settings, quiet }])),
      desks: { support: { ...config.desks.support, ...desk } },
    }),
  };
}

test.each(languages)(
  "whoever writes to a closed desk is told once when it opens; the thread shows that, with its tick (%s)",
  async (language) => {
    const words = said[language];
    const settings = { language, hours: { daily: closedNow() }, away: words.away };
    const { bridge, customer, topic } = await openTopic(withDesk(settings));
    const told = await customer.gets(words.told);
    const shown = await topic.shows(words.shown);
    expect(shown.text).toContain(told.text);
    await bridge.telegram.waitFor(() => topic.messages().find(({ text }) => text.startsWith("✓✓")), 20_000);
    await bridge.restart();
    await customer.sends("کسی هست؟");
    await topic.shows("کسی هست؟");
    await topic.operatorSays("من هستم").isMarked("✓✓");
    expect(customer.received()).toEqual([told.text, "من هستم"]);
    expect(topic.messages().filter(({ text }) => text.includes(words.shown))).toHaveLength(1);
  },
);

test("where there are no topics, what was told stands under who it was told", async () => {
  const { away, shown } = said.en;
  const bridge = await startBridge(
    withDesk({ layout: "replies", language: "en", ticks: "off", hours: { daily: closedNow() }, away }),
  );
  const customer = bridge.phone("09120000000");
  await customer.sends("hello");
  const told = await customer.gets(said.en.told);
  const post = await bridge.desk.isTold(shown);
  expect(post.text).toContain(told.text);
  expect(post.text.replaceAll("\u00a0", " ")).toContain("0912 000 0000");
});

test.each(languages)(
  "an answer in its line's quiet hours is held and says so; **Send now** sends it (%s)",
  async (language) => {
    const words = said[language];
    const { bridge, customer, topic } = await openTopic(withQuiet(120, { language }));
    const [held, stopped] = [topic.operatorSays("در خدمتم"), topic.operatorSays("نه")];
    const mark = await held.isMarked("⏳");
    expect(mark.text).toContain(words.quiet);
    expect(mark.text).toMatch(words.until);
    expect(mark.buttons.flat()).toEqual([words.sendNow, words.later, words.cancel]);
    await stopped.isMarked("⏳");
    stopped.press(words.cancel);
    await stopped.isMarked("⊘");
    await bridge.restart();
    expect(customer.received()).toEqual([]);
    held.press(words.sendNow);
    await held.isMarked("✓✓");
    expect(customer.received()).toEqual(["در خدمتم"]);
  },
);

test("what nobody lets go leaves when the quiet is over, in its order, also after a restart", async () => {
  const { bridge, customer, topic } = await openTopic({ ...withQuiet(8), speed: 20 });
  const answers = ["یک", "دو"].map((text) => topic.operatorSays(text));
  for (const answer of answers) await answer.isMarked("⏳");
  await bridge.restart();
  expect(customer.received()).toEqual([]);
  for (const answer of answers) await answer.isMarked("✓✓");
  expect(customer.received()).toEqual(["یک", "دو"]);
});

test("an answer that is edited while its line is quiet leaves as it is then", async () => {
  const { customer, topic } = await openTopic(withQuiet(120));
  const answer = topic.operatorSays("۱۲۰ هزار تومان");
  await answer.isMarked("⏳");
  answer.edit("۱۳۰ هزار تومان");
  answer.press(said.fa.sendNow);
  await answer.isMarked("✓✓");
  expect(customer.received()).toEqual(["۱۳۰ هزار تومان"]);
});

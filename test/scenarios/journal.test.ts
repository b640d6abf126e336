import { expect, test } from "vitest";
import type { SeenMessage } from "../../src/sandbox/telegram/people.ts";
import { withoutDirection } from "../../src/telegram/texts/direction.ts";
import { openConversation, openTopic, withDesk } from "./open-topic.ts";
import type { Bridge } from "./start-bridge.ts";

const words = {
  fa: {
    claim: "من جواب می‌دهم",
    taken: "گفتگو را برداشت",
    answered: "جواب داد ✓✓",
    release: "رها کن",
    released: "رها کرد",
  },
  en: { claim: "I'll take it", taken: "took it", answered: "answered ✓✓", release: "Release", released: "released it" },
};

interface Sent {
  readonly fileName: string;
  readonly text: string;
}

function filesOf({ telegram }: Bridge): Sent[] {
  return telegram.callsOf("sendDocument").map(({ parameters }) => parameters.document as Sent);
}

async function makeAdministrator({ group, operators }: Bridge) {
  const [sara] = operators;
  if (!sara) throw new Error("nobody works here");
  group.add(sara, "administrator");
  return sara;
}

function lines({ text }: SeenMessage): string[] {
  return text.split("\n").slice(1);
}

test.each(["fa", "en"] as const)(
  "/log tells who did what in a thread, newest last, and no text of an SMS (%s)",
  async (language) => {
    const { bridge, topic } = await openTopic(withDesk({ language }));
    const [sara, reza] = bridge.operators;
    const card = topic.messages().find(({ buttons }) => buttons.flat().includes(words[language].claim));
    if (!card || !sara || !reza) return expect.unreachable();
    const press = bridge.group.press(reza, card, words[language].claim);
    await bridge.telegram.waitFor(() => press.answer, 8000);
    await topic.operatorSays("سفارش شما رسید", { by: sara }).isMarked("✓✓");
    topic.operatorSays("/log", { by: sara });
    const log = await topic.shows(words[language].answered);
    expect(lines(log)).toHaveLength(2);
    expect(withoutDirection(lines(log)[0] ?? "")).toContain(`رضا ${words[language].taken}`);
    expect(lines(log)[1]).toContain("سارا");
    expect(log.text).not.toContain("سفارش");
  },
);

test("a press that changes nothing has no line of its own, and /log in General names whose thread it was", async () => {
  const { bridge, topic } = await openTopic();
  const [sara, reza] = bridge.operators;
  const card = topic.messages().find(({ buttons }) => buttons.flat().includes(words.fa.claim));
  if (!card || !sara || !reza) return expect.unreachable();
  const presses = [reza, reza].map((by) => bridge.group.press(by, card, words.fa.claim));
  for (const press of presses) await bridge.telegram.waitFor(() => press.answer, 8000);
  bridge.group.say(sara, "/log");
  const log = await bridge.desk.isTold(words.fa.taken);
  expect(lines(log)).toHaveLength(1);
  expect(log.text.replace(/\s/g, "")).toContain("09120000000");
});

test("/export gives an administrator the thread as a CSV that Excel reads, with nothing that it would run", async () => {
  const { bridge, customer, topic } = await openTopic();
  const sara = await makeAdministrator(bridge);
  await customer.sends('=1+1, "quoted"');
  await topic.shows("=1+1");
  await topic.operatorSays("بله", { by: sara }).isMarked("✓✓");
  topic.operatorSays("/export", { by: sara });
  await bridge.telegram.waitFor(() => filesOf(bridge).length > 0, 8000);
  const [file] = filesOf(bridge);
  expect(file?.fileName).toBe("chapar-support.csv");
  const rows = file?.text.split("\r\n") ?? [];
  expect(rows[0]).toBe("\ufeffزمان,جهت,شماره,خط,متن,وضعیت,اپراتور,زمان پنل");
  expect(rows[1]).toMatch(/^14\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d,رسیده,0912 000 0000,.*,سلام,,,/);
  expect(rows[2]).toContain(`,"'=1+1, ""quoted""",`);
  expect(rows[3]).toContain(",فرستاده,0912 000 0000,");
  expect(rows[3]).toContain(",بله,رسید,سارا,");
  expect(rows).toHaveLength(5);
  const sent = topic.messages().find(({ raw }) => raw.document !== undefined);
  expect(sent?.text).toContain("۳");
});

test("/export in General gives a span of days of all customers as JSON, and says when there is nothing", async () => {
  const { bridge } = await openTopic();
  const sara = await makeAdministrator(bridge);
  await openConversation(bridge, "09120000001");
  bridge.group.say(sara, "/export json");
  await bridge.telegram.waitFor(() => filesOf(bridge).length > 0, 8000);
  const numbers = (JSON.parse(filesOf(bridge)[0]?.text ?? "") as { number: string }[]).map(({ number }) => number);
  expect(numbers).toEqual(["+989120000000", "+989120000001"]);
  bridge.group.say(sara, "/export ۱۴۰۰/۰۱/۰۱ 2021-03-30");
  await bridge.desk.isTold("در این مدت پیامکی نبوده است");
  expect(filesOf(bridge)).toHaveLength(1);
});

test("nobody but an administrator gets an export", async () => {
  const { bridge, topic } = await openTopic();
  const [, reza] = bridge.operators;
  if (!reza) return expect.unreachable();
  topic.operatorSays("/export", { by: reza });
  await topic.shows("فقط مدیر");
  expect(filesOf(bridge)).toEqual([]);
});

test("with days, /export in a topic gives those of this customer and of nobody else", async () => {
  const { bridge, topic } = await openTopic();
  const sara = await makeAdministrator(bridge);
  await openConversation(bridge, "09120000001");
  topic.operatorSays("/export json 1404/01/01", { by: sara });
  await bridge.telegram.waitFor(() => filesOf(bridge).length > 0, 8000);
  const numbers = (JSON.parse(filesOf(bridge)[0]?.text ?? "") as { number: string }[]).map(({ number }) => number);
  expect(numbers).toEqual(["+989120000000"]);
});

test("an edit and a stopped SMS stand in the log", async () => {
  const { bridge, topic } = await openTopic(withDesk({ undoSeconds: 20 }));
  const [sara] = bridge.operators;
  if (!sara) return expect.unreachable();
  const answer = topic.operatorSays("فردا", { by: sara });
  await answer.isMarked("⏳");
  answer.edit("پس‌فردا");
  answer.edit("پس‌فردا");
  answer.press("نفرست", sara);
  await answer.isMarked("⊘");
  topic.operatorSays("/log", { by: sara });
  const log = await topic.shows("جلوی یک پیامک را گرفت");
  expect(lines(log).map((line) => line.replace(/^.*سارا /u, ""))).toEqual([
    "جواب داد ⊘",
    "جوابی را عوض کرد",
    "جلوی یک پیامک را گرفت",
  ]);
});

test("of a long word that is no day /export names the beginning, in one message", async () => {
  const { bridge, topic } = await openTopic();
  const [sara] = bridge.operators;
  if (!sara) return expect.unreachable();
  bridge.group.add(sara, "administrator");
  const asked = topic.operatorSays(`/export ${"ب".repeat(4000)}`);
  const answer = await bridge.telegram.waitFor(() => asked.marks()[0], 8000, "an answer");
  expect(answer.text).toContain(`«${"ب".repeat(50)}`);
  expect(answer.text.length).toBeLessThan(400);
});

import { once } from "node:events";
import { expect, test } from "vitest";
import type { SeenMessage } from "../../src/sandbox/telegram/people.ts";
import { openConversation, withDesk } from "./open-topic.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";
import { startProcess } from "./start-process.ts";

const wait = 30_000;
const words = {
  fa: {
    text: "/bulk {نام} عزیز، سفارشتان رسید.",
    sent: "سارا عزیز، سفارشتان رسید.",
    plan: "برای ۲ نفر",
    reasons: ["ردیف ۴: \u20680912\u2069", "تکراری", "لغو کرده", "نام} خالی است"],
    send: "بفرست",
    begun: "شروع شد.",
    done: "تمام شد: ۲ از ۲ رفت",
    states: ["فرستاده شد", "رسید"],
    after: "بعد از پیامک گروهی",
    unknown: "ستون {مبلغ} ندارد",
    usage: "در توضیح فایل",
    leftOut: "کنار گذاشته شد,ردیف ۴: شماره درست نیست",
    drop: "نفرست",
    dropped: "سارا منصرف شد",
    refused: "مدیر در «خبر خصوصی»",
  },
  en: {
    text: "/bulk Dear {name}, your order is here.",
    sent: "Dear سارا, your order is here.",
    plan: "To 2 receivers",
    reasons: ["row 4: 0912", "gets it once", "Opted out", "{name} is empty"],
    send: "Send",
    begun: "It begins.",
    done: "Done: 2 of 2 sent",
    states: ["sent", "delivered"],
    after: "since the bulk SMS",
    unknown: "no column \u2068{مبلغ}\u2069",
    usage: "as its caption",
    leftOut: "left out,row 4: the number is not right",
    drop: "Cancel",
    dropped: "\u2068سارا\u2069 decided against it",
    refused: "Here only the chiefs",
  },
} as const;

const list = (content: string, name = "list.csv") => ({ file: { name, content, type: "text/csv" } });

function reportsOf({ telegram }: Pick<Bridge, "telegram">): string[] {
  return telegram.callsOf("sendDocument").map(({ parameters }) => (parameters.document as { text: string }).text);
}

async function press(bridge: Pick<Bridge, "group" | "operators" | "telegram">, message: SeenMessage, label: string) {
  const pressed = bridge.group.press(bridge.operators[0] ?? expect.unreachable(), message, label);
  return bridge.telegram.waitFor(() => pressed.answer, wait, "an answer");
}

test.each(["fa", "en"] as const)(
  "a list with a caption is shown as it will go, sent once by a button, and reported (%s)",
  async (language) => {
    const say = words[language];
    const bridge = await startBridge(withDesk({ language }));
    const [sara, reza] = [bridge.phone("09120000001"), bridge.phone("09120000002")];
    const { customer: out, topic } = await openConversation(bridge, "09120000003");
    await out.sends("لغو");
    await topic.shows("لغو");
    const general = bridge.desk.topicView(undefined);
    const rows = [
      "شماره;نام",
      "09120000001;سارا",
      "۰۹۱۲۰۰۰۰۰۰۲;رضا",
      "0912;بد",
      "+989120000001;سارا",
      "09120000003;نرگس",
      "09120000004;",
    ];
    const asked = general.operatorSays(say.text, list(`\ufeff${rows.join("\r\n")}`));
    const preview = await bridge.telegram.waitFor(() => asked.marks()[0], wait, "the preview");
    for (const part of [say.plan, say.sent, ...say.reasons]) expect(preview.text).toContain(part);
    expect(bridge.sentTo(sara)).toEqual([]);
    expect((await press(bridge, preview, say.send)).text).toBe(say.begun);
    await sara.gets(say.sent, wait);
    await reza.gets(say.sent.replace("سارا", "رضا"), wait);
    await bridge.telegram.waitFor(() => bridge.group.message(preview.id)?.text.includes(say.done), wait, "the end");
    const report = await bridge.telegram.waitFor(() => reportsOf(bridge)[0], wait, "the report");
    const [, ...lines] = report.trim().split("\r\n");
    const numbers = lines.map((line) => line.split(",")[0]);
    expect(numbers.slice(0, 2)).toEqual(["0912 000 0001", "0912 000 0002"]);
    for (const line of lines.slice(0, 2)) expect(say.states).toContain(line.split(",")[1]);
    expect(numbers.slice(2)).toEqual(["0912", "+989120000001", "09120000003", "09120000004"]);
    expect(lines[2]).toContain(say.leftOut);
    expect((await press(bridge, preview, say.send).catch(() => undefined))?.text).not.toBe(say.begun);
    expect(bridge.group.topics()).toHaveLength(1);
    await sara.sends("ممنون");
    const opened = await bridge.desk.topicOf("09120000001");
    expect((await opened.shows("ممنون")).text).toContain(say.after);
    await sara.sends("باز هم ممنون");
    expect((await opened.shows("باز هم ممنون")).text).not.toContain(say.after);
    await sara.sends("۱۱");
    await bridge.telegram.waitFor(() => opened.messages().some(({ text }) => text.includes("🔕")), wait, "opted out");
    expect(bridge.sentTo(sara).filter((text) => text === say.sent)).toHaveLength(1);
    expect(bridge.problems).toEqual([]);
  },
  120_000,
);

test.each(["fa", "en"] as const)(
  "what cannot be sent is told, and Cancel sends nothing (%s)",
  async (language) => {
    const say = words[language];
    const bridge = await startBridge(withDesk({ language }));
    const sara = bridge.phone("09120000001");
    const general = bridge.desk.topicView(undefined);
    const answerTo = async (text: string, more = {}) => {
      const said = general.operatorSays(text, more);
      return bridge.telegram.waitFor(() => said.marks()[0], wait, text);
    };
    const table = "شماره،نام\n09120000001،سارا";
    expect((await answerTo("/bulk")).text).toContain(say.usage);
    expect((await answerTo("/bulk {مبلغ} تومان", list(table))).text).toContain(say.unknown);
    const excel = await answerTo("/bulk سلام", list("PK\u0003\u0004\u0000", "list.xlsx"));
    expect(excel.text).toContain("CSV UTF-8");
    const file = general.operatorSays("", list("09120000001\n", "numbers.txt"));
    const preview = await answerTo("/bulk تعطیلیم", { replyTo: file.message.id });
    expect(preview.text).toContain("تعطیلیم");
    await press(bridge, preview, say.drop);
    await bridge.telegram.waitFor(() => bridge.group.message(preview.id)?.text.includes(say.dropped), wait, "dropped");
    expect(bridge.group.message(preview.id)?.buttons.flat()).toEqual([]);
    expect(bridge.sentTo(sara)).toEqual([]);
    expect(reportsOf(bridge)).toEqual([]);
  },
  60_000,
);

test("where a desk has chiefs, only they send to many", async () => {
  const bridge = await startBridge(withDesk({ chiefs: [1] }));
  const said = bridge.desk.topicView(undefined).operatorSays("/bulk سلام", list("09120000001"));
  const refusal = await bridge.telegram.waitFor(() => said.marks()[0], wait, "a refusal");
  expect(refusal.text).toContain(words.fa.refused);
}, 60_000);

test("kill -9 in the middle: the run goes on after the next start, and everybody gets it once", async () => {
  const count = 1500;
  const account = { credit: 1_000_000 };
  const world = await startProcess(
    (config) => ({ ...config, providers: { asanak: { ...config.providers.asanak, perSecond: 2, inFlight: 1 } } }),
    { account, deliverAfterMs: 50 },
  );
  const number = (n: number) => `0912${String(n).padStart(7, "0")}`;
  const content = ["شماره,نام", ...Array.from({ length: count }, (_, n) => `${number(n)},مشتری ${n}`)].join("\n");
  let child = await world.start();
  const said = world.desk.topicView(undefined).operatorSays("/bulk سلام {نام}", list(content));
  const preview = await world.telegram.waitFor(() => said.marks()[0], wait, "the preview");
  await press(world, preview, "بفرست");
  for (const reached of [300, 800]) {
    await world.asanak.waitFor(() => world.asanak.ledger.length >= reached, wait);
    child.kill("SIGKILL");
    await once(child, "exit");
    child = await world.start();
  }
  const end = await world.telegram.waitFor(
    () => [world.group.message(preview.id)].find((one) => one?.text.includes("تمام شد")),
    60_000,
    "the end",
  );
  const report = await world.telegram.waitFor(() => reportsOf(world)[0], wait, "the report");
  const texts = world.asanak.ledger.map(({ receiver, text }) => `${receiver.slice(-10)} ${text}`);
  expect(new Set(texts).size).toBe(texts.length);
  const states = new Map(
    report
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => [(line.split(",")[0] ?? "").replace(/\D/g, "").slice(-10), line.split(",")[1] ?? ""]),
  );
  expect(states.size).toBe(count);
  // Of a call that was cut off nobody knows: it is told so, and not sent again. Of everybody else the report is right.
  const unknown = [...states].filter(([, state]) => state === "معلوم نیست");
  expect(unknown.length).toBeLessThanOrEqual(200);
  const got = new Set(world.asanak.ledger.map(({ receiver }) => receiver.slice(-10)));
  for (const [peer, state] of states) if (state !== "معلوم نیست") expect(got, peer).toContain(peer);
  expect(end.text.includes("⚠")).toBe(unknown.length > 0);
  expect(world.group.topics()).toEqual([]);
}, 180_000);

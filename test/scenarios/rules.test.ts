import { expect, test } from "vitest";
import { withDesk } from "./open-topic.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";

const promo = "30007777";
const words = {
  fa: {
    topic: "تبلیغات و کدها",
    copy: "کپی کد ۴۸۲۱۹۳",
    shared: /چند فرستنده/,
    name: /فقط یک نام/,
    told: /این‌جا نیاوردم/,
  },
  en: {
    topic: "Promo",
    copy: "Copy code 482193",
    shared: /several senders/,
    name: /no answer can reach/,
    told: /as your rules say/,
  },
} as const;
const code = "کد ورود شما: ۴۸۲۱۹۳\nآن را به کسی ندهید";
const hidden = "کد ورود شما: ••••••\nآن را به کسی ندهید";

const named = (bridge: Bridge, name: string) =>
  bridge.telegram.waitFor(() => bridge.desk.topics().find((topic) => topic.name === name), 40_000, `a topic ${name}`);

async function openShared(language: "fa" | "en", rule: object = {}, more: object = {}) {
  const { topic: name } = words[language];
  const rules = [{ sender: "not-mobile", topic: name, silent: true, ...rule }];
  const bridge = await startBridge(withDesk({ language, rules, ...more }));
  await bridge.phone(promo).sends("حراج بزرگ");
  const topic = bridge.desk.topicView((await named(bridge, name)).id);
  await topic.shows("حراج بزرگ");
  return { bridge, topic, name };
}
const says = (bridge: Bridge, to: number, text: RegExp) =>
  bridge.telegram.waitFor(
    () => bridge.group.messages().find((one) => one.replyTo === to && text.test(one.text)),
    40_000,
    String(text),
  );

test.each(["fa", "en"] as const)(
  "senders that are no mobile numbers share one topic, silently, each by its name, and customers have their own (%s)",
  async (language) => {
    const { bridge, topic } = await openShared(language);
    await bridge.phone("DigiKala").sends("تخفیف ویژه");
    const ad = await topic.shows("تخفیف ویژه");
    expect(ad.text).toContain("DigiKala");
    expect((await topic.shows("حراج بزرگ")).text).toContain(promo);
    const customer = bridge.phone("09120000000");
    await customer.sends("سلام");
    await (await bridge.desk.topicOf("09120000000")).shows("سلام");
    expect(bridge.desk.topics()).toHaveLength(2);
    // No card, no buttons, no pin there, and no sound.
    expect(topic.messages().flatMap(({ buttons }) => buttons)).toEqual([]);
    expect(topic.messages().some(({ isPinned }) => isPinned)).toBe(false);
    const sent = bridge.telegram.callsOf("sendMessage").map(({ parameters }) => parameters);
    const loud = sent.filter((one) => one.disable_notification !== true).map((one) => one.message_thread_id);
    expect(loud).not.toContain(topic.id);
    expect(sent.filter((one) => one.disable_notification === true)).toHaveLength(2);
  },
);

test.each(["fa", "en"] as const)("a reply there answers its sender, or says why it cannot (%s)", async (language) => {
  const { bridge, topic, name } = await openShared(
    language,
    {},
    {
      rules: [
        { pattern: "حراج", topic: words[language].topic },
        { sender: "not-mobile", topic: words[language].topic },
      ],
    },
  );
  expect(name).toBe(words[language].topic);
  const shop = bridge.phone("09121110000");
  await shop.sends("حراج پاییزه");
  const answer = topic.operatorSays("لغو لطفاً", { replyTo: (await topic.shows("حراج پاییزه")).id });
  await shop.gets("لغو لطفاً", 40_000);
  await answer.isMarked("✓✓");
  // A service line is a number, and its panel says what it thinks of it.
  const toService = topic.operatorSays("لغو", { replyTo: (await topic.shows("حراج بزرگ")).id });
  await toService.isMarked("✗");
  await bridge.phone("DigiKala").sends("تخفیف");
  const ad = await topic.shows("تخفیف");
  const toName = topic.operatorSays("نمی‌خواهیم", { replyTo: ad.id });
  await says(bridge, toName.message.id, words[language].name);
  const toNobody = topic.operatorSays("سلام");
  await says(bridge, toNobody.message.id, words[language].shared);
  expect(shop.received()).toEqual(["لغو لطفاً"]);
  expect(bridge.desk.topics()).toHaveLength(1);
});

test("the topic is found again after a restart, and made anew where somebody deleted it", async () => {
  const { bridge, topic, name } = await openShared("fa");
  await bridge.restart();
  await bridge.phone("DigiKala").sends("یک");
  await topic.shows("یک");
  expect(bridge.desk.topics()).toHaveLength(1);
  bridge.group.deleteTopic(topic.id ?? 0);
  await bridge.phone("DigiKala").sends("دو");
  const anew = bridge.desk.topicView((await named(bridge, name)).id);
  await anew.shows("دو");
  expect(anew.id).not.toBe(topic.id);
});

test("where there are no topics they stand with the others, with who wrote, and without a customer's buttons", async () => {
  const rules = [{ sender: "not-mobile", topic: "تبلیغات" }];
  const bridge = await startBridge(withDesk({ layout: "replies", rules }));
  await bridge.phone(promo).sends("حراج");
  const general = bridge.desk.topicView(undefined);
  const post = await general.shows("حراج");
  expect(post.text).toContain(promo);
  expect(post.buttons).toEqual([]);
  expect(bridge.desk.topics()).toEqual([]);
});

test.each(["fa", "en"] as const)(
  "a one-time code has a button that copies it in Latin digits, and no price has one (%s)",
  async (language) => {
    const bridge = await startBridge(withDesk({ language }));
    const bank = bridge.phone(promo);
    await bank.sends(code);
    const topic = bridge.desk.topicView((await named(bridge, promo)).id);
    const post = await topic.shows(code);
    expect(post.buttons).toEqual([[words[language].copy]]);
    expect(post.copies).toEqual([{ label: words[language].copy, text: "482193" }]);
    // Nothing of the text is markup.
    expect(post.entities).toEqual([]);
    await bank.sends("قیمت ۱۲۵۰۰ تومان");
    expect((await topic.shows("قیمت")).buttons).toEqual([]);
  },
);

test("a code is hidden in its post after its time, also where the bridge was started anew meanwhile", async () => {
  const { bridge, topic } = await openShared("fa", { maskCodesAfterSeconds: 4 });
  await bridge.phone("Bank").sends(code);
  const post = await topic.shows(code);
  expect(post.copies).toHaveLength(1);
  await bridge.restart();
  const now = () => bridge.group.message(post.id);
  await bridge.telegram.waitFor(() => now()?.text.includes(hidden), 40_000, "the code hidden");
  expect(now()?.text).toContain("Bank");
  expect(now()?.buttons).toEqual([]);
  const stored = await bridge.app.bridge.inbound.findByPost(`${bridge.group.id}:${post.id}`);
  expect(stored?.text).toBe(hidden);
});

test("in a chat without topics a code's button and a customer's stand together, and only the code's goes", async () => {
  const rules = [{ pattern: "/کد/", maskCodesAfterSeconds: 3 }];
  const bridge = await startBridge(withDesk({ layout: "replies", rules }));
  await bridge.phone("09120000000").sends(code);
  const general = bridge.desk.topicView(undefined);
  const post = await general.shows(code);
  const labels = () => bridge.group.message(post.id)?.buttons.flat() ?? [];
  expect(labels()).toEqual([words.fa.copy, ...labels().slice(1)]);
  expect(labels()).toContain("من جواب می‌دهم");
  const [sara] = bridge.operators;
  if (!sara) return expect.unreachable();
  bridge.group.press(sara, post, "من جواب می‌دهم");
  await bridge.telegram.waitFor(() => labels().some((label) => label.includes("سارا")), 40_000, "who has the customer");
  await bridge.telegram.waitFor(() => !labels().includes(words.fa.copy), 40_000, "the code's button gone");
  expect(bridge.group.message(post.id)?.text).toContain(hidden);
  expect(labels().some((label) => label.includes("سارا"))).toBe(true);
});

test.each(["fa", "en"] as const)(
  "what a rule drops is counted, and told once a day (%s)",
  async (language) => {
    const rules = [{ sender: "not-mobile", drop: true }];
    const bridge = await startBridge({ ...withDesk({ language, rules }), speed: 20_000 });
    await bridge.phone(promo).sends("حراج");
    await bridge.phone("DigiKala").sends("تخفیف");
    const told = await bridge.desk.isTold(words[language].told);
    expect(told.text).toContain(promo);
    expect(bridge.group.messages().some(({ text }) => text.includes("حراج"))).toBe(false);
    expect(await (await fetch(`${bridge.app.url}/metrics`)).text()).toContain(
      'chapar_inbound_dropped_total{desk="support"} 2',
    );
  },
  120_000,
);

test("words choose a topic too, and whoever answers there answers the customer", async () => {
  const bridge = await startBridge(withDesk({ rules: [{ pattern: "فوری", topic: "فوری‌ها" }] }));
  const customer = bridge.phone("09120000000");
  await customer.sends("خیلی فوری است");
  const topic = bridge.desk.topicView((await named(bridge, "فوری‌ها")).id);
  const post = await topic.shows("خیلی فوری است");
  topic.operatorSays("آمدم", { replyTo: post.id });
  await customer.gets("آمدم", 40_000);
  // What they write next and is not meant by the rule opens their own topic.
  await customer.sends("ممنون");
  await (await bridge.desk.topicOf("09120000000")).shows("ممنون");
});

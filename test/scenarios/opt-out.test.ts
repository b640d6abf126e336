import { expect, test } from "vitest";
import { hashKey } from "../../src/core/model/ids.ts";
import { openTopic, withDesk } from "./open-topic.ts";
import type { Bridge } from "./start-bridge.ts";

const said = {
  fa: {
    optedOut: /^لغو شد؛/,
    returned: /^از این پس باز/,
    note: "🔕 پیامک‌های خط",
    asks: "اگر منظورش لغو",
    optOut: "لغو پیامک‌ها",
    sendNow: "حالا بفرست",
    held: "لغو کرده است",
    block: "مسدود کن",
    unblock: "رفع مسدودی",
    blocked: "مسدود شد",
    came: "۲ پیامک آمد",
  },
  en: {
    optedOut: /^You will get no more/,
    returned: /^You will get SMS/,
    note: "🔕 Opted out of line",
    asks: "If they want no more",
    optOut: "Opt out",
    sendNow: "Send now",
    held: "opted out of this line",
    block: "Block",
    unblock: "Unblock",
    blocked: "Blocked",
    came: "2 SMS came",
  },
} as const;
const languages = ["fa", "en"] as const;
const thread = "support/+989120000000";

const lineOf = ({ config }: Bridge) => config.desks.support?.line ?? "";

/** Something that nobody wrote by hand; gives how it ended. */
async function sendBulk(bridge: Bridge, text: string) {
  const { outbound } = bridge.app.bridge;
  const id = hashKey(text);
  await outbound.accept({ id, thread, text, line: lineOf(bridge), lane: "bulk" });
  const isOver = async () => {
    const message = await outbound.find(id);
    return message && !["held", "queued", "sending"].includes(message.state) ? message : undefined;
  };
  for (;;) {
    const message = await isOver();
    if (message) return message;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Somebody else's SMS is shown: what came before it has been seen to. */
async function quiet(bridge: Bridge) {
  await bridge.phone("09121111111").sends("کسی دیگر");
  await (await bridge.desk.topicOf("09121111111")).shows("کسی دیگر");
}

test.each(languages)(
  "«لغو» is shown, confirmed by SMS and kept to; an operator's answer asks first; «شروع» returns (%s)",
  async (language) => {
    const words = said[language];
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    await customer.sends("لغو ۱۱");
    const confirmed = await customer.gets(words.optedOut);
    const [shown] = [await topic.shows("لغو ۱۱")];
    expect(shown.text).toContain(words.note);
    expect(await sendBulk(bridge, "تخفیف")).toMatchObject({ state: "failed", failure: { code: "opted-out" } });

    const answer = topic.operatorSays("چشم، ثبت شد");
    expect((await answer.isMarked("⏳")).text).toContain(words.held);
    answer.press(words.sendNow);
    await answer.isMarked("✓✓");
    expect(customer.received()).toEqual([confirmed.text, "چشم، ثبت شد"]);

    await bridge.restart();
    expect(await sendBulk(bridge, "باز هم تخفیف")).toMatchObject({ state: "failed" });
    await customer.sends("شروع");
    await customer.gets(words.returned);
    await sendBulk(bridge, "سلام دوباره");
    await customer.gets("سلام دوباره");
    const free = topic.operatorSays("خوش برگشتید");
    await free.isMarked("✓✓");
  },
);

test.each(languages)(
  "a bare ۱۱ out of the blue is shown with a button, and counts when somebody presses it (%s)",
  async (language) => {
    const words = said[language];
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    const [sara, reza] = bridge.operators;
    if (!sara || !reza) return expect.unreachable();
    await customer.sends("۱۱");
    const post = await topic.shows(words.asks);
    expect(post.buttons).toEqual([[words.optOut]]);
    expect(customer.received()).toEqual([]);
    const press = bridge.group.press(reza, post, words.optOut);
    await bridge.telegram.waitFor(() => press.answer, 8000);
    await customer.gets(words.optedOut);
    expect((await topic.shows("رضا")).replyTo).toBe(post.id);
    const again = bridge.group.press(sara, post, words.optOut);
    await bridge.telegram.waitFor(() => again.answer, 8000);
    expect(await sendBulk(bridge, "تخفیف")).toMatchObject({ state: "failed", failure: { code: "opted-out" } });
    expect(customer.received()).toHaveLength(1);
  },
);

test("a bare ۱۱ after something bulk of that line counts by itself, and ۱۲ returns", async () => {
  const { bridge, customer, topic } = await openTopic();
  await sendBulk(bridge, "تخفیف. لغو۱۱");
  await customer.gets("تخفیف. لغو۱۱");
  await customer.sends("۱۱");
  await customer.gets(said.fa.optedOut);
  const post = await topic.shows(said.fa.note);
  expect(post.text).toMatch(/^۱۱\n/);
  expect(post.buttons).toEqual([]);
  await customer.sends("۱۲");
  await customer.gets(said.fa.returned);
});

test.each(languages)(
  "what a blocked customer writes is kept and not shown, and unblocking tells how much that was (%s)",
  async (language) => {
    const words = said[language];
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    const [sara] = bridge.operators;
    if (!sara) return expect.unreachable();
    topic.operatorSays("/block");
    await topic.shows(words.blocked);
    await customer.sends("هرزنامه ۱");
    await customer.sends("لغو");
    const card = await bridge.telegram.waitFor(
      () => topic.messages().find(({ buttons }) => buttons.flat().includes(words.unblock)),
      20_000,
    );
    await bridge.restart();
    await quiet(bridge);
    const press = bridge.group.press(sara, card, words.unblock);
    await bridge.telegram.waitFor(() => press.answer, 8000);
    expect(press.answer?.text).toContain(words.came);
    await customer.sends("سلام، من آدم خوبی شدم");
    await topic.shows("سلام، من آدم خوبی شدم");
    expect(topic.texts().filter((text) => text.includes("هرزنامه") || text.startsWith("لغو"))).toEqual([]);
    expect(customer.received()).toEqual([]);
    // Nobody sees it, but what they want of a line holds all the same.
    expect(await sendBulk(bridge, "تخفیف")).toMatchObject({ state: "failed", failure: { code: "opted-out" } });
  },
);

test("`/unblock` says what came, and `/block` outside of a topic how it is used", async () => {
  const { bridge, customer, topic } = await openTopic();
  topic.operatorSays("/unblock");
  await topic.shows("مسدود نبود");
  topic.operatorSays("/block");
  await topic.shows("مسدود شد");
  await customer.sends("یک");
  await customer.sends("دو");
  await quiet(bridge);
  topic.operatorSays("/unblock");
  await topic.shows(said.fa.came);
  bridge.desk.topicView(undefined).operatorSays("/block");
  await bridge.desk.isTold("در تاپیک خود مشتری");
});

test.each(languages)("a receiver on the panel's blacklist is told as that (%s)", async (language) => {
  const { bridge, topic } = await openTopic(withDesk({ language }));
  const refusal = { http: 406, code: 1001, message: "Destination is in your blacklist." };
  bridge.asanak.mode({ kind: "refuse", refusal });
  const mark = await topic.operatorSays("سلام").isMarked("✗");
  expect(mark.text).toContain({ fa: "✗ در لیست سیاه است", en: "✗ On the blacklist" }[language]);
});

import { expect, test } from "vitest";
import type { SeenMessage } from "../../src/sandbox/telegram/people.ts";
import { openConversation, openTopic, withDesk } from "./open-topic.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";

const words = {
  fa: { title: /^⚙️ تنظیمات/, undo: "فرصت پشیمانی", seconds: "۳۰ ثانیه", log: "کرد", refused: "فقط مدیر" },
  en: { title: /^⚙️ Settings/, undo: "Time to undo", seconds: "30 seconds", log: "set “", refused: "Only an admin" },
};

/** The settings as the creator of the group has them shown, and hands to press their buttons with. */
async function openSettings(bridge: Bridge, title = words.fa.title, patienceMs = 20_000) {
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) throw new Error("nobody works here");
  bridge.group.say(sara, "/desk");
  const { id } = await bridge.desk.isTold(title);
  const message = (): SeenMessage => {
    const found = bridge.group.message(id);
    if (!found) throw new Error("the settings are gone");
    return found;
  };
  const labelOf = (label: string | RegExp) =>
    message()
      .buttons.flat()
      .find((one) => (typeof label === "string" ? one === label : label.test(one)));
  return {
    sara,
    reza,
    message,
    async press(label: string | RegExp, by = sara) {
      const found = await bridge.telegram.waitFor(() => labelOf(label), patienceMs, `the button ${label}`);
      const press = bridge.group.press(by, message(), found);
      await bridge.telegram.waitFor(() => press.answer, patienceMs, "an answer to the press");
      return press.answer;
    },
    shows: (text: string | RegExp) =>
      bridge.telegram.waitFor(() => message().text.search(text) >= 0, patienceMs, `${text} in the settings`),
  };
}

test.each(["fa", "en"] as const)(
  "an administrator sees and changes the settings in one message, and what was set counts at once (%s)",
  async (language) => {
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    const { title, undo, seconds, log, refused } = words[language];
    const settings = await openSettings(bridge, title);
    expect((await settings.press(undo, settings.reza))?.text).toContain(refused);
    await settings.press(undo);
    await settings.press(seconds);
    await settings.shows(`${undo}: ${seconds} ✎`);
    expect(bridge.desk.told(title)).toHaveLength(1);
    const reply = topic.operatorSays("در خدمتم");
    await reply.isMarked("⏳");
    expect(customer.received()).toEqual([]);
    await bridge.restart();
    bridge.group.say(settings.sara, "/log");
    const told = await bridge.desk.isTold(log);
    expect(told.text).toContain(undo);
    expect(told.text).toContain(seconds);
  },
);

test("every setting counts for the next message: what becomes an SMS, who may write, how it is shown, what is asked, in which language", async () => {
  const { bridge, customer, topic } = await openTopic();
  const { press, reza } = await openSettings(bridge);
  const choose = async (setting: string, choice: string) => {
    await press(setting);
    await press(choice);
  };
  await choose("نشان ارسال", "یک ایموجی روی پیام");
  const first = topic.operatorSays("یک");
  await bridge.telegram.waitFor(() => bridge.group.message(first.message)?.reactions?.includes("👍"), 20_000, "👍");
  expect(first.marks()).toEqual([]);
  await choose("متن بلند", "بیش از ۱ بخش");
  const long = topic.operatorSays("سلام ".repeat(40));
  await long.isMarked("⏳");
  await choose("چه چیزی پیامک شود", "فقط پیامی که با نقطه شروع شود");
  topic.operatorSays("بین خودمان");
  topic.operatorSays(". دو");
  await customer.gets("دو");
  await press("چه کسانی جواب بدهند");
  await press("فقط چند نفر");
  topic.operatorSays(". سه", { by: reza });
  topic.operatorSays(". چهار");
  await customer.gets("چهار");
  await press("بازگشت");
  await choose("زبان", "انگلیسی");
  topic.operatorSays("/status");
  await topic.shows("Panels:");
  expect(customer.received()).toEqual(["یک", "دو", "چهار"]);
});

test("a customer who waits already is reminded of by the new times, and the last one reaches a new chief in private", async () => {
  const speed = 60;
  const longMs = 20_000 * speed;
  const bridge = await startBridge({ speed, ...withDesk({ reminderSeconds: [60, 120], language: "en" }) });
  const { sara, reza, press } = await openSettings(bridge, words.en.title, longMs);
  await press("Reminders");
  await press("never");
  await openConversation(bridge, "09120000000");
  const chat = bridge.telegram.privateChat(reza);
  chat.say(reza, "/start");
  bridge.group.say(sara, "/desk", { replyTo: bridge.group.say(reza, "// here").id });
  const person = await bridge.desk.isTold(/👤 \u2068?رضا/);
  const added = bridge.group.press(sara, person, "Told in private");
  await bridge.telegram.waitFor(() => added.answer, longMs);
  await press("Reminders");
  await press("As on the server: 1 minute, 2 minutes");
  const isTold = () => chat.messages().some(({ text }) => text.includes("⏰"));
  await bridge.telegram.waitFor(isTold, longMs, "⏰ in private");
});

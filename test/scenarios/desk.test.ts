import { expect, test } from "vitest";
import type { SeenMessage } from "../../src/sandbox/telegram/people.ts";
import { openTopic, withDesk } from "./open-topic.ts";
import type { Bridge } from "./start-bridge.ts";

const words = {
  fa: { title: /^⚙️ تنظیمات/, undo: "فرصت پشیمانی", seconds: "۳۰ ثانیه", log: "کرد", refused: "فقط مدیر" },
  en: { title: /^⚙️ Settings/, undo: "Time to undo", seconds: "30 seconds", log: "set “", refused: "Only an admin" },
};

/** The settings as the creator of the group has them shown, and hands to press their buttons with. */
async function openSettings(bridge: Bridge, title = words.fa.title) {
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
      const found = await bridge.telegram.waitFor(() => labelOf(label), 8000, `the button ${label}`);
      const press = bridge.group.press(by, message(), found);
      await bridge.telegram.waitFor(() => press.answer, 8000, "an answer to the press");
      return press.answer;
    },
    shows: (text: string | RegExp) =>
      bridge.telegram.waitFor(() => message().text.search(text) >= 0, 8000, `${text} in the settings`),
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

import { expect, test } from "vitest";
import { withoutDirection } from "../../src/telegram/texts/direction.ts";
import { openConversation, openTopic, withDesk } from "./open-topic.ts";
import { startBridge } from "./start-bridge.ts";

const words = {
  fa: { name: "نام", given: "نام این مشتری شد", none: "نامی ندارد", nobody: "پیدا نکردم", unsure: "معلوم نیست" },
  en: { name: "Name", given: "They are called", none: "no name now", nobody: "nobody", unsure: "cannot tell whom" },
} as const;
const wait = 20_000;

test.each(["fa", "en"] as const)(
  "a name stands on the card and in the topic's name, and goes again (%s)",
  async (language) => {
    const { bridge, topic } = await openTopic(withDesk({ language }));
    const say = words[language];
    await topic.operatorSays("/name  سارا\u202e احمدی").message;
    await topic.shows(say.given);
    const nameOf = () => bridge.group.topics().find(({ id }) => id === topic.id)?.name ?? "";
    await bridge.telegram.waitFor(() => nameOf().startsWith("سارا احمدی · "), wait, "the topic's name");
    const card = await topic.shows("👤");
    await bridge.telegram.waitFor(() => bridge.group.message(card.id)?.text.includes("سارا احمدی"), wait, "the card");
    const press = bridge.group.press(bridge.operators[1] ?? expect.unreachable(), card, say.name);
    const answered = await bridge.telegram.waitFor(() => press.answer, wait, "an answer");
    expect(answered).toMatchObject({ showAlert: true, text: expect.stringContaining("/name") });
    topic.operatorSays("/name -");
    await topic.shows(say.none);
    await bridge.telegram.waitFor(() => !nameOf().includes("سارا"), wait, "the topic's name");
  },
);

test.each(["fa", "en"] as const)("/find and /who lead to the topic, however it is spelled (%s)", async (language) => {
  const { bridge, topic } = await openTopic(withDesk({ language }));
  topic.operatorSays("/name کیانی علی‌رضا");
  await topic.shows(words[language].given);
  const general = bridge.desk.topicView(undefined);
  const link = `https://t.me/c/${String(bridge.group.id).replace("-100", "")}/${topic.id}`;
  for (const asked of [
    "/find كياني",
    "/find علی رضا",
    "/find ۰۹۱۲ ۰۰۰",
    "/find +98912",
    "/who کیانی علیرضا",
    "/who 0912 000 0000",
  ]) {
    const said = general.operatorSays(asked);
    const answer = await bridge.telegram.waitFor(() => said.marks()[0], wait, asked);
    expect(answer.entities, asked).toContainEqual(expect.objectContaining({ type: "text_link", url: link }));
    expect(answer.text, asked).toContain("کیانی علی‌رضا");
  }
  const nobody = general.operatorSays("/find حسن");
  const answer = await bridge.telegram.waitFor(() => nobody.marks()[0], wait, "nobody");
  expect(answer.text).toContain(words[language].nobody);
});

test.each(["fa", "en"] as const)("/who says nothing of the place where it is asked (%s)", async (language) => {
  const { bridge, topic } = await openTopic(withDesk({ language }));
  const { topic: other } = await openConversation(bridge, "09120000001");
  const hint = { fa: "هر چه این‌جا بنویسید", en: "Whatever you write here" }[language];
  expect((await topic.shows("👤")).text).toContain(hint);
  for (const place of [other, bridge.desk.topicView(undefined)]) {
    const asked = place.operatorSays("/who 09120000000");
    const answer = await bridge.telegram.waitFor(() => asked.marks()[0], wait, "a card");
    expect(answer.text).toContain("0912 000 0000");
    expect(answer.text).not.toContain(hint);
  }
});

test("/send to a number opens the topic once it was sent, and the answer comes there", async () => {
  const bridge = await startBridge();
  const customer = bridge.phone("09120000000");
  const sent = bridge.desk.topicView(undefined).operatorSays("/send 0912 000 0000 سفارش شما آماده است");
  await sent.isMarked("⏳");
  sent.press("حالا بفرست");
  await sent.isMarked("✓✓");
  const topic = await bridge.desk.topicOf("09120000000");
  const echo = await topic.shows("سفارش شما آماده است");
  expect(echo.text).toContain("سارا");
  await customer.sends("ممنون");
  await topic.shows("ممنون");
  topic.operatorSays("/send 09120000000 خواهش می‌کنم");
  await bridge.telegram.waitFor(() => customer.received().length === 2, wait, "the second SMS");
  await topic.operatorSays("باز هم بیایید").isMarked("✓✓");
  expect(customer.received()).toEqual(["سفارش شما آماده است", "خواهش می‌کنم", "باز هم بیایید"]);
  expect(topic.messages().filter(({ text }) => text.startsWith("👤"))).toHaveLength(1);
  expect(topic.messages().filter(({ text }) => text.startsWith("↗️"))).toHaveLength(1);
  expect(bridge.group.topics()).toHaveLength(1);
});

test.each(["fa", "en"] as const)(
  "/send to a name reaches the one it fits, and nobody where it fits several (%s)",
  async (language) => {
    const bridge = await startBridge(withDesk({ language }));
    const one = await openConversation(bridge, "09120000001");
    const other = await openConversation(bridge, "09120000002");
    one.topic.operatorSays("/name رضا احمدی");
    other.topic.operatorSays("/name رضا کاظمی");
    await one.topic.shows(words[language].given);
    await other.topic.shows(words[language].given);
    const general = bridge.desk.topicView(undefined);
    const several = general.operatorSays("/send رضا فردا بیایید");
    const told = await bridge.telegram.waitFor(() => several.marks()[0], wait, "an answer");
    expect(told.text).toContain(words[language].unsure);
    expect(told.text).toContain("رضا احمدی");
    expect(told.text).toContain("رضا کاظمی");
    await general.operatorSays("/send رضا کاظمی فردا بیایید").isMarked("✓✓");
    await general.operatorSays("/send «احمدی» امروز بیایید").isMarked("✓✓");
    const none = general.operatorSays("/send مینا فردا بیایید");
    await bridge.telegram.waitFor(() => none.marks()[0]?.text.includes("مینا"), wait, "an answer");
    expect(one.customer.received()).toEqual(["امروز بیایید"]);
    expect(other.customer.received()).toEqual(["فردا بیایید"]);
  },
);

const contactWords = {
  fa: { named: "۲ مشتری حالا نام دارد", renamed: "نام ۱ مشتری عوض شد", line: "خط ۳" },
  en: { named: "2 customers have names now", renamed: "1 name changed", line: "Line 3" },
} as const;

test.each(["fa", "en"] as const)(
  "a table of names in General names customers, old and new, and tells bad lines (%s)",
  async (language) => {
    const { bridge, topic } = await openTopic(withDesk({ language }));
    const say = contactWords[language];
    const content = "number,name\n9120000000,سارا احمدی\nنه,رضا\n09120000009,مینا\n";
    const said = bridge.desk.topicView(undefined).operatorSays("", { file: { name: "names.csv", content } });
    const answer = await bridge.telegram.waitFor(() => said.marks()[0], wait, "an answer");
    expect(answer.text).toContain(say.named);
    expect(answer.text).toContain(say.line);
    const nameOf = () => bridge.group.topics().find(({ id }) => id === topic.id)?.name ?? "";
    await bridge.telegram.waitFor(() => nameOf().startsWith("سارا احمدی"), wait, "the topic's name");
    const card = "BEGIN:VCARD\nVERSION:3.0\nFN:مینا کیانی\nTEL:+98 912 000 0009\nEND:VCARD";
    const again = bridge.desk.topicView(undefined).operatorSays(card);
    const second = await bridge.telegram.waitFor(() => again.marks()[0], wait, "an answer");
    expect(second.text).toContain(say.renamed);
    // Whoever never wrote has a name too, and gets it as soon as there is a topic.
    await bridge.phone("09120000009").sends("سلام");
    const other = await bridge.desk.topicOf("09120000009");
    await bridge.telegram.waitFor(
      () =>
        bridge.group
          .topics()
          .find(({ id }) => id === other.id)
          ?.name.startsWith("مینا کیانی"),
      wait,
      "the other topic's name",
    );
    expect(bridge.group.topics()).toHaveLength(2);
  },
);

test("who gave a name stands in the log, by /name, a table or a vCard, and the same name again is no deed", async () => {
  const { bridge, topic } = await openTopic();
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) return expect.unreachable();
  const general = bridge.desk.topicView(undefined);
  const answered = (said: ReturnType<typeof topic.operatorSays>) =>
    bridge.telegram.waitFor(() => said.marks()[0], wait, "an answer");
  await answered(topic.operatorSays("/name سارا", { by: reza }));
  await answered(topic.operatorSays("/name سارا", { by: sara }));
  const content = "09120000000,سارا احمدی\n09120000009,مینا\n";
  await answered(general.operatorSays("", { by: sara, file: { name: "names.csv", content } }));
  await answered(
    general.operatorSays("BEGIN:VCARD\nVERSION:3.0\nFN:مینا\nTEL:+98 912 000 0009\nEND:VCARD", { by: reza }),
  );
  const log = await answered(topic.operatorSays("/log"));
  expect(log.text.split("\n").slice(1)).toEqual([
    expect.stringContaining("رضا نام را عوض کرد"),
    expect.stringContaining("سارا نام را عوض کرد"),
  ]);
  const all = await answered(general.operatorSays("/log"));
  expect(all.text.split("\n").slice(1)).toHaveLength(3);
});

test("a shared contact names a customer; in a customer's topic it is what no SMS can carry", async () => {
  const { bridge, topic } = await openTopic();
  const contact = { phone_number: "989120000000", first_name: "سارا" };
  const inTopic = topic.operatorSays("", { contact });
  await bridge.telegram.waitFor(() => inTopic.marks()[0], wait, "a refusal");
  const nameOf = () => bridge.group.topics().find(({ id }) => id === topic.id)?.name ?? "";
  expect(nameOf()).not.toContain("سارا");
  bridge.desk.topicView(undefined).operatorSays("", { contact });
  await bridge.telegram.waitFor(() => nameOf().startsWith("سارا"), wait, "the topic's name");
});

test("whoever renames a customer's topic has named them; the number comes back behind it, and a number alone takes the name away", async () => {
  const { bridge, topic } = await openTopic();
  const [, reza] = bridge.operators;
  const id = topic.id;
  if (!reza || id === undefined) return expect.unreachable();
  const nameOf = () => withoutDirection(bridge.group.topics().find((one) => one.id === id)?.name ?? "");
  const number = nameOf();
  const becomes = (name: string) => bridge.telegram.waitFor(() => nameOf() === name, wait, `a topic called ${name}`);
  bridge.group.renameTopic(reza, id, "سارا · احمدی");
  await becomes(`سارا · احمدی · ${number}`);
  // The same name, without the number: no deed, but the number comes back.
  bridge.group.renameTopic(reza, id, "سارا · احمدی");
  await becomes(`سارا · احمدی · ${number}`);
  bridge.group.renameTopic(reza, id, "مینا ۲ - 0912 000 0000");
  await becomes(`مینا ۲ · ${number}`);
  topic.operatorSays("/log");
  expect((await topic.shows("رضا نام را عوض کرد")).text.match(/رضا نام را عوض کرد/g)).toHaveLength(2);
  bridge.group.renameTopic(reza, id, "سارا09120000000");
  await becomes(`سارا09120000000 · ${number}`);
  bridge.group.renameTopic(reza, id, "+98 912 000 0000");
  await becomes(number);
  bridge.group.renameTopic(reza, id, "بی‌نام", { asAnonymousAdmin: true });
  await becomes(`بی‌نام · ${number}`);
});

import { expect, test } from "vitest";
import { spelledPlainly, visit } from "./person.ts";

test.each(["fa", "en"] as const)(
  "the wire in %s tells each call of the panel and of the Bot API in a line",
  async (language) => {
    const person = await visit({ language });
    await person.wire.getByText(/^getMe/).waitFor();
    await person.writesSms("سلام، قیمت؟");
    await person.message("سلام، قیمت؟").waitFor();
    await person.answers("۸۵۰ هزار تومان");
    await person.seesMarks("۸۵۰ هزار تومان", "✓", "✓✓");
    const lines = (await person.wire.getByRole("listitem").allInnerTexts()).map(spelledPlainly);
    const telegram = person.word("side-telegram");
    const asanak = person.word("side-asanak");
    for (const line of [
      `${asanak} → push Source=09121234567 MsgBody=سلام، قیمت؟ → 200`,
      `${telegram} createForumTopic “0912 123 4567” → ok, topic`,
      `${telegram} sendMessage topic`,
      `${asanak} POST sendsms source=982164063188 destination=09121234567 message=۸۵۰ هزار تومان`,
      `${asanak} POST msgstatus`,
      `${telegram} editMessageText message`,
    ]) {
      expect(
        lines.filter((one) => one.includes(line)),
        line,
      ).not.toEqual([]);
    }
    // The time first, the newest on top.
    const times = lines.map((line) => /^\d\d:\d\d:\d\d/.exec(line)?.[0]);
    expect(times).toEqual(times.toSorted().toReversed());
    // No line holds what logs in.
    expect(lines.join("\n")).not.toMatch(/password|token|apikey/i);
  },
);

test("a page that is loaded again shows what was there", async () => {
  const person = await visit({ language: "fa" });
  await person.writesSms("سلام");
  await person.message("سلام").waitFor();
  await person.answers("در خدمتم", "مینا");
  await person.seesMarks("در خدمتم", "✓", "✓✓");
  await person.chooses("side-asanak", "panel-slow");
  const read = async () => [await person.handset.innerText(), await person.topic.innerText()];
  const before = await read();
  await person.page.reload();
  await person.message("در خدمتم").getByText(/^✓✓/).waitFor();
  expect(await read()).toEqual(before);
  const panel = person.page.getByRole("combobox", { name: person.word("side-asanak"), exact: true });
  expect(await panel.inputValue()).toBe("slow");
});

test("the language is switched in the middle of a conversation, which goes on", async () => {
  const person = await visit({ language: "fa" });
  const { page } = person;
  await person.writesSms("سلام");
  await person.message("سلام").waitFor();
  await person.answers("در خدمتم");
  await page.getByRole("link", { name: "English" }).click();
  await page.getByRole("heading", { name: "Telegram group" }).waitFor();
  expect(await page.locator("html").getAttribute("dir")).toBe("ltr");
  const topic = page.getByRole("region", { name: "Telegram group" }).getByRole("log");
  await topic.getByText(/^✓✓/).waitFor();
  await person.smsFrom("09121234567", "یک چیز دیگر");
  await topic.getByText("یک چیز دیگر").waitFor();
  await page.getByRole("link", { name: "فارسی" }).click();
  await person.message("یک چیز دیگر").waitFor();
  expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
});

test("the bot learns another language in the middle of a conversation, which goes on", async () => {
  const person = await visit({ language: "en" });
  await person.writesSms("Hello");
  await person.message("Hello").waitFor();
  await person.answers("Good morning");
  await person.message("Good morning").getByText("✓✓ رسید").waitFor();
  const speech = person.page.getByRole("group", { name: person.word("bot-language") });
  const ready = person.wire.getByText(/chapar run .*→ ready/);
  const before = await ready.count();
  await speech.getByRole("radio", { name: "English" }).click();
  await expect.poll(() => ready.count()).toBe(before + 1);
  await person.answers("How can I help?");
  await person.message("How can I help?").getByText("✓✓ Delivered").waitFor();
});

test("the topic that opens is that of the SMS one wrote, though others come first", async () => {
  const person = await visit({ language: "fa" });
  await person.writesSms("سلام");
  await person.message("سلام").waitFor();
  await person.opensTopic(person.word("general"));
  await person.chooses("telegram-trouble", "telegram-away");
  for (const number of ["09350000000", "09360000000"]) await person.smsFrom(number, `من ${number} هستم`);
  await person.writesSms("هنوز هستید؟");
  await person.chooses("telegram-trouble", "telegram-free");
  await person.message("هنوز هستید؟").waitFor();
});

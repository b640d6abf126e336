import { describe, expect, test } from "vitest";
import { crossed } from "./open-page.ts";
import { customer, timesIn, type Visit, visit } from "./person.ts";

const question = "سلام، کفش سایز ۴۲ هم دارید؟";
const answer = "سلام، بله. امروز برایتان می‌فرستیم.";

describe.each(crossed)("in $language at $width pixels", (options) => {
  test("a handset that is off: ✓ stays until it is on again", async () => {
    const person = await asked();
    await person.switches("off");
    await person.answers(answer);
    await person.seesMarks(answer, "✓");
    // The panel was asked more than once what became of it.
    await person.wire.getByText(/×[2-9]/).waitFor();
    await person.seesMarks(answer, "✓");
    expect(await person.sms(answer).count()).toBe(0);
    await person.switches("on");
    await person.seesMarks(answer, "✓", "✓✓");
    await hasItOnce(person);
  });

  test("a slow panel: ⏳ while it thinks", async () => {
    const person = await asked();
    await person.chooses("side-asanak", "panel-slow");
    await person.answers(answer);
    await person.seesMarks(answer, "⏳", "✓", "✓✓");
    await hasItOnce(person);
  });

  test("a panel without credit: ✗ with the reason, General hears of it, and it goes once there is credit", async () => {
    const person = await asked();
    await person.chooses("side-asanak", "panel-credit");
    await person.answers(answer);
    await person.message(answer).getByText("اعتبار پنل تمام شده است").waitFor();
    await person.opensTopic(person.word("general"));
    await person.message("اعتبار پنل تمام شده است").waitFor();
    await person.opensTopic(/0912/);
    expect(await person.sms(answer).count()).toBe(0);
    await person.chooses("side-asanak", "panel-none");
    await person.message(answer).getByRole("button", { name: "دوباره تلاش کن" }).click();
    await person.seesMarks(answer, "✗", "✓", "✓✓");
    await hasItOnce(person);
  });

  test("a panel that takes it and never answers: ⚠ asks, and nothing goes twice", async () => {
    const person = await asked();
    await person.chooses("side-asanak", "panel-silent");
    await person.answers(answer, "رضا");
    await person.sms(answer).waitFor();
    await person.wire.getByText(person.word("wire-unanswered")).waitFor();
    await person.seesMarks(answer, "⏳", "⚠");
    const buttons = person.message(answer).getByRole("button", { name: /فرست/ });
    expect(await buttons.allTextContents()).toEqual(["دوباره بفرست", "فرستاده شده بود"]);
    await person.message(answer).getByRole("button", { name: "فرستاده شده بود" }).click();
    await person.message(answer).getByText("رضا گفت که فرستاده شده است").waitFor();
    await person.seesMarks(answer, "⏳", "⚠", "✓");
    expect(await buttons.count()).toBe(0);
    await hasItOnce(person);
  });

  test("Telegram is away: the bridge takes the SMS, and it comes once", async () => {
    const person = await asked();
    await person.chooses("telegram-trouble", "telegram-away");
    const late = "راستی رنگ مشکی‌اش هم هست؟";
    await person.writesSms(late);
    await person.wire.getByText(/push .*مشکی.* → 200/).waitFor();
    expect(await person.message(late).count()).toBe(0);
    await person.chooses("telegram-trouble", "telegram-free");
    await person.message(late).waitFor();
    await person.answers(answer);
    await person.seesMarks(answer, "✓", "✓✓");
    expect(timesIn(await person.topic.innerText(), late)).toBe(1);
    await hasItOnce(person);
  });

  test("20 SMS at once: they come joined, and each of them once", async () => {
    const person = await asked();
    await person.page.getByRole("button", { name: person.word("burst") }).click();
    const numbers = Array.from({ length: 20 }, (_, index) => (index + 1).toLocaleString("fa-IR"));
    for (const number of numbers)
      await person
        .message(new RegExp(`(?<![۰-۹])${number}\\. `))
        .first()
        .waitFor();
    const shown = await person.topic.innerText();
    const times = numbers.map((number) => shown.split(new RegExp(`(?<![۰-۹])${number}\\. `)).length - 1);
    expect(times).toEqual(numbers.map(() => 1));
    // The topic, its card and the question have had three of the twenty messages of this minute; how many more go together
    // depends on how fast the SMS come in.
    expect(await person.message(". ").count()).toBeLessThan(numbers.length);
  });

  async function asked(): Promise<Visit> {
    const person = await visit(options);
    await person.writesSms(question);
    await person.message(question).waitFor();
    return person;
  }
});

test("20 messages a minute: what a flood has too much waits, and every text comes once", async () => {
  const person = await visit({ language: "fa" });
  const texts = Array.from({ length: 40 }, (_, index) => `سفارش ${index + 10} کی می‌رسد؟`);
  for (const text of texts) await person.writesSms(text);
  await person.message(texts.at(-1) ?? "").waitFor({ timeout: 150_000 });
  const shown = await person.topic.innerText();
  expect(texts.map((text) => [text, timesIn(shown, text)])).toEqual(texts.map((text) => [text, 1]));
  expect(await person.message("سفارش").count()).toBeLessThan(texts.length);
});

async function hasItOnce(person: Visit): Promise<void> {
  await person.sms(answer).first().waitFor();
  expect(timesIn(await person.handset.innerText(), answer), customer).toBe(1);
}

import { expect, test } from "vitest";
import { findOverflow } from "./layout.ts";
import { crossed, straight } from "./open-page.ts";
import { customer, spelledPlainly, visit } from "./person.ts";

const names = { fa: "سارا احمدی", en: "Sara Ahmadi" } as const;
const people = { fa: ["سارا", "رضا"], en: ["Sara", "Reza"] } as const;
const buttons = {
  fa: {
    claim: "من جواب می‌دهم",
    release: "رها کن",
    close: "ببند",
    reopen: "باز کن",
    anyway: "حالا بفرست",
    drop: "نفرست",
  },
  en: { claim: "I'll take it", release: "Release", close: "Close", reopen: "Reopen", anyway: "Send now", drop: "Drop" },
} as const;

test.each(crossed)(
  "in $language a contact is shared, found by name, and the link leads to the topic",
  async (options) => {
    const { language } = options;
    const person = await visit({ ...options, bot: language });
    const { page, word } = person;
    const topics = page.getByRole("navigation", { name: word("topics") });
    await person.writesSms("سلام");
    await person.message("سلام").waitFor();

    await person.opensTopic(word("general"));
    await page.getByLabel(word("contact"), { exact: true }).click();
    await page.getByLabel(word("contact-name"), { exact: true }).fill(names[language]);
    await page.getByLabel(word("contact-number"), { exact: true }).fill("+989121234567");
    expect(await findOverflow(page)).toEqual([]);
    await page.getByRole("button", { name: word("share-contact"), exact: true }).click();
    await person.message("+989121234567").getByText("✓").waitFor();
    await topics.getByRole("button", { name: names[language] }).waitFor();

    await person.answers(`/find ${names[language]}`);
    await person.message("/find").getByRole("link").click();
    await person.message("سلام").waitFor();
  },
);

test.each(straight)(
  "in $language what is done with a card is seen at once, and its topic's sign tells it",
  async (options) => {
    const { language } = options;
    const person = await visit({ ...options, bot: language });
    const { page, word } = person;
    const { claim, release, close, reopen } = buttons[language];
    const press = (name: string) => person.topic.getByRole("button", { name, exact: true }).click();
    const sign = (icon: string) =>
      page
        .getByRole("navigation", { name: word("topics") })
        .getByText(icon)
        .waitFor();
    await person.writesSms("سلام");
    await person.message(word("pinned")).waitFor();
    await press(claim);
    await sign("👀");
    expect(await findOverflow(page)).toEqual([]);
    await press(release);
    await sign("❗");
    await press(close);
    await sign("✅");
    await press(reopen);
    await person.topic.getByRole("button", { name: close, exact: true }).waitFor();
  },
);

test.each(crossed)("in $language a second operator's answer is held, and dropped", async (options) => {
  const { language } = options;
  const person = await visit({ ...options, bot: language });
  await person.writesSms("سلام");
  await person.message("سلام").waitFor();
  const [sara, reza] = people[language];
  await person.answers("در خدمتم", sara);
  await person.seesMarks("در خدمتم", "✓", "✓✓");
  await person.answers("بفرمایید", reza);
  const held = person.message("بفرمایید");
  await held.getByRole("button", { name: buttons[language].anyway, exact: true }).waitFor();
  await held.getByRole("button", { name: buttons[language].drop, exact: true }).click();
  await held.getByText("⊘").waitFor();
  expect(await person.handset.innerText()).not.toContain("بفرمایید");
});

test.each(crossed)("in $language whoever starts the bot has a chat of their own with it", async (options) => {
  const person = await visit({ ...options, bot: options.language });
  const { page, word } = person;
  const [sara, reza] = people[options.language];
  const talk = word("private-talk").replace("{name}", `\u2068${sara}\u2069`);
  await person.opensTopic(talk);
  await page.getByRole("button", { name: word("start-bot"), exact: true }).click();
  await person.message("support").waitFor();
  await page.getByRole("radio", { name: reza }).check();
  await page.getByRole("button", { name: word("start-bot"), exact: true }).waitFor();
});

test("a text of several lines is written, and what is for later waits", async () => {
  const person = await visit({ language: "fa" });
  const { page, word } = person;
  await person.writesSms("سلام");
  await person.message("سلام").waitFor();
  await page.getByRole("textbox", { name: word("answer-label") }).focus();
  await page.keyboard.type("/later +1m");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("۲ جفت آماده است");
  await page.keyboard.press("Enter");
  await person.message("/later").getByText("⏳").waitFor();
  await person.message("/later").getByText("✓✓").waitFor({ timeout: 180_000 });
  await person.sms("۲ جفت آماده است").waitFor();
});

test.each(straight)("in $language a closed desk answers by itself, and a quiet line holds", async (options) => {
  const { language } = options;
  const person = await visit({ ...options, bot: language });
  const { page, word } = person;
  const keeps = async (hours: string) => {
    await page.getByRole("radio", { name: word(hours), exact: true }).check();
    await page.getByText(word("bridge-starting")).waitFor();
    await page.getByText(word("bridge-running")).waitFor();
  };
  await keeps("hours-closed");
  await person.writesSms("باز هستید؟");
  await person.sms(language === "fa" ? "الان بسته‌ایم" : "We are closed now").waitFor();
  await keeps("hours-quiet");
  await person.answers("فردا بیایید");
  await person.message("فردا بیایید").getByText("⏳").waitFor();
  await person.message("فردا بیایید").getByRole("button", { name: buttons[language].anyway, exact: true }).click();
  await person.sms("فردا بیایید").waitFor();
});

test("a customer opts out from the phone, is blocked, and comes back", async () => {
  const person = await visit({ language: "fa" });
  await person.writesSms("سلام");
  await person.message("سلام").waitFor();
  await person.writesSms("لغو۱۱");
  await person.topic.getByText("🔕").first().waitFor();
  await person.sms("لغو شد").waitFor();
  await person.topic.getByRole("button", { name: "مسدود کن", exact: true }).click();
  await person.topic.getByRole("button", { name: "رفع مسدودی", exact: true }).waitFor();
  await person.writesSms("هستید؟");
  await person.sms("هستید؟").waitFor();
  await person.topic.getByRole("button", { name: "رفع مسدودی", exact: true }).click();
  await person.writesSms("شروع");
  await person.topic.getByText("🔔").first().waitFor();
  expect(spelledPlainly(await person.topic.innerText())).not.toContain("هستید؟");
});

test.each(crossed)("in $language a vCard gives a name, and what was said is had as a file", async (options) => {
  const person = await visit({ ...options, bot: options.language });
  const { page, word } = person;
  const card = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${names.fa}\r\nTEL:${customer}\r\nEND:VCARD\r\n`;
  await person.writesSms("سلام");
  await person.message("سلام").waitFor();
  await person.opensTopic(word("general"));
  const file = { name: "sara.vcf", mimeType: "text/vcard", buffer: Buffer.from(card) };
  await page.getByLabel(word("attach"), { exact: true }).last().setInputFiles(file);
  await page.getByRole("button", { name: word("send-answer"), exact: true }).click();
  await person.opensTopic(names.fa);
  await person.answers("/export");
  const link = person.topic.getByRole("link", { name: /\.csv$/ });
  const href = (await link.first().getAttribute("href")) ?? "";
  expect(await (await page.request.get(new URL(href, page.url()).href)).text()).toContain("سلام");
});

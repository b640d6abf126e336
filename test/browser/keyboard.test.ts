import { expect, test } from "vitest";
import { readFocus, tabTo } from "./focus.ts";
import { customer, visit } from "./person.ts";

test.each(["fa", "en"] as const)(
  "a conversation in %s with the keyboard alone, and the focus stays",
  async (language) => {
    const person = await visit({ language });
    const { page, word } = person;
    const { keyboard } = page;
    const focus = async () => (await readFocus(page)).name;

    await keyboard.press("Tab");
    expect(await readFocus(page)).toEqual({ name: word("skip"), isVisible: true });
    await tabTo(page, word("sms-label"));
    await keyboard.type("سلام، باز هستید؟");
    await tabTo(page, word("send-sms"));
    await keyboard.press("Enter");
    await person.message("سلام، باز هستید؟").waitFor();

    await page.reload();
    await person.message("سلام، باز هستید؟").waitFor();
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    expect(page.url()).toMatch(/#group$/);
    await tabTo(page, "سارا");
    await keyboard.press(language === "fa" ? "ArrowLeft" : "ArrowRight");
    expect(await focus()).toBe("رضا");
    await tabTo(page, word("answer-label"));
    await keyboard.type("بله، تا ۹ شب.");
    await keyboard.press("Enter");
    await person.message("بله، تا ۹ شب.").getByText("رضا", { exact: true }).waitFor();
    await person.seesMarks("بله، تا ۹ شب.", "✓", "✓✓");
    await person.sms("بله، تا ۹ شب.").waitFor();
    expect(await focus()).toBe(word("answer-label"));

    // Another customer comes while an answer is being written: it stays, and so does the topic it is meant for.
    await keyboard.type("نوبت بگذ");
    await person.smsFrom("09350000000", "من هم هستم");
    await page.getByRole("button", { name: /0935/ }).first().waitFor();
    await keyboard.type("ارم؟");
    expect(await page.getByRole("textbox", { name: word("answer-label") }).inputValue()).toBe("نوبت بگذارم؟");
    await keyboard.press("Enter");
    await person.sms("نوبت بگذارم؟").waitFor();
  },
);

test("a button keeps the focus while what it belongs to is drawn anew", async () => {
  const person = await visit({ language: "fa" });
  const { page, word } = person;
  await person.writesSms("سلام");
  await person.message("سلام").waitFor();
  await person.chooses("side-asanak", "panel-credit");
  await person.answers("در خدمتم");
  const again = person.message("در خدمتم").getByRole("button", { name: "دوباره تلاش کن" });
  await again.focus();
  await page.keyboard.press("Enter");
  // Refused again: the mark is written anew, with the same button.
  await person.wire
    .getByText(/sendsms/)
    .nth(1)
    .waitFor();
  await expect.poll(async () => (await readFocus(page)).name).toBe("دوباره تلاش کن");

  const topics = page.getByRole("navigation", { name: word("topics") });
  await topics.getByRole("button", { name: word("general") }).focus();
  await page.keyboard.press("Enter");
  await topics.getByRole("button", { name: /0912/ }).focus();
  await person.smsFrom(customer, "الو؟");
  await topics.getByTitle(word("new-messages")).waitFor();
  expect((await readFocus(page)).name).toContain("0912");
});

import { expect, test } from "vitest";
import { findOverflow, findTornNumbers } from "./layout.ts";
import { openPage } from "./open-page.ts";
import { personAt, visit } from "./person.ts";
import { startSandbox } from "./start-sandbox.ts";

const longWord = `${"خیلی".repeat(40)} ${"https://example.com/".repeat(12)}`;
const longText = "این یک پیامک بلند است که در چند خط جا می‌شود و باید در حباب خودش بماند. ".repeat(6);
const emoji = "👨‍👩‍👧‍👦🎉🙏".repeat(12);

const languages = [
  ["fa", "rtl"],
  ["en", "ltr"],
] as const;

test.each(languages)(
  "an empty sandbox in %s stands %s, fits every width, and its first phone is added by hand",
  async (language, direction) => {
    const { url } = await startSandbox();
    const { page, ...opened } = personAt(await openPage(url, { language }));
    expect(await page.locator("html").getAttribute("dir")).toBe(direction);
    for (const width of [1280, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await findOverflow(page), `at ${width}`).toEqual([]);
    }
    await page.getByRole("button", { name: opened.word("add-handset") }).click();
    await opened.writesSms("سلام");
    await opened.message("سلام").waitFor();
  },
);

test.each(languages)(
  "long texts, long words and emoji in %s stay in their bubbles, and numbers and times whole",
  async (language) => {
    const person = await visit({ language, panel: "all" });
    for (const text of [longWord, longText, emoji, "شماره‌ام 09120000001 است، ساعت 10:30 تا 12:45 زنگ بزنید."]) {
      await person.writesSms(text);
      await person.message(text.trim()).waitFor();
    }
    await person.answers(`${longText} 02164063188`);
    await person.answers("Order 4418 at 17:30, به شماره‌ی ۰۹۱۲۱۲۳۴۵۶۷ زنگ می‌زنیم.", "رضا");
    await person.seesMarks("Order 4418", "✓", "✓✓");
    for (const width of [1280, 768, 390, 320]) {
      await person.page.setViewportSize({ width, height: 844 });
      expect(await findOverflow(person.page), `at ${width}`).toEqual([]);
      const { whole, torn } = await findTornNumbers(person.page);
      expect(torn, `at ${width}`).toEqual([]);
      expect(whole.length).toBeGreaterThan(20);
    }
  },
);

test("without ?lang the page speaks the browser's language", async () => {
  const { url } = await startSandbox();
  const { page, words } = await openPage(url, { language: "fa", context: { locale: "fa-IR" } });
  await page.goto(url);
  await page.getByRole("heading", { level: 1, name: words.title ?? "" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("fa");
});

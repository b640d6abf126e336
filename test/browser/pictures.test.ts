import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Visit, visit } from "./person.ts";

const desktop = { width: 1280, height: 1200 };
const phone = { width: 390, height: 844 };
const mostBytes = 250_000;

test.each([
  { name: "sandbox-fa", language: "fa", colorScheme: "light", ...desktop },
  { name: "sandbox-en", language: "en", colorScheme: "light", ...desktop },
  { name: "sandbox-dark", language: "fa", colorScheme: "dark", ...desktop },
  { name: "sandbox-phone", language: "fa", colorScheme: "light", ...phone },
] as const)("the picture $name can be taken, and is small enough for a README", async (picture) => {
  const { language, width, height, colorScheme, name } = picture;
  const isPhone = width < 600;
  const device = isPhone ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : { deviceScaleFactor: 1.25 };
  const context = { colorScheme, reducedMotion: "reduce", ...device } as const;
  const person = await visit({ language, width, height, context });
  await talk(person);
  const { page } = person;
  const group = page.getByRole("region", { name: person.word("group"), exact: true });
  if (isPhone) {
    await page.getByRole("link", { name: person.word("group-link"), exact: true }).click();
    await person.message("کنار گذاشتم").evaluate((bubble) => {
      const talk = bubble.parentElement;
      if (talk) talk.scrollTop += bubble.getBoundingClientRect().top - talk.getBoundingClientRect().top - 12;
    });
  }
  const path = join(await folder(), `${name}.png`);
  const { y = 0, height: tall = 0 } = (await group.boundingBox()) ?? {};
  // A desktop down to the end of the group; what follows is told in words.
  const clip = { x: 0, y: 0, width, height: isPhone ? height : y + tall + 24 };
  await page.screenshot({ path, clip, animations: "disabled", caret: "hide" });
  expect((await stat(path)).size).toBeLessThan(mostBytes);
});

/** A morning in a shop, with an answer that arrived, one on its way, and one that nobody can be sure of. */
async function talk(person: Visit): Promise<void> {
  await person.smsFrom("09351112233", "سلام، آدرس شعبه‌ی انقلاب را لطف می‌کنید؟");
  await person.smsFrom("09123456789", "بسته‌ام رسید، خیلی ممنون 🙏");
  await person.writesSms("سلام، وقتتون بخیر. کفش کوهنوردی سایز ۴۲ موجوده؟");
  await person.message("سایز ۴۲").waitFor();
  await person.answers("سلام، بله. مشکی و خاکستری‌اش را داریم.", "سارا");
  await person.seesMarks("خاکستری‌اش", "✓", "✓✓");
  await person.writesSms("عالی. خاکستری رو برام کنار بذارید، ساعت ۵ میام.");
  await person.message("ساعت ۵").waitFor();
  await person.chooses("side-asanak", "panel-silent");
  await person.answers("حتماً، به اسم خودتان کنار گذاشتم.", "رضا");
  await person.seesMarks("کنار گذاشتم", "⏳", "⚠");
  await person.chooses("side-asanak", "panel-none");
  await person.switches("off");
  await person.answers("پارکینگ هم داریم، از کوچه‌ی پشتی بیایید.", "مینا");
  await person.seesMarks("پارکینگ", "✓");
  // The handset has it, and the second tick has not come yet.
  await person.chooses("telegram-trouble", "telegram-away");
  await person.switches("on");
  await person.sms("پارکینگ").waitFor();
  await person.page.evaluate(() => scrollTo(0, 0));
}

/** Where pictures go: into the repository with CHAPAR_PICTURES, otherwise nowhere that stays. */
async function folder(): Promise<string> {
  const kept = process.env.CHAPAR_PICTURES;
  if (kept) return resolve(import.meta.dirname, "../..", kept);
  const passing = await mkdtemp(join(tmpdir(), "chapar-pictures-"));
  onTestFinished(() => rm(passing, { recursive: true, force: true }));
  return passing;
}

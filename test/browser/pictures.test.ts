import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Visit, visit } from "./person.ts";
import { mostBytes, pictureFolder } from "./picture-folder.ts";

const desktop = { width: 1280, height: 1200 };
const phone = { width: 390, height: 844 };

/** A morning in a shop. */
const scripts = {
  fa: {
    others: ["سلام، آدرس شعبه‌ی انقلاب را لطف می‌کنید؟", "بسته‌ام رسید، خیلی ممنون 🙏"],
    asks: "سلام، وقتتون بخیر. کفش کوهنوردی سایز ۴۲ موجوده؟",
    arrived: "سلام، بله. مشکی و خاکستری‌اش را داریم.",
    agrees: "عالی. خاکستری رو برام کنار بذارید، ساعت ۵ میام.",
    doubtful: "حتماً، به اسم خودتان کنار گذاشتم.",
    sent: "پارکینگ هم داریم، از کوچه‌ی پشتی بیایید.",
    people: ["سارا", "رضا", "مینا"],
  },
  en: {
    others: ["Hi, where is your shop on Enghelab Street?", "My parcel is here, thanks a lot 🙏"],
    asks: "Good morning! Do you have the hiking boots in size 42?",
    arrived: "Hello! Yes, in black and in grey.",
    agrees: "Great, please keep the grey ones for me. I’ll come at 5.",
    doubtful: "They are here under your name.",
    sent: "You can park in the lane behind the shop.",
    people: ["Sara", "Reza", "Mina"],
  },
} as const;

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
  const person = await visit({ language, bot: language, width, height, context });
  const script = scripts[language];
  await talk(person, script);
  const { page } = person;
  const group = page.getByRole("region", { name: person.word("group"), exact: true });
  if (isPhone) {
    await page.getByRole("link", { name: person.word("group-link"), exact: true }).click();
    await person.message(script.doubtful).evaluate((bubble) => {
      const talk = bubble.parentElement;
      if (talk) talk.scrollTop += bubble.getBoundingClientRect().top - talk.getBoundingClientRect().top - 12;
    });
  }
  const path = join(await pictureFolder(), `${name}.png`);
  const { y = 0, height: tall = 0 } = (await group.boundingBox()) ?? {};
  // A desktop down to the end of the group; what follows is told in words.
  const clip = { x: 0, y: 0, width, height: isPhone ? height : y + tall + 24 };
  await page.screenshot({ path, clip, animations: "disabled", caret: "hide" });
  expect((await stat(path)).size).toBeLessThan(mostBytes);
});

/** An answer that arrived, one that nobody can be sure of, and one on its way. */
async function talk(person: Visit, script: (typeof scripts)["fa" | "en"]): Promise<void> {
  // One of them: another's answer right after would be held and asked about.
  const [sara] = script.people;
  await person.smsFrom("09351112233", script.others[0]);
  await person.smsFrom("09123456789", script.others[1]);
  await person.writesSms(script.asks);
  await person.message(script.asks).waitFor();
  await person.answers(script.arrived, sara);
  await person.seesMarks(script.arrived, "✓", "✓✓");
  await person.writesSms(script.agrees);
  await person.message(script.agrees).waitFor();
  await person.chooses("side-asanak", "panel-silent");
  await person.answers(script.doubtful, sara);
  await person.seesMarks(script.doubtful, "⏳", "⚠");
  await person.chooses("side-asanak", "panel-none");
  await person.switches("off");
  await person.answers(script.sent, sara);
  await person.seesMarks(script.sent, "✓");
  // The handset has it, and the second tick has not come yet.
  await person.chooses("telegram-trouble", "telegram-away");
  await person.switches("on");
  await person.sms(script.sent).waitFor();
  await person.page.evaluate(() => scrollTo(0, 0));
}

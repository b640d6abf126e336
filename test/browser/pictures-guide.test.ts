import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { customer, type Visit, visit } from "./person.ts";
import { mostBytes, pictureFolder } from "./picture-folder.ts";

const phone = { isMobile: true, hasTouch: true, deviceScaleFactor: 2, reducedMotion: "reduce" } as const;

/** What the guides tell of, as it happened in a shop. */
const scripts = {
  fa: {
    people: ["سارا", "رضا"],
    name: "مریم کریمی",
    asks: "سلام، کفش کوهنوردی سایز ۴۲ دارید؟",
    answer: "سلام، بله. مشکی و خاکستری‌اش را داریم.",
    second: "سلام خانم کریمی، بله موجود است.",
    others: ["سلام، بسته‌ام کی می‌رسد؟", "ممنون، رسید 🙏"],
    list: "شماره,نام\n09121110001,آرش\n09121110002,مینو\n09121110003,بهار\n091211,سینا",
    bulk: "/bulk {نام} عزیز، سفارش شما آماده است. تا ۹ شب هستیم",
  },
  en: {
    people: ["Sara", "Reza"],
    name: "Maryam Karimi",
    asks: "Hello, do you have the hiking boots in size 42?",
    answer: "Hello! Yes, in black and in grey.",
    second: "Hello Maryam, yes, we do.",
    others: ["Hi, when will my parcel be here?", "Thanks, it is here 🙏"],
    list: "number,name\n09121110001,Arash\n09121110002,Minoo\n09121110003,Bahar\n091211,Sina",
    bulk: "/bulk Dear {name}, your order is ready. We are here until 9 tonight.",
  },
} as const;

test.each(["fa", "en"] as const)(
  "the pictures of the guide in %s can be taken",
  async (language) => {
    const person = await visit({ language, bot: language, width: 390, context: phone });
    const { page, word, topic } = person;
    const script = scripts[language];
    const [sara, reza] = script.people;
    for (const [index, text] of script.others.entries()) await person.smsFrom(`0935111220${index}`, text);
    await person.opensTopic(word("general"));
    await page.getByLabel(word("contact"), { exact: true }).click();
    await page.getByLabel(word("contact-name"), { exact: true }).fill(script.name);
    await page.getByLabel(word("contact-number"), { exact: true }).fill(customer);
    await page.getByRole("button", { name: word("share-contact"), exact: true }).click();
    // Once the bot has named them: a topic that is made before gets its name later.
    await person.message(customer).getByText("✓").waitFor();
    await person.writesSms(script.asks);
    await page.getByRole("heading", { name: script.name }).waitFor();
    await person.message(script.asks).waitFor();
    await person.answers(script.answer, sara);
    await person.seesMarks(script.answer, "✓", "✓✓");
    await showWhole(page);
    const begins = topic.locator(":scope > *").first();
    await take(person, `guide-topic-${language}`, begins, person.message(script.answer));

    await person.answers(script.second, reza);
    await person.message(script.second).getByText("⏳").waitFor();
    await person.message(script.second).getByRole("button").nth(1).waitFor();
    await take(person, `guide-held-${language}`, person.message(script.answer), person.message(script.second));

    await person.opensTopic(word("general"));
    const list = { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(script.list) };
    await page.getByLabel(word("attach"), { exact: true }).last().setInputFiles(list);
    await person.answers(script.bulk, sara);
    const bulk = person.message("/bulk");
    await bulk.getByText("091211", { exact: false }).last().waitFor();
    await bulk.getByRole("button").nth(2).waitFor();
    await take(person, `guide-bulk-${language}`, bulk, bulk);

    const digest = person.message("📊");
    await digest.waitFor({ timeout: 300_000 });
    await digest.getByRole("img").waitFor();
    await take(person, `guide-digest-${language}`, digest, digest);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  },
  600_000,
);

/** The talk as long as it is, and nothing that floats over it. */
async function showWhole(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 3600 });
  await page.evaluate(() => {
    document.documentElement.style.setProperty("--talk-height", "auto");
    for (const nav of document.querySelectorAll<HTMLElement>(".jump")) nav.style.display = "none";
  });
}

/** From the one message to the other, and a little around them. */
async function take({ page, topic }: Visit, name: string, first: Locator, last: Locator): Promise<void> {
  const around = 10;
  const places = async () => Promise.all([topic, first.last(), last.last()].map((one) => one.boundingBox()));
  // A mark or a card may still be on its way.
  let seen = "";
  await expect
    .poll(
      async () => {
        const before = seen;
        seen = JSON.stringify(await places());
        return seen === before;
      },
      { interval: 1000 },
    )
    .toBe(true);
  const [room, from, to] = await places();
  if (!room || !from || !to) throw new Error(`${name}: what it shows is not there`);
  const y = from.y - around;
  const height = Math.min(to.y + to.height + around, room.y + room.height) - y;
  const clip = { x: room.x, y, width: room.width, height };
  const path = join(await pictureFolder(), `${name}.png`);
  await page.screenshot({ path, clip, animations: "disabled", caret: "hide" });
  expect((await stat(path)).size).toBeLessThan(mostBytes);
}

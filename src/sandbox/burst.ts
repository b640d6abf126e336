import type { Language } from "./language.ts";
import type { Handset } from "./phone.ts";

export const burstAtMost = 100;

/** What a customer in a hurry writes, line by line. */
const phrases: Readonly<Record<Language, readonly string[]>> = {
  fa: [
    "سلام",
    "سفارشم را فرستادید؟",
    "کد پیگیری‌اش را هم ندارم",
    "امروز می‌رسد؟",
    "اگر نمی‌رسد خبرم کنید",
    "من تا ساعت ۵ خانه‌ام",
    "زنگ در خراب است",
    "لطفاً به همین شماره زنگ بزنید",
    "هزینه‌ی ارسال را هم دادم",
    "منتظرم",
  ],
  en: [
    "Hello",
    "Have you sent my order?",
    "I have no tracking code either",
    "Will it be here today?",
    "Let me know if it won’t",
    "I am at home until 5",
    "The doorbell is broken",
    "Please call this number instead",
    "I have paid for the delivery, too",
    "I’m waiting",
  ],
};
const numerals: Readonly<Record<Language, string>> = { fa: "fa-IR", en: "en-GB" };

/** Sends `count` SMS at once, each with its number and so no two alike; resolves to how many were taken at once. */
export async function sendBurst(
  handset: Handset,
  count: number,
  language: Language,
  options: { to?: string } = {},
): Promise<number> {
  const lines = phrases[language];
  const texts = Array.from({ length: count }, (_, index) => {
    return `${(index + 1).toLocaleString(numerals[language])}. ${lines[index % lines.length]}`;
  });
  const results = await Promise.all(texts.map((text) => handset.sends(text, options)));
  return results.filter(({ status }) => status >= 200 && status < 300).length;
}

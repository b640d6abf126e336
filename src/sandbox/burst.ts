import type { Handset } from "./phone.ts";

export const burstAtMost = 100;

/** What a customer in a hurry writes, line by line. */
const phrases = [
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
];

/** Sends `count` SMS at once, each with its number and so no two alike; resolves to how many were taken at once. */
export async function sendBurst(handset: Handset, count: number, options: { to?: string } = {}): Promise<number> {
  const texts = Array.from({ length: count }, (_, index) => {
    return `${(index + 1).toLocaleString("fa-IR")}. ${phrases[index % phrases.length]}`;
  });
  const results = await Promise.all(texts.map((text) => handset.sends(text, options)));
  return results.filter(({ status }) => status >= 200 && status < 300).length;
}

/** What people read in the group, written down here once more: a wrong word in the bridge's own list must not pass on both sides. */
export const buttons = {
  claim: "من جواب می‌دهم",
  release: "رها کن",
  close: "ببند",
  reopen: "باز کن",
  snooze: "📆 یک ساعت دیگر",
  unsnooze: "همین حالا برگردان",
  block: "مسدود کن",
  unblock: "رفع مسدودی",
  sendNow: "حالا بفرست",
  inTime: "سر وقتش بفرست",
  drop: "نفرست",
  undo: "نفرست",
  cancel: "لغو",
  cancelFirst: "لغو ۱",
  optOut: "لغو پیامک‌ها",
  sendCampaign: "بفرست",
} as const;

/** What a press is answered. */
export const heard = {
  claimed: "دست شماست.",
  snoozed: "تا یک ساعت دیگر کنار رفت",
  stopped: "فرستاده نمی‌شود.",
  late: "این کار قبلاً انجام شده",
  unblocked: "دیگر مسدود نیست. در این مدت",
} as const;

/** Why an answer waits for its writer's word: what its mark says. */
export const questions = {
  collision: /⏳ (\S+) همین \S+ ثانیه پیش به او جواب داد/,
  "opted-out": /پیامک‌های این خط را لغو کرده است/,
  first: /تا حالا پیامکی نیامده/,
  long: /بخش پیامک می‌شود/,
  stale: /در دسترس نبودم/,
} as const;

export type Question = keyof typeof questions;

/** What customers are told without anybody's doing. */
export const automatic = {
  optedOut: "لغو شد؛ دیگر از این شماره پیامک گروهی نمی‌گیرید.",
  returned: "از این پس باز از این شماره پیامک می‌گیرید.",
  away: "الان بسته‌ایم و فردا صبح جواب می‌دهیم.",
} as const;

export const told = {
  optedOut: "🔕",
  returned: "🔔",
  reminder: "⏰",
  back: "📆",
  list: "این‌ها را فراموش نکنید",
  backInList: "کنار گذاشته بودید",
  echo: "↗️",
  named: "نام این مشتری شد",
  editLate: "برای ویرایش دیر بود",
  campaignDone: "تمام شد: ",
  campaignUncertain: /معلوم نیست (\S+) تا رفته یا نه/,
} as const;

/** The number that is written in this text, whichever digits it has. */
export function numberIn(text: string): number {
  return Number(/\d+/.exec(inLatin(text))?.[0] ?? 0);
}

/** Every digit of it, without what stands between those of one number. */
export function digitsIn(text: string): string {
  return inLatin(text).replace(/(?<=\d)[^\d\n]+(?=\d)/g, "");
}

function inLatin(text: string): string {
  return text.replace(/[۰-۹]/g, (digit) => String("۰۱۲۳۴۵۶۷۸۹".indexOf(digit)));
}

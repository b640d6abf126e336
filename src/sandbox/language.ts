/** What the bot can speak, and its small world with it. */
export const languages = ["fa", "en"] as const;

export type Language = (typeof languages)[number];

/** What the desk's group and its people are called. */
export const casts = {
  fa: { group: "پشتیبانی", operators: { sara: "سارا", reza: "رضا", mina: "مینا" } },
  en: { group: "Support", operators: { sara: "Sara", reza: "Reza", mina: "Mina" } },
} as const satisfies Readonly<Record<Language, object>>;

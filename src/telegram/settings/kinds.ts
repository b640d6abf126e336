import { commaOf } from "../texts/i18n.ts";
import { spellExactly } from "../texts/spell-duration.ts";
import type { Texts } from "../types.ts";
import type { SettingKey, SettingValue } from "./overrides.ts";

type Say = Pick<Texts, "say" | "language">;

/** A setting as people see and choose it. A value is known here by its code: short, for callback data. */
export interface SettingKind {
  /** Names it in callback data. Telegram keeps old buttons for ever: add, never change. */
  readonly letter: string;
  /** The codes of what is offered. */
  readonly choices: readonly string[];
  /** What the configuration would have for a code. */
  parse(code: string): unknown;
  spell(texts: Say, code: string): string;
  /** People are added and taken away. It has no place in a private chat. */
  readonly isPeople?: true;
}

const minute = 60;
const day = 24 * 60 * minute;

/** Adding one: its key in `settingKeys`, a row here, and its sentences, `setting-<key>` and `setting-<key>-about`. */
export const settingKinds: Readonly<Record<SettingKey, SettingKind>> = {
  language: { ...words("language", ["fa", "en"]), letter: "l" },
  sends: { ...words("sends", ["all", "replies", "prefix"]), letter: "s" },
  ticks: { ...words("ticks", ["text", "reaction", "off"]), letter: "t" },
  undoSeconds: { ...times("undoSeconds", [0, 5, 10, 30, minute]), letter: "u" },
  collisionSeconds: { ...times("collisionSeconds", [0, 30, minute, 2 * minute, 5 * minute]), letter: "k" },
  maxParts: {
    letter: "p",
    choices: ["1", "2", "3", "4", "6", "10"],
    parse: Number,
    spell: (texts, code) => texts.say("setting-maxParts-value", { count: Number(code) }),
  },
  reminderSeconds: {
    letter: "r",
    choices: ["none", "300,900,3600", "600,1800,7200", "1800,7200", "3600,14400"],
    parse: toNumbers,
    spell: (texts, code) =>
      code === none
        ? texts.say("setting-reminderSeconds-none")
        : toNumbers(code)
            .map((seconds) => spellExactly(texts, seconds))
            .join(commaOf(texts.language)),
  },
  closeAfterSeconds: { ...times("closeAfterSeconds", [0, day, 3 * day, 7 * day, 30 * day]), letter: "x" },
  digestAt: {
    letter: "d",
    choices: ["off", "08:00", "09:00", "13:00", "17:00", "19:00", "21:00", "22:00"],
    parse: (code) => (code === off ? undefined : code),
    spell: (texts, code) => (code === off ? texts.say("setting-digestAt-off") : spellClock(texts, code)),
  },
  operators: {
    letter: "o",
    choices: ["members"],
    parse: (code) => (code === "members" ? code : toNumbers(code)),
    spell: (texts, code) => (code === "members" ? texts.say("setting-operators-members") : spellPeople(texts, code)),
    isPeople: true,
  },
  chiefs: {
    letter: "c",
    choices: [],
    parse: toNumbers,
    spell: (texts, code) => (code === none ? texts.say("setting-chiefs-none") : spellPeople(texts, code)),
    isPeople: true,
  },
};

const none = "none";
const off = "off";

export function codeOf(value: SettingValue): string {
  if (value === undefined) return off;
  if (typeof value !== "object") return String(value);
  return value.length === 0 ? none : value.join(",");
}

type Spelling = Pick<SettingKind, "choices" | "parse" | "spell">;

/** Each choice has its own sentence, `setting-<key>-<choice>`. */
function words(key: SettingKey, choices: readonly string[]): Spelling {
  return { choices, parse: (code) => code, spell: (texts, code) => texts.say(`setting-${key}-${code}`) };
}

/** Of 0 seconds tells `setting-<key>-never`. */
function times(key: SettingKey, seconds: readonly number[]): Spelling {
  return {
    choices: seconds.map(String),
    parse: Number,
    spell: (texts, code) =>
      Number(code) === 0 ? texts.say(`setting-${key}-never`) : spellExactly(texts, Number(code)),
  };
}

function spellPeople(texts: Say, code: string): string {
  return texts.say("setting-people", { count: toNumbers(code).length });
}

/** A time of day in the digits of the language. */
function spellClock({ language }: Say, time: string): string {
  const number = new Intl.NumberFormat(language, { minimumIntegerDigits: 2 });
  return time
    .split(":")
    .map((part) => number.format(Number(part)))
    .join(":");
}

function toNumbers(code: string): number[] {
  return code === none ? [] : code.split(",").map(Number);
}

import type { Chat, InlineKeyboardButton } from "grammy/types";
import { slices } from "../../support/slices.ts";
import type { Lack } from "../chat/lacks.ts";
import type { Person } from "../chat/people.ts";
import { lackLines } from "../chat/welcome.ts";
import type { Rendered, TelegramDesk, Texts } from "../types.ts";
import { codeOf, settingKinds } from "./kinds.ts";
import { type SettingKey, type SettingValue, settingKeys } from "./overrides.ts";
import { asConfigured, chosen, type DeskPress, encodeDeskPress } from "./press.ts";

const inOneRow = 2;

/** A desk's settings as they stand, what the bot lacks there, and a button for each setting. */
export function renderSettings(found: {
  readonly desk: TelegramDesk;
  readonly chat: Chat;
  /** `undefined`: Telegram did not say. */
  readonly lacks: readonly Lack[] | undefined;
  readonly bot: string;
}): Rendered {
  const { desk, chat, lacks, bot } = found;
  const { texts, settings, changes } = desk;
  const keys = settingKeys.filter((key) => chat.type !== "private" || !settingKinds[key].isPeople);
  const isSet = (key: SettingKey) => changes.of(key) !== undefined && !changes.of(key)?.isDropped;
  const lines = keys.map((key) => {
    const facts = { name: nameOf(texts, key), value: spell(texts, key, settings[key]) };
    return texts.say(isSet(key) ? "desk-line-set" : "desk-line", facts);
  });
  const overtaken = keys.filter((key) => changes.of(key)?.isDropped).map((key) => nameOf(texts, key));
  const text = [
    texts.say("desk-title", { desk: desk.id }),
    "",
    ...lines,
    "",
    ...(keys.some(isSet) ? [texts.say("desk-set")] : []),
    ...(overtaken.length > 0 ? [texts.say("desk-overtaken", { names: overtaken })] : []),
    ...rightsOf(desk, lacks, bot),
  ].join("\n");
  const buttons = keys.map((key) => buttonOf(nameOf(texts, key), { kind: "choices", key }));
  // A chat that stands in the configuration is changed there.
  if (settings.chat === undefined) buttons.push(buttonOf(texts.say("desk-move"), { kind: "move" }));
  return { text, keyboard: slices(buttons.flat(), inOneRow) };
}

/** What a setting is for, and what it may be; what it is now is marked. */
export function renderChoices(desk: TelegramDesk, key: SettingKey): Rendered {
  const { texts, settings } = desk;
  const kind = settingKinds[key];
  const present = codeOf(settings[key]);
  const choices = kind.choices.includes(present) ? kind.choices : [present, ...kind.choices];
  const buttons = choices.map((code) =>
    // What is so already needs no code that may be too long.
    buttonOf(
      marked(code === present, kind.spell(texts, code)),
      code === present ? back : { kind: "choice", key, code },
    ),
  );
  return { text: headOf(texts, key), keyboard: [...buttons, ...resetOf(desk, key), backTo(texts)] };
}

/** The same of people: those who may be named, each to be added or taken away. */
export function renderPeople(desk: TelegramDesk, key: SettingKey, people: readonly Person[]): Rendered {
  const { texts, settings } = desk;
  const value = settings[key];
  const named = Array.isArray(value) ? value : undefined;
  const everybody = settingKinds[key].choices.map((code) =>
    buttonOf(marked(named === undefined, settingKinds[key].spell(texts, code)), { kind: "choice", key, code }),
  );
  const some =
    named === undefined
      ? [buttonOf(texts.say("setting-people-chosen"), { kind: "choice", key, code: chosen })]
      : people.map((person) => toggle(key, named.includes(person.id), person.id, person.name));
  return {
    text: [headOf(texts, key), texts.say("setting-people-more")].join("\n"),
    keyboard: [...everybody, ...some, ...resetOf(desk, key), backTo(texts)],
  };
}

/** What one person is at this desk. */
export function renderPerson({ texts, settings }: TelegramDesk, { id, name }: Person): Rendered {
  const isListed = settings.operators !== "members" && settings.operators.includes(id);
  const lines = [texts.say("desk-person", { name })];
  if (settings.operators === "members") lines.push(texts.say("desk-person-member"));
  const keyboard = [
    ...(settings.operators === "members" ? [] : [toggle("operators", isListed, id, nameOf(texts, "operators"))]),
    toggle("chiefs", settings.chiefs.includes(id), id, nameOf(texts, "chiefs")),
    backTo(texts),
  ];
  return { text: lines.join("\n"), keyboard };
}

function spell(texts: Texts, key: SettingKey, value: SettingValue): string {
  return settingKinds[key].spell(texts, codeOf(value));
}

function nameOf(texts: Pick<Texts, "say">, key: SettingKey): string {
  return texts.say(`setting-${key}`);
}

const back: DeskPress = { kind: "list" };

function headOf(texts: Texts, key: SettingKey): string {
  return `${texts.say("setting-title", { name: nameOf(texts, key) })}\n${texts.say(`setting-${key}-about`)}`;
}

function rightsOf(desk: TelegramDesk, lacks: readonly Lack[] | undefined, bot: string): readonly string[] {
  if (lacks === undefined) return [desk.texts.say("desk-rights-unknown")];
  return lacks.length > 0 ? lackLines({ desk, lacks, bot }) : [desk.texts.say("desk-rights-all")];
}

function resetOf({ texts, changes }: TelegramDesk, key: SettingKey): InlineKeyboardButton[][] {
  const override = changes.of(key);
  if (override === undefined || override.isDropped) return [];
  const value = spell(texts, key, changes.configured(key));
  return [buttonOf(texts.say("setting-as-configured", { value }), { kind: "choice", key, code: asConfigured })];
}

function toggle(key: SettingKey, isNamed: boolean, id: number, label: string): InlineKeyboardButton[] {
  return buttonOf(marked(isNamed, label), { kind: "choice", key, code: `${isNamed ? "-" : "+"}${id}` });
}

function backTo(texts: Texts): InlineKeyboardButton[] {
  return buttonOf(texts.say("setting-back"), back);
}

function marked(isSo: boolean, label: string): string {
  return isSo ? `• ${label}` : label;
}

/** A row of its own; none where its data would be too long. */
function buttonOf(text: string, press: DeskPress): InlineKeyboardButton[] {
  const data = encodeDeskPress(press);
  return data === undefined ? [] : [{ text, callback_data: data }];
}

import type { Chat } from "grammy/types";
import { findAdministrators, findPeople } from "../chat/people.ts";
import type { Asking } from "../chat/rights.ts";
import { offerCommands } from "../commands.ts";
import type { BotContext, Handling } from "../context.ts";
import { operatorOf } from "../guards.ts";
import { pressKey } from "../journal/journaling.ts";
import type { TelegramDesk } from "../types.ts";
import type { SettingChange } from "./desk-settings.ts";
import { codeOf, settingKinds } from "./kinds.ts";
import type { SettingValue } from "./overrides.ts";
import { asConfigured, chosen, type DeskPress } from "./press.ts";

type Choice = Extract<DeskPress, { kind: "choice" }>;

/** `unreachable`: Telegram did not say who somebody is. */
export type Chosen = SettingChange | "unreachable";

const effects = { done: "done", same: "unclear", refused: "nothing" } as const;

/** An administrator has chosen something: it is committed and noted, and counts everywhere before this resolves. */
export async function choose(
  deps: Handling,
  ctx: BotContext & { callbackQuery: NonNullable<BotContext["callbackQuery"]> },
  at: { readonly desk: TelegramDesk; readonly chat: Chat },
  choice: Choice,
): Promise<Chosen> {
  const { bridge, clock } = deps;
  const { desk } = at;
  const { id, from } = ctx.callbackQuery;
  const meant = await meaningOf({ ctx, clock }, at, choice);
  if (meant === undefined) return "unreachable";
  const entry = { id: pressKey(id), desk: desk.id, by: operatorOf(from), what: "setting" } as const;
  const facts = { name: choice.key, value: meant.fact };
  const outcome = await bridge.journal.noting(
    { ...entry, facts },
    () => desk.changes.change(choice.key, meant.next),
    (change) => effects[change],
  );
  // Also where it was so already: a process may have died between the two.
  if (outcome !== "refused") await bridge.replan(desk.id);
  if (outcome === "done" && choice.key === "language") offerCommands(ctx.api, deps);
  return outcome;
}

/** What the value becomes, and how the journal tells it. */
async function meaningOf(
  asking: Asking,
  { desk, chat }: { readonly desk: TelegramDesk; readonly chat: Chat },
  { key, code }: Choice,
): Promise<{ readonly fact: string; next(current: SettingValue): unknown } | undefined> {
  if (code === asConfigured) {
    const value = desk.changes.configured(key);
    return { fact: codeOf(value), next: () => value };
  }
  const kind = settingKinds[key];
  if (!kind.isPeople) return { fact: code, next: () => kind.parse(code) };
  if (code === chosen) {
    const ids = (await findAdministrators(asking, chat))?.map(({ id }) => id);
    return ids && { fact: ids.join(","), next: (current) => (Array.isArray(current) ? current : ids) };
  }
  const [, sign, digits] = /^([+-])(\d{1,16})$/.exec(code) ?? [];
  if (sign === undefined) return { fact: code, next: () => kind.parse(code) };
  const id = Number(digits);
  const [person] = await findPeople(asking, chat, [id]);
  return {
    fact: `${sign}${person?.name ?? digits}`,
    next(current) {
      if (!Array.isArray(current)) return current;
      const others = current.filter((one) => one !== id);
      if (sign === "-") return others;
      return current.includes(id) ? current : [...others, id];
    },
  };
}

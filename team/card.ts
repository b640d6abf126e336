import { toHandsetNumber } from "../src/sandbox/number.ts";
import type { SeenMessage } from "../src/sandbox/telegram/seen.ts";

export type Standing = "new" | "in-hand" | "waiting" | "snoozed" | "closed" | "blocked";

/** A card as a person reads it. */
export interface SeenCard {
  readonly messageId: number;
  /** Of the customer, `09…`. */
  readonly number: string;
  readonly name: string | undefined;
  readonly standing: Standing;
  /** Who has it, where the card says so. */
  readonly owner: string | undefined;
  readonly buttons: readonly string[];
}

const lines: readonly (readonly [Standing, RegExp])[] = [
  ["new", /^❗ /],
  ["in-hand", /^👀 (\S+) به آن رسیدگی می‌کند/],
  ["waiting", /^💬 جواب گرفته است(?:؛ دست (\S+) است)?/],
  ["waiting", /^💬 هنوز پیامکی رد و بدل نشده/],
  ["snoozed", /^📆 تا /],
  ["closed", /^✅ /],
  ["blocked", /^مسدود است/],
];

/** `undefined`: it is no card. Where the first SMS stands below the card, in one message with it, that is passed over. */
export function readCard({ id, text, from, replyTo, buttons }: SeenMessage): SeenCard | undefined {
  if (!from.isBot || replyTo !== undefined || !text.startsWith("👤")) return undefined;
  // What keeps numbers and names from jumping is not seen.
  const written = text.replace(/[\u200e\u200f\u2066-\u2069]/g, "").split("\n");
  for (const line of written) {
    for (const [standing, form] of lines) {
      const found = form.exec(line);
      if (!found) continue;
      const named = written[1] ?? "";
      const name = named.startsWith("روی خط") || form.test(named) ? undefined : named;
      return {
        messageId: id,
        number: toHandsetNumber(written[0] ?? ""),
        name,
        standing,
        owner: found[1],
        buttons: buttons.flat(),
      };
    }
  }
  return undefined;
}

import { keysOf } from "../../support/keys-of.ts";

/** What a person can do with a whole thread: buttons under its card. */
export type CardAction =
  | "claim"
  | "release"
  | "close"
  | "reopen"
  | "snooze-hour"
  | "snooze-morning"
  | "unsnooze"
  | "block"
  | "unblock"
  | "name";

// Telegram keeps old buttons for ever, so these letters are a contract: add, never change.
const letters: Readonly<Record<CardAction, string>> = {
  claim: "c",
  release: "r",
  close: "x",
  reopen: "o",
  "snooze-hour": "h",
  "snooze-morning": "m",
  unsnooze: "u",
  block: "b",
  unblock: "a",
  name: "n",
};
const actions = keysOf(letters);
const form = /^k:([a-z])$/;

/** Callback data. Whose card it is, its place tells. */
export function encodeCardPress(action: CardAction): string {
  return `k:${letters[action]}`;
}

export function parseCardPress(given: string | undefined): CardAction | undefined {
  const [, letter] = form.exec(given ?? "") ?? [];
  return actions.find((action) => letters[action] === letter);
}

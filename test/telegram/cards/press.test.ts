import { expect, test } from "vitest";
import { type CardAction, encodeCardPress, parseCardPress } from "../../../src/telegram/cards/press.ts";

/** Buttons with these letters are out there. */
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
const actions = Object.entries(letters);

test("each action of a card has a letter of its own, which never changes", () => {
  expect(new Set(Object.values(letters)).size).toBe(actions.length);
  for (const [action, letter] of actions) {
    const data = `k:${letter}`;
    expect(parseCardPress(data)).toBe(action);
    expect(encodeCardPress(parseCardPress(data) ?? "claim")).toBe(data);
  }
});

test("what is no press of a card is none", () => {
  for (const data of [undefined, "", "k:", "k:z", "k:cc", "p:c:1:x", "o:abc"])
    expect(parseCardPress(data)).toBeUndefined();
});

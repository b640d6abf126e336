import { expect, test } from "vitest";
import { settingKinds } from "../../../src/telegram/settings/kinds.ts";
import { settingKeys } from "../../../src/telegram/settings/overrides.ts";
import {
  asConfigured,
  chosen,
  type DeskPress,
  encodeDeskPress,
  parseDeskPress,
} from "../../../src/telegram/settings/press.ts";

test("every button comes back as what it was made for, in at most 64 bytes", () => {
  const presses: DeskPress[] = [
    { kind: "list" },
    { kind: "move" },
    ...settingKeys.flatMap((key): DeskPress[] => [
      { kind: "choices", key },
      ...[...settingKinds[key].choices, asConfigured].map((code) => ({ kind: "choice" as const, key, code })),
    ]),
    ...[chosen, "+4503599627370495", "-1"].map((code) => ({
      kind: "choice" as const,
      key: "operators" as const,
      code,
    })),
  ];
  for (const press of presses) {
    const data = encodeDeskPress(press);
    expect(Buffer.byteLength(data ?? "")).toBeLessThanOrEqual(64);
    expect(parseDeskPress(data)).toEqual(press);
  }
});

test("what would not fit has no button", () => {
  expect(encodeDeskPress({ kind: "choice", key: "operators", code: "1,".repeat(40) })).toBeUndefined();
});

test("the letters stay what they are: Telegram keeps old buttons for ever", () => {
  const letters = Object.fromEntries(settingKeys.map((key) => [key, settingKinds[key].letter]));
  expect(letters).toEqual({
    language: "l",
    sends: "s",
    ticks: "t",
    undoSeconds: "u",
    collisionSeconds: "k",
    maxParts: "p",
    reminderSeconds: "r",
    closeAfterSeconds: "x",
    digestAt: "d",
    operators: "o",
    chiefs: "c",
  });
  expect(encodeDeskPress({ kind: "move" })).toBe("s:m");
});

test.each([undefined, "", "S", "s:", "s:!", "s:l:", "s:zz", "s:q:1", "s:m:1", "k:c", `s:l:${"x".repeat(61)}`])(
  "anything else is no press of ours: %j",
  (given) => expect(parseDeskPress(given)).toBeUndefined(),
);

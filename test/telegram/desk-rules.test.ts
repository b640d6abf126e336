import { expect, test } from "vitest";
import { deskConfig } from "../../src/telegram/config.ts";
import { desksRules } from "../../src/telegram/desk-rules.ts";
import { createTexts } from "../../src/telegram/render.ts";
import type { TelegramDesk } from "../../src/telegram/types.ts";

test("a wait at a desk with hours is counted in them", () => {
  const rulesOf = (settings: object) => {
    const desk = { settings: { line: "30001", undoSeconds: 0 }, texts: createTexts("en") } as Partial<TelegramDesk>;
    return desksRules(desk as TelegramDesk, deskConfig.parse(settings), "Asia/Tehran");
  };
  const rules = rulesOf({ hours: { daily: "9-17" } });
  expect(rules.hours).toMatchObject({ timeZone: "Asia/Tehran" });
  expect(rules.followUp?.hours).toEqual(rules.hours);
  expect(rulesOf({}).followUp).not.toHaveProperty("hours");
});

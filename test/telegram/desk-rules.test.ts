import { expect, test } from "vitest";
import { deskConfig } from "../../src/telegram/config.ts";
import { desksRules } from "../../src/telegram/desk-rules.ts";
import { createTexts } from "../../src/telegram/render.ts";
import type { TelegramDesk } from "../../src/telegram/types.ts";

test("a wait at a desk with hours is counted in them", () => {
  const rulesOf = (given: object) => {
    const settings = { ...deskConfig.parse(given), line: "30001" };
    return desksRules({ settings, texts: createTexts("en") } as unknown as TelegramDesk, "Asia/Tehran");
  };
  const rules = rulesOf({ hours: { daily: "9-17" } });
  expect(rules.hours).toMatchObject({ timeZone: "Asia/Tehran" });
  expect(rules.followUp?.hours).toEqual(rules.hours);
  expect(rulesOf({}).followUp).not.toHaveProperty("hours");
});

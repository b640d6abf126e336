import { expect, test } from "vitest";
import { deskConfig } from "../../../src/telegram/config.ts";
import { desksRules } from "../../../src/telegram/settings/desk-rules.ts";
import { createTexts } from "../../../src/telegram/texts/texts.ts";

test("a wait at a desk with hours is counted in them", () => {
  const rulesOf = (given: object) => {
    const { chat: _, ...own } = deskConfig.parse(given);
    const settings = { ...own, id: "support", lines: ["30001"], line: "30001" };
    const changes = { of: () => undefined };
    return desksRules({ settings, texts: createTexts("en"), changes }, "Asia/Tehran");
  };
  const rules = rulesOf({ hours: { daily: "9-17" } });
  expect(rules.hours).toMatchObject({ timeZone: "Asia/Tehran" });
  expect(rules.followUp?.hours).toEqual(rules.hours);
  expect(rulesOf({}).followUp).not.toHaveProperty("hours");
});

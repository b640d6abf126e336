import { expect, test } from "vitest";
import type { BulkPlan } from "../../../src/core/bulk/plan.ts";
import type { RefusedRow } from "../../../src/core/model/bulk.ts";
import { renderBulkPlan } from "../../../src/telegram/bulk/render.ts";
import { longestText } from "../../../src/telegram/texts/split.ts";
import { createTexts } from "../../../src/telegram/texts/texts.ts";

const peer = "+989121234567";
const by = { id: "5", name: "سارا" };
const base = { id: "x".repeat(24), desk: "support", line: "30001234", text: "", by, at: 1, state: "planned" } as const;
const run = { ...base, total: 2, next: 0 };
const whys: readonly RefusedRow["why"][] = ["bad-number", "duplicate", "empty-field", "opted-out", "blocked"];
const refused = whys.flatMap((why) =>
  Array.from({ length: 900 }, (_, row) => ({ row, written: "9".repeat(32), why, field: "ن".repeat(40) })),
);
const plan: BulkPlan = { run, samples: [{ peer, text: "سلام" }], parts: 3, mostParts: 2, refused: [] };

test.each(["fa", "en"] as const)("however much there is to tell, a plan is one message (%s)", (language) => {
  const samples = Array.from({ length: 3 }, () => ({ peer, text: "م".repeat(4000) }));
  const { text, keyboard } = renderBulkPlan(createTexts(language), { ...plan, samples, refused });
  expect(text.length).toBeLessThanOrEqual(longestText);
  expect(keyboard?.flat()).toHaveLength(2);
  for (const button of keyboard?.flat() ?? []) {
    expect(Buffer.byteLength("callback_data" in button ? button.callback_data : "")).toBeLessThanOrEqual(64);
  }
});

test("a credit in SMS is held against the parts; of money nobody knows what it is good for", () => {
  const texts = createTexts("fa");
  const say = (...credits: Parameters<typeof renderBulkPlan>[2] & object) => renderBulkPlan(texts, plan, credits).text;
  expect(say({ unit: "messages", amount: 3 }, { unit: "rial", amount: 900 })).toContain("۳ پیامک؛ کافی است");
  expect(say({ unit: "messages", amount: 3 }, { unit: "rial", amount: 900 })).not.toContain("ریال");
  expect(say({ unit: "messages", amount: 2 })).toContain("۲ پیامک؛ کافی نیست");
  expect(say({ unit: "rial", amount: 900 })).toContain("۹۰۰ ریال");
  expect(say()).not.toContain("اعتبار");
});

test("one receiver, one part and one row are told as one in English", () => {
  const row = { row: 2, written: "1", why: "bad-number" } as const;
  const one = { ...plan, run: { ...run, total: 1 }, parts: 1, mostParts: 1, refused: [row] };
  const { text } = renderBulkPlan(createTexts("en"), one);
  expect(text).toContain("To 1 receiver from");
  expect(text).toContain("1 SMS part altogether");
  expect(text).toContain("Left out: 1 row\n");
});

import { expect, test } from "vitest";
import { widths } from "./open-page.ts";
import { operators, visit } from "./person.ts";

test.each([
  ["fa", "desktop"],
  ["fa", "phone"],
  ["en", "desktop"],
  ["en", "phone"],
] as const)("a conversation in %s on a %s: SMS, topic, three operators, handset, ticks", async (language, device) => {
  const person = await visit({ language, width: widths[device] });
  await person.page.getByText(person.word("no-sms")).waitFor();
  await person.writesSms("سلام، سفارشم کی می‌رسد؟");
  await person.sms("سلام، سفارشم کی می‌رسد؟").waitFor();
  await person.message("سلام، سفارشم کی می‌رسد؟").waitFor();
  for (const operator of operators) {
    const text = `سلام، فردا صبح می‌رسد. ${operator} هستم.`;
    await person.answers(text, operator);
    await person.message(text).getByText(operator, { exact: true }).waitFor();
    await person.seesMarks(text, "✓", "✓✓");
    await person.sms(text).waitFor();
    expect(await person.sms(text).count()).toBe(1);
  }
});

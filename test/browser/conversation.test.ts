import { expect, test } from "vitest";
import { widths } from "./open-page.ts";
import { operators, visit } from "./person.ts";

test.each([
  ["fa", "desktop"],
  ["fa", "phone"],
  ["en", "desktop"],
  ["en", "phone"],
] as const)(
  "a conversation in %s on a %s: SMS, topic, handset, ticks, and a second operator who is asked",
  async (language, device) => {
    const person = await visit({ language, width: widths[device] });
    await person.page.getByText(person.word("no-sms")).waitFor();
    await person.writesSms("سلام، سفارشم کی می‌رسد؟");
    await person.sms("سلام، سفارشم کی می‌رسد؟").waitFor();
    await person.message("سلام، سفارشم کی می‌رسد؟").waitFor();
    for (const operator of operators) {
      const text = `سلام، فردا صبح می‌رسد. ${operator} هستم.`;
      const isFirst = operator === operators[0];
      await person.answers(text, operator);
      await person.message(text).getByText(operator, { exact: true }).waitFor();
      if (!isFirst) {
        const sendNow = person.message(text).getByRole("button", { name: "حالا بفرست" });
        await sendNow.waitFor();
        expect(await person.sms(text).count()).toBe(0);
        await sendNow.click();
      }
      await person.seesMarks(text, ...(isFirst ? [] : ["⏳"]), "✓", "✓✓");
      await person.sms(text).waitFor();
      expect(await person.sms(text).count()).toBe(1);
    }
  },
);

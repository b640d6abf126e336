import { expect, test } from "vitest";
import { straight } from "./open-page.ts";
import { spelledPlainly, visit } from "./person.ts";

const panels = [
  ["side-asanak", "021 6406 3188"],
  ["side-soap-panel", "30001234"],
  ["side-mydnspanel", "50004321"],
] as const;

test.each(straight)(
  "all three panels at once, in $language: each answer leaves by the line that was written to",
  async (options) => {
    const person = await visit({ ...options, panel: "all" });
    const lines = person.page.getByRole("combobox", { name: person.word("line") });
    for (const [side, number] of panels) {
      const panel = person.word(side);
      await lines.selectOption({ label: await optionWith(panel) });
      await person.writesSms(`سلام به ${panel}`);
      await person.message(`سلام به ${panel}`).waitFor();
      const answer = `سلام از ${panel}`;
      await person.answers(answer);
      await person.seesMarks(answer, "✓", "✓✓");
      expect(spelledPlainly(await person.sms(answer).innerText())).toContain(number);
      await person.wire.getByText(panel, { exact: true }).first().waitFor();
    }

    async function optionWith(panel: string): Promise<string> {
      const labels = await lines.getByRole("option").allTextContents();
      return labels.find((label) => label.includes(panel)) ?? "";
    }
  },
);

import { expect, test } from "vitest";
import { widths } from "./open-page.ts";
import { timesIn, type Visit, visit } from "./person.ts";

const question = "سلام، نوبت فردا را جابه‌جا می‌کنید؟";

test.each([
  { language: "fa", width: widths.desktop },
  { language: "en", width: widths.phone },
] as const)(
  "in $language the bridge is killed in the middle of an answer: nothing is lost, nothing goes twice",
  async (options) => {
    const person = await asked(options);
    const { page, word } = person;
    const underWay = "بله، فردا ساعت ۵.";
    await person.chooses("side-asanak", "panel-slow");
    await person.answers(underWay);
    await person.wire.getByText(/sendsms/).waitFor();
    await page.getByRole("button", { name: word("kill-bridge") }).click();
    await page.getByText(word("bridge-down"), { exact: true }).waitFor();
    await person.chooses("side-asanak", "panel-none");
    const asksMeanwhile = "یک نفر دیگر هم با من می‌آید.";
    const answersMeanwhile = "قدمتان روی چشم.";
    await person.writesSms(asksMeanwhile);
    await person.answers(answersMeanwhile);
    await person.message(answersMeanwhile).waitFor();
    expect(await person.message(asksMeanwhile).count()).toBe(0);
    expect(await person.sms(answersMeanwhile).count()).toBe(0);

    await page.getByRole("button", { name: word("start-bridge") }).click();
    await page.getByText(word("bridge-running"), { exact: true }).waitFor();
    await person.message(asksMeanwhile).waitFor();
    await person.seesMarks(answersMeanwhile, "✓", "✓✓");
    // The bridge died before it could know, so it asks and does not send again.
    await person.message(underWay).getByText(/^⚠/).waitFor();
    await person.sms(answersMeanwhile).waitFor();
    const handset = await person.handset.innerText();
    expect(handset.split(underWay).length - 1).toBeLessThanOrEqual(1);
    expect(handset.split(answersMeanwhile)).toHaveLength(2);
    const topic = await person.topic.innerText();
    for (const text of [question, asksMeanwhile]) expect(topic.split(text), text).toHaveLength(2);
  },
);

test("the panel is changed in the middle of a conversation, which goes on in its topic", async () => {
  const person = await asked({ language: "fa" });
  const { page, word } = person;
  const panels = page.getByRole("group", { name: word("panel"), exact: true });
  for (const [choice, line] of [
    ["side-soap-panel", "30001234"],
    ["side-mydnspanel", "50004321"],
    ["panels-all", "021 6406 3188"],
  ] as const) {
    await panels.getByRole("radio", { name: word(choice) }).click();
    await page.getByText(word("bridge-running"), { exact: true }).waitFor();
    const [asks, answers] = [`پرسش از ${word(choice)}`, `پاسخ از ${word(choice)}`];
    await expect.poll(() => panels.getByRole("radio", { name: word(choice) }).isChecked()).toBe(true);
    await person.writesSms(asks);
    await person.message(asks).waitFor();
    await person.answers(answers);
    await person.seesMarks(answers, "✓", "✓✓");
    const sms = (await person.sms(answers).innerText()).replaceAll(/[\u2066-\u2069]/g, "").replaceAll("\u00a0", " ");
    expect(sms).toContain(line);
  }
  await person.message(question).waitFor();
});

async function asked(options: Parameters<typeof visit>[0]): Promise<Visit> {
  const person = await visit(options);
  await person.writesSms(question);
  await person.message(question).waitFor();
  return person;
}

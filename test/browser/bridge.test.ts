import { expect, test } from "vitest";
import { straight } from "./open-page.ts";
import { spelledPlainly, timesIn, type Visit, visit } from "./person.ts";

const question = "سلام، نوبت فردا را جابه‌جا می‌کنید؟";

test.each(straight)(
  "in $language the bridge dies while an answer is under way: nothing is lost or doubled",
  async (options) => {
    const person = await asked(options);
    const { page, word } = person;
    const underWay = "بله، فردا ساعت ۵.";
    const asksMeanwhile = "یک نفر دیگر هم با من می‌آید.";
    const answersMeanwhile = "قدمتان روی چشم.";

    await person.chooses("side-asanak", "panel-silent");
    await person.answers(underWay);
    await person.sms(underWay).waitFor();
    await page.getByRole("button", { name: word("kill-bridge") }).click();
    await page.getByText(word("bridge-down"), { exact: true }).waitFor();
    await person.chooses("side-asanak", "panel-none");
    await person.writesSms(asksMeanwhile);
    await person.answers(answersMeanwhile);
    await person.message(answersMeanwhile).waitFor();
    expect(await person.message(asksMeanwhile).count()).toBe(0);
    expect(await person.sms(answersMeanwhile).count()).toBe(0);

    await page.getByRole("button", { name: word("start-bridge") }).click();
    await page.getByText(word("bridge-running"), { exact: true }).waitFor();
    await person.message(asksMeanwhile).waitFor();
    await person.seesMarks(answersMeanwhile, "✓", "✓✓");
    // It died before it could know, so it asks and does not send again.
    await person.message(underWay).getByText(/^⚠/).waitFor();
    const handset = await person.handset.innerText();
    for (const text of [underWay, answersMeanwhile]) expect(timesIn(handset, text), text).toBe(1);
    const topic = await person.topic.innerText();
    for (const text of [question, asksMeanwhile]) expect(timesIn(topic, text), text).toBe(1);
  },
);

test("the panel is changed in the middle of a conversation, which goes on in its topic", async () => {
  const person = await asked({ language: "fa" });
  const { page, word } = person;
  const panels = page.getByRole("group", { name: word("panel"), exact: true });
  for (const [choice, line] of [
    ["side-soap-panel", "30001234"],
    ["side-mydnspanel", "50004321"],
    ["side-asanak", "021 6406 3188"],
  ] as const) {
    const ready = person.wire.getByText(`chapar run (${choice.replace("side-", "")}) → ready`);
    const before = await ready.count();
    const radio = panels.getByRole("radio", { name: word(choice) });
    await radio.click();
    await expect.poll(() => ready.count()).toBe(before + 1);
    expect(await radio.isChecked()).toBe(true);
    const [asks, answers] = [`پرسش از ${word(choice)}`, `پاسخ از ${word(choice)}`];
    await person.writesSms(asks);
    await person.message(asks).waitFor();
    await person.answers(answers);
    await person.seesMarks(answers, "✓", "✓✓");
    expect(spelledPlainly(await person.sms(answers).innerText())).toContain(line);
  }
  await person.message(question).waitFor();
});

async function asked(options: Parameters<typeof visit>[0]): Promise<Visit> {
  const person = await visit(options);
  await person.writesSms(question);
  await person.message(question).waitFor();
  return person;
}

import { expect, test } from "vitest";
import { crossed } from "./open-page.ts";
import { visit } from "./person.ts";

const question = "سلام، پیتزا مخصوص دارید؟";
const answer = "بله، تا نیم ساعت دیگر می‌رسد.";

test.each(crossed)("in $language an operator replies, edits and reacts", async (options) => {
  const person = await visit(options);
  const { page, word } = person;
  await person.writesSms(question);
  await person.message(question).waitFor();

  await person.does("reply", question);
  await person.answers(answer, "مینا");
  await person.message(answer).getByText(question).waitFor();
  await person.seesMarks(answer, "✓", "✓✓");
  await person.sms(answer).waitFor();

  await person.does("edit", answer);
  const field = page.getByRole("textbox", { name: word("answer-label") });
  expect(await field.inputValue()).toBe(answer);
  await person.answers("بله، تا یک ساعت دیگر.");
  await person.message("بله، تا یک ساعت دیگر.").getByText(word("edited")).waitFor();
  // What has left has left: the customer has the first text, and only that.
  expect(await person.handset.innerText()).not.toContain("یک ساعت");

  const thumb = word("react-with").replace("{emoji}", "\u2068👍\u2069");
  const reactions = person.message(question).getByLabel(word("reaction"), { exact: true });
  const [actions = ""] = word("actions-on").split("{");
  const react = async () => {
    await person.message(question).last().getByRole("button", { name: actions }).click();
    await person.message(question).getByRole("button", { name: thumb }).click();
  };
  await react();
  await reactions.getByText("👍").waitFor();
  await react();
  await reactions.waitFor({ state: "detached" });
});

test("a topic that was closed opens again with the next SMS, and one that was deleted is made anew", async () => {
  const person = await visit({ language: "fa" });
  const { page, word } = person;
  await person.writesSms(question);
  await person.message(question).waitFor();
  const menu = page.getByLabel(word("topic-actions"));
  await menu.click();
  await page.getByRole("button", { name: word("close-topic") }).click();
  await page.getByText(word("topic-closed")).waitFor();
  await person.writesSms("هنوز باز هستید؟");
  await person.message("هنوز باز هستید؟").waitFor();
  await page.getByText(word("topic-closed")).waitFor({ state: "hidden" });

  await menu.click();
  await page.getByRole("button", { name: word("delete-topic") }).click();
  await page.getByText(word("no-topics")).waitFor();
  await person.writesSms("الو؟");
  await person.message("الو؟").waitFor();
  await person.answers(answer);
  await person.seesMarks(answer, "✓", "✓✓");
});

import { expect, test } from "vitest";
import { crossed } from "./open-page.ts";
import { customer, visit } from "./person.ts";

test.each(crossed)("in $language a list is sent as a file, and the report of the bot is opened", async (options) => {
  const person = await visit(options);
  const { page, word } = person;
  await person.opensTopic(word("general"));
  const list = { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(`شماره,نام\n${customer},سارا`) };
  await page.getByLabel(word("attach"), { exact: true }).last().setInputFiles(list);
  await page.getByText(word("attached").replace("{name}", "\u2068list.csv\u2069")).waitFor();
  await person.answers("/bulk {نام} عزیز، تعطیل نیستیم.");
  await person.message("/bulk").getByRole("link", { name: "list.csv" }).waitFor();
  await person.topic.getByRole("button", { name: "بفرست", exact: true }).click();
  await person.sms("سارا عزیز، تعطیل نیستیم.").waitFor();
  await person.topic.getByText("تمام شد").first().waitFor();
  const link = person.topic.getByRole("link", { name: "bulk-report.csv" });
  await link.waitFor();
  const report = await page.request.get(new URL((await link.getAttribute("href")) ?? "", page.url()).href);
  expect(await report.text()).toContain("0912 123 4567,");
});

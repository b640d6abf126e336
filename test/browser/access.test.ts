import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { type Visit, visit } from "./person.ts";

const named = new Set(["button", "link", "textbox", "combobox", "radio", "checkbox", "switch", "log", "region"]);

test.each([
  ["fa", "light", 1280],
  ["en", "dark", 1280],
  ["fa", "dark", 390],
  ["en", "light", 390],
] as const)("in %s, %s, at %i: everything has a name and can be read", async (language, colorScheme, width) => {
  // Only so that the judge can be brought into the page.
  const person = await visit({ language, width, context: { colorScheme, bypassCSP: true, reducedMotion: "reduce" } });
  expect(await judge(person.page), "empty").toEqual([]);
  await makeTroubles(person);
  expect(await judge(person.page), "in trouble").toEqual([]);
  expect(await findNameless(person.page)).toEqual([]);
});

/** Marks, buttons, a handset that is off, news in another topic, a refused call on the wire, and somebody about to be shared. */
async function makeTroubles(person: Visit): Promise<void> {
  const { page, word } = person;
  await person.writesSms("سلام");
  await person.message("سلام").waitFor();
  await person.answers("در خدمتم");
  await person.seesMarks("در خدمتم", "✓", "✓✓");
  await person.chooses("side-asanak", "panel-credit");
  await person.answers("بفرمایید");
  await person.message("بفرمایید").getByRole("button", { name: "دوباره تلاش کن" }).waitFor();
  await person.smsFrom("09350000000", "من هم هستم");
  await page.getByTitle(word("new-messages")).first().waitFor();
  await person.switches("off");
  await page.getByLabel(word("contact"), { exact: true }).click();
}

async function judge(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** Controls and regions that a screen reader could not name. */
async function findNameless(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const controls = nodes.filter(({ role, ignored }) => !ignored && named.has(String(role?.value)));
  expect(controls.length).toBeGreaterThan(15);
  return controls.filter(({ name }) => String(name?.value ?? "").trim() === "").map(({ role }) => String(role?.value));
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

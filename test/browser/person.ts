import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { PageWords } from "../../src/sandbox/page/words.ts";
import { marksUnder } from "./mark-history.ts";
import { type OpenedPage, openPage, type PageOptions } from "./open-page.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";

export const customer = "09121234567";
export const operators = ["سارا", "رضا", "مینا"] as const;

/** The page as a person uses it: by what is written on things. */
export interface Person {
  readonly page: Page;
  readonly words: PageWords;
  /** The SMS on the open handset. */
  readonly handset: Locator;
  /** The messages of the open topic. */
  readonly topic: Locator;
  /** The calls on the wire. */
  readonly wire: Locator;
  word(key: string): string;
  writesSms(text: string): Promise<void>;
  answers(text: string, operator?: string): Promise<void>;
  /** The message with this text, with what stands under it. */
  message(text: string | RegExp): Locator;
  /** Waits until these marks have stood under the answer one after another, the last of them still there, and no other. */
  seesMarks(text: string, ...signs: readonly string[]): Promise<void>;
  sms(text: string): Locator;
  /** Opens what can be done with the message with this text, and does it. */
  does(key: string, text: string): Promise<void>;
  /** The open handset. */
  switches(to: "on" | "off"): Promise<void>;
  opensTopic(name: string | RegExp): Promise<void>;
  chooses(control: string, option: string): Promise<void>;
}

export interface Visit extends Person, Sandbox {}

export interface VisitOptions extends PageOptions {
  /** Default Asanak. */
  readonly panel?: string;
  /** What the bot speaks. Default Persian, whatever the page does. */
  readonly bot?: "fa" | "en";
}

/** A sandbox of its own with one handset, and a person before its page. */
export async function visit({ panel = "asanak", bot = "fa", ...options }: VisitOptions): Promise<Visit> {
  const sandbox = await startSandbox("--panel", panel, "--language", bot);
  await sandbox.addHandset(customer);
  return { ...sandbox, ...personAt(await openPage(sandbox.url, options)) };
}

export function personAt({ page, words }: OpenedPage): Person {
  const word = (key: string) => {
    const found = words[key];
    if (found === undefined) throw new Error(`the page has no word "${key}"`);
    return found;
  };
  const region = (key: string) => page.getByRole("region", { name: word(key), exact: true });
  const handset = region("handsets").getByRole("log");
  const topic = region("group").getByRole("log");
  const message = (text: string | RegExp) => topic.locator(":scope > *").filter({ hasText: text });
  return {
    page,
    words,
    word,
    handset,
    topic,
    wire: region("wire").getByRole("list"),
    message,
    sms: (text) => handset.locator(":scope > *").filter({ hasText: text }),
    async writesSms(text) {
      await page.getByRole("textbox", { name: word("sms-label") }).fill(text);
      await page.getByRole("button", { name: word("send-sms"), exact: true }).click();
    },
    async answers(text, operator) {
      if (operator !== undefined) await page.getByRole("radio", { name: operator }).check();
      await page.getByRole("textbox", { name: word("answer-label") }).fill(text);
      await page.getByRole("button", { name: word("send-answer"), exact: true }).click();
    },
    async seesMarks(text, ...signs) {
      await expect.poll(() => marksUnder(page, text), { timeout: 120_000 }).toEqual(signs);
    },
    async does(key, text) {
      const [actions = ""] = word("actions-on").split("{");
      await message(text).getByRole("button", { name: actions }).click();
      await message(text)
        .getByRole("button", { name: word(key), exact: true })
        .click();
    },
    async switches(to) {
      const power = page.getByRole("checkbox", { name: word("handset-on") });
      await power.click();
      await expect.poll(() => power.isChecked()).toBe(to === "on");
    },
    async opensTopic(name) {
      await page
        .getByRole("navigation", { name: word("topics") })
        .getByRole("button", { name })
        .click();
    },
    async chooses(control, option) {
      await page.getByRole("combobox", { name: word(control), exact: true }).selectOption({ label: word(option) });
    },
  };
}

export function timesIn(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Without the marks of direction, and with plain spaces. */
export function spelledPlainly(text: string): string {
  return text.replaceAll(/[\u2066-\u2069]/g, "").replaceAll(/\s+/g, " ");
}

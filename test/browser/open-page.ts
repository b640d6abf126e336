import { type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { type PageLanguage, type PageWords, readWords } from "../../src/sandbox/page/words.ts";
import { findChromium } from "./find-chromium.ts";
import { recordMarks } from "./mark-history.ts";

export interface PageOptions {
  readonly language: PageLanguage;
  /** CSS pixels. Default 1280. */
  readonly width?: number;
  readonly height?: number;
  /** What a test brings about itself and a browser then writes into its console. */
  readonly allowed?: RegExp;
  readonly context?: BrowserContextOptions;
}

export interface OpenedPage {
  readonly page: Page;
  readonly words: PageWords;
}

export const widths = { desktop: 1280, phone: 390 } as const;

/** Both languages and both widths in two visits, for what takes long; the other way round in `crossed`. */
export const straight = [
  { language: "fa", width: widths.desktop },
  { language: "en", width: widths.phone },
] as const;
export const crossed = [
  { language: "fa", width: widths.phone },
  { language: "en", width: widths.desktop },
] as const;
const patienceMs = 60_000;

/**
 * The sandbox's page in a real browser of its own. Fails the test if the page asks anything of another origin, breaks its
 * content security policy, throws, or writes an error into the console.
 */
export async function openPage(url: string, options: PageOptions): Promise<OpenedPage> {
  const { language, width = widths.desktop, height = width < 600 ? 844 : 900 } = options;
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: findChromium(),
    // Chromium's own sandbox does not work for root, which CI often is.
    args: ["--disable-gpu", ...(isRoot ? ["--no-sandbox"] : [])],
  });
  const faults: string[] = [];
  onTestFinished(async () => {
    await browser.close();
    expect(faults).toEqual([]);
  });
  const context = await browser.newContext({ viewport: { width, height }, ...options.context });
  context.setDefaultTimeout(patienceMs);
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await recordMarks(context);
  const page = await context.newPage();
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) faults.push(`asked ${request.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (!options.allowed?.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`threw: ${error.message}`));

  await page.goto(`${url}/?lang=${language}`);
  await page.getByText(readWords(language).live ?? "", { exact: true }).waitFor();
  return { page, words: readWords(language) };
}

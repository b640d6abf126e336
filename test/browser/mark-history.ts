import type { BrowserContext, Page } from "playwright-core";

interface SeenMark {
  /** All that the message shows, the mark under it too. */
  readonly message: string;
  readonly sign: string;
}

declare global {
  interface Window {
    seenMarks: SeenMark[];
  }
}

/** Writes down every mark that the page shows from now on: a tick may stand for less time than a test takes to look. */
export async function recordMarks(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.seenMarks = [];
    const look = (node: Node) => {
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      for (let text: Node | null = node; text; text = texts.nextNode()) {
        const sign = text.nodeType === Node.TEXT_NODE && /^[⏳✓◐✗⚠∅⊘]+/.exec(text.textContent ?? "")?.[0];
        const message = sign && text.parentElement?.closest("[role=log] > *")?.textContent;
        if (sign && message) window.seenMarks.push({ message, sign });
      }
    };
    new MutationObserver((changes) => {
      for (const { addedNodes, target, type } of changes) {
        if (type === "characterData") look(target);
        for (const node of addedNodes) look(node);
      }
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
}

/** The marks that stood under the message with this text, in their order. */
export async function marksUnder(page: Page, text: string): Promise<string[]> {
  const seen = await page.evaluate(() => window.seenMarks);
  const signs = seen.filter(({ message }) => message.includes(text)).map(({ sign }) => sign);
  return signs.filter((sign, index) => sign !== signs[index - 1]);
}

import type { Page } from "playwright-core";

/** What does not fit: the page scrolls sideways, a control is cut off, or a text runs out of its box. */
export async function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}#${element.id} ${(element.textContent ?? "").trim().slice(0, 40)}`;
    if (document.documentElement.scrollWidth > width)
      found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    /** What lies in a box that scrolls sideways on purpose is reached there. */
    const isInScroller = (element: Element): boolean =>
      element.parentElement !== null &&
      (["auto", "scroll"].includes(getComputedStyle(element.parentElement).overflowX) &&
      element.parentElement.matches("ul")
        ? true
        : isInScroller(element.parentElement));
    for (const element of document.querySelectorAll("button, input, select, a, p, h1, h2, h3, li, [role=log] > *")) {
      const box = element.getBoundingClientRect();
      // What is not shown, and what only screen readers find.
      if (box.width <= 1 || box.bottom < 0 || isInScroller(element)) continue;
      if (box.left < -0.5 || box.right > width + 0.5) found.push(`${name(element)}: ${box.left} to ${box.right}`);
    }
    for (const log of document.querySelectorAll("[role=log]")) {
      if (log.scrollWidth > log.clientWidth) found.push(`${name(log)} scrolls sideways`);
    }
    return found;
  });
}

/** Telephone numbers and times on the page whose signs do not follow one another from left to right. */
export async function findTornNumbers(page: Page): Promise<{ whole: string[]; torn: string[] }> {
  return page.evaluate(() => {
    const pattern = /[+0-9۰-۹][0-9۰-۹ \u00a0:]{2,}[0-9۰-۹]/g;
    const whole: string[] = [];
    const torn: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      for (const { 0: written, index } of (node.textContent ?? "").matchAll(pattern)) {
        const boxes = [...written].map((_sign, at) => {
          const range = document.createRange();
          range.setStart(node, index + at);
          range.setEnd(node, index + at + 1);
          return range.getBoundingClientRect();
        });
        // A space at which a line ends hangs over that end, wherever it is.
        const shown = boxes.filter(({ width }, at) => width > 0 && written[at] !== " ");
        if (shown.length < written.length / 2) continue;
        const isWhole = shown.every((box, at) => {
          const before = shown[at - 1];
          // It may go on in the next line, as it does in Telegram.
          return before === undefined || box.left > before.left || box.top > before.top + box.height / 2;
        });
        (isWhole ? whole : torn).push(written);
      }
    }
    return { whole, torn };
  });
}

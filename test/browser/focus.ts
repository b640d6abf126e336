import type { Page } from "playwright-core";
import { expect } from "vitest";

export interface Focused {
  readonly name: string;
  /** Whether a person sees where the focus is: an outline around the element or what stands for it, inside the window. */
  readonly isVisible: boolean;
}

/** What has the focus, by the name that a screen reader says. */
export async function readFocus(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: "", isVisible: false };
    const isField =
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement;
    const label = isField ? element.labels?.[0] : null;
    const caption = label?.cloneNode(true) as HTMLElement | undefined;
    for (const select of caption?.querySelectorAll("select") ?? []) select.remove();
    const name = element.getAttribute("aria-label") ?? caption?.textContent ?? element.textContent ?? "";
    const shown = [element, ...(label?.querySelectorAll("span") ?? [])];
    const box = element.getBoundingClientRect();
    return {
      name: name.trim(),
      isVisible:
        shown.some((one) => getComputedStyle(one).outlineStyle === "solid") && box.bottom > 0 && box.top < innerHeight,
    };
  });
}

/** Presses Tab until that has the focus; on the way the focus is always seen. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press("Tab");
    const focused = await readFocus(page);
    if (focused.name !== "") expect(focused).toMatchObject({ isVisible: true });
    if (focused.name.startsWith(name)) return;
    passed.push(focused.name);
  }
  throw new Error(`Tab never came to "${name}", only to ${passed.join(", ")}`);
}

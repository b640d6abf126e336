/** The element of the page with this id. Throws where the page has none with this tag. */
export function find<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, id: string): HTMLElementTagNameMap[Tag] {
  const element = document.querySelector<HTMLElementTagNameMap[Tag]>(`${tag}#${id}`);
  if (!element) throw new Error(`the page has no <${tag} id="${id}">`);
  return element;
}

type Attributes = { readonly [name in `aria-${string}` | `data-${string}`]?: string | undefined };
type Properties<Tag extends keyof HTMLElementTagNameMap> = {
  readonly [name in keyof HTMLElementTagNameMap[Tag]]?: HTMLElementTagNameMap[Tag][name];
};

/** An element with properties, `aria-…` and `data-…` attributes, and children; text is never read as HTML. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties<Tag> & Attributes = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (/^(aria-|data-)/.test(name)) element.setAttribute(name, String(value));
    else Object.assign(element, { [name]: value });
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** How a list is shown: what makes an item the same as before, and what it looks like. */
export interface View<Item> {
  readonly keyOf: (item: Item) => string | number;
  readonly view: (item: Item) => HTMLElement;
  /** What stands there when there is nothing. */
  readonly empty?: () => HTMLElement;
}

const emptyKey = "nothing";
const signatures = new WeakMap<Element, string>();

/**
 * Makes the children of `parent` those of `items`, and touches only what has changed, so that focus, scrolling and what a
 * screen reader has read stay where they are.
 */
export function show<Item>(parent: HTMLElement, items: readonly Item[], { keyOf, view, empty }: View<Item>): void {
  const before = new Map(childrenOf(parent).map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;

  function put(key: string, signature: string, draw: () => HTMLElement): void {
    let child = before.get(key);
    before.delete(key);
    if (!child || signatures.get(child) !== signature) {
      const fresh = draw();
      fresh.dataset.key = key;
      signatures.set(fresh, signature);
      if (child) {
        if (place === child) place = fresh;
        replaceKeepingFocus(child, fresh);
      } else {
        fresh.classList.add("fresh");
      }
      child = fresh;
    }
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }

  for (const item of items) put(String(keyOf(item)), JSON.stringify(item), () => view(item));
  if (items.length === 0 && empty) {
    const nothing = empty();
    put(emptyKey, nothing.textContent, () => nothing);
  }
  for (const gone of before.values()) gone.remove();
}

/**
 * As `show`, for a talk that grows at its end: stays at the end unless somebody has scrolled up, and goes there when it is another
 * talk, `of` somebody else.
 */
export function showTalk<Item>(parent: HTMLElement, of: string, items: readonly Item[], how: View<Item>): void {
  const isAtEnd = parent.scrollHeight - parent.scrollTop - parent.clientHeight < 80 || parent.dataset.of !== of;
  parent.dataset.of = of;
  show(parent, items, how);
  if (isAtEnd) parent.scrollTop = parent.scrollHeight;
}

/** Whoever writes wants to see it: the next time that this talk is shown it is at its end. */
export function goToEnd(talk: HTMLElement): void {
  delete talk.dataset.of;
}

/** Of many buttons in a list one is reached with Tab, and the others from there with the arrows. */
export function moveByArrows(list: HTMLElement, selector: string): void {
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const buttons = [...list.querySelectorAll<HTMLElement>(selector)];
    const at = buttons.findIndex((button) => button.matches(":focus"));
    if (step === undefined || at === -1) return;
    event.preventDefault();
    buttons[at + step]?.focus();
  });
}

function childrenOf(parent: HTMLElement): HTMLElement[] {
  return [...parent.children].filter((child) => child instanceof HTMLElement);
}

function replaceKeepingFocus(old: HTMLElement, fresh: HTMLElement): void {
  const active = document.activeElement;
  const focused = active instanceof HTMLElement && old.contains(active) ? active.dataset.focus : undefined;
  old.replaceWith(fresh);
  if (focused === undefined) return;
  const again =
    fresh.dataset.focus === focused ? fresh : fresh.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`);
  again?.focus();
}

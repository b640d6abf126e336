export const find = (id) => document.getElementById(id);

/** An element with properties, `aria-…` and `data-…` attributes, and children; text is never read as HTML. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (/^(aria-|data-)/.test(name)) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/**
 * Makes the children of `parent` those of `items`, and touches only what has changed, so that focus, scrolling and what a
 * screen reader has read stay where they are.
 */
export function show(parent, items, { keyOf, view }) {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    const signature = JSON.stringify(item);
    let child = before.get(key);
    before.delete(key);
    if (child?.signature !== signature) {
      const fresh = view(item);
      fresh.dataset.key = key;
      fresh.signature = signature;
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
  for (const gone of before.values()) gone.remove();
}

/** As `show`, for a list that grows at its end: stays at the end unless somebody has scrolled up. */
export function showTalk(parent, items, how) {
  const isAtEnd = parent.scrollHeight - parent.scrollTop - parent.clientHeight < 80;
  show(parent, items, how);
  if (isAtEnd) parent.scrollTop = parent.scrollHeight;
}

/** Posts JSON to the simulators. Resolves to the answer; rejects with its reason. */
export async function post(path, body) {
  const response = await fetch(`/sandbox${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? String(response.status));
  return answer;
}

function replaceKeepingFocus(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  old.replaceWith(fresh);
  if (focused === undefined) return;
  const again = fresh.dataset.focus === focused ? fresh : fresh.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
  again?.focus();
}

/** A `<details>` that closes with Escape, and with a click elsewhere. */
export function createMenu(menu: HTMLDetailsElement) {
  function leave(): void {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }

  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) leave();
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  return { leave };
}

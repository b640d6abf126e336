import type { PageState } from "../state.ts";
import { find } from "./dom.ts";
import { type Fail, post } from "./post.ts";
import { say } from "./words.ts";

/** The bridge, which can be killed and started, and the panels it talks to. */
export function createBridge({ fail }: { fail: Fail }) {
  const box = find("div", "bridge");
  const kill = find("button", "kill-bridge");
  const start = find("button", "start-bridge");
  const radios = [...find("fieldset", "choice").querySelectorAll("input")];
  let latest: PageState | undefined;

  kill.addEventListener("click", () => {
    post("/bridge", { do: "kill" }).catch(fail);
  });
  start.addEventListener("click", () => {
    post("/bridge", { do: "start" }).catch(fail);
  });
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      post("/panels", { panel: radio.value }).catch((error) => {
        fail(error);
        if (latest) render(latest);
      });
    });
  }

  function render(state: PageState): void {
    latest = state;
    const isDown = state.bridge.state === "down";
    const hadFocus = [kill, start].some((button) => button === document.activeElement);
    box.className = `life is-${state.bridge.state}`;
    find("span", "bridge-state").textContent = say(`bridge-${state.bridge.state}`);
    find("p", "bridge-hint").hidden = !isDown;
    kill.hidden = isDown;
    start.hidden = !isDown;
    if (hadFocus) (isDown ? start : kill).focus();
    for (const radio of radios) radio.checked = radio.value === state.choice;
  }

  return { render };
}

import type { PageState } from "../state.ts";
import { find } from "./dom.ts";
import { type Fail, post } from "./post.ts";
import { createSwitch } from "./switch.ts";
import { say } from "./words.ts";

/** The bridge, which can be killed and started, the panels it talks to, and what its bot speaks. */
export function createBridge({ fail }: { fail: Fail }) {
  const box = find("div", "bridge");
  const kill = find("button", "kill-bridge");
  const start = find("button", "start-bridge");
  const panels = createSwitch({ id: "choice", ask: (panel) => post("/panels", { panel }), fail });
  const language = createSwitch({ id: "bot-language", ask: (value) => post("/language", { language: value }), fail });
  const hours = createSwitch({ id: "hours", ask: (value) => post("/hours", { hours: value }), fail });

  kill.addEventListener("click", () => {
    post("/bridge", { do: "kill" }).catch(fail);
  });
  start.addEventListener("click", () => {
    post("/bridge", { do: "start" }).catch(fail);
  });

  function render(state: PageState): void {
    const isDown = state.bridge.state === "down";
    const hadFocus = [kill, start].some((button) => button === document.activeElement);
    box.className = `life is-${state.bridge.state}`;
    find("span", "bridge-state").textContent = say(`bridge-${state.bridge.state}`);
    find("p", "bridge-hint").hidden = !isDown;
    kill.hidden = isDown;
    start.hidden = !isDown;
    if (hadFocus) (isDown ? start : kill).focus();
    panels.render(state.choice);
    language.render(state.language);
    hours.render(state.hours);
  }

  return { render };
}

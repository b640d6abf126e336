import type { PageState } from "../state.ts";
import { find, make, show } from "./dom.ts";
import { say, spellExactTime } from "./words.ts";

type Call = PageState["log"][number];

/** The calls on the wire, the newest first. */
export function renderWire({ log }: PageState): void {
  show(find("ol", "log"), [...log].reverse(), {
    keyOf: ({ id }) => id,
    view: viewCall,
    empty: () => make("li", { className: "empty", textContent: say("wire-empty") }),
  });
}

function viewCall({ side, at, asked, answered, isBad, isUnanswered, times }: Call): HTMLElement {
  const answer = isUnanswered ? say("wire-unanswered") : (answered ?? say("wire-waiting"));
  return make(
    "li",
    { className: isBad || isUnanswered ? "bad" : "" },
    make("time", { textContent: spellExactTime(at) }),
    make("bdi", { className: `side ${side}`, textContent: say(`side-${side}`) }),
    make(
      "p",
      {},
      make("code", { textContent: asked }),
      " → ",
      make("bdi", { className: "answered", textContent: answer }),
    ),
    times > 1 ? make("span", { className: "times", textContent: `×${times}` }) : undefined,
  );
}

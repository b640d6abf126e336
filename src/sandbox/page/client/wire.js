import { find, make, post, show } from "./dom.js";
import { say, spellExactTime } from "./words.js";

const panelTroubles = ["none", "slow", "credit", "silent"];

/** What a person can do to panels and Telegram, and the calls on the wire. */
export function createWire({ fail }) {
  find("telegram-trouble").addEventListener("change", ({ target }) => {
    post("/telegram/trouble", { trouble: target.value }).catch(fail);
  });

  function viewPanel({ kind, trouble }) {
    const select = make(
      "select",
      { "data-focus": kind },
      ...panelTroubles.map((one) =>
        make("option", { value: one, selected: one === trouble, textContent: say(`panel-${one}`) }),
      ),
    );
    select.addEventListener("change", () => {
      post(`/panels/${kind}/trouble`, { trouble: select.value }).catch(fail);
    });
    return make("label", { className: "field" }, make("span", { textContent: say(`side-${kind}`) }), select);
  }

  return {
    render({ panels, telegram, log }) {
      show(find("panels"), panels, { keyOf: ({ kind }) => kind, view: viewPanel });
      find("telegram-trouble").value = telegram.trouble;
      const lines = log.length > 0 ? [...log].reverse() : [{ isNone: true, id: "none" }];
      show(find("log"), lines, { keyOf: ({ id }) => id, view: viewLine });
    },
  };
}

function viewLine({ isNone, side, at, asked, answered, isBad, isUnanswered, times }) {
  if (isNone) return make("li", { className: "empty", textContent: say("wire-empty") });
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

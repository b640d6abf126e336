import type { PageState } from "../state.ts";
import { find, make, show } from "./dom.ts";
import { type Fail, post } from "./post.ts";
import { say } from "./words.ts";

type Panel = PageState["panels"][number];

const panelTroubles: readonly Panel["trouble"][] = ["none", "slow", "credit", "silent"];

/** What a person can do to panels and Telegram, and at each trouble what is to be seen then. */
export function createTroubles({ fail }: { fail: Fail }) {
  const ofTelegram = find("select", "telegram-trouble");
  ofTelegram.addEventListener("change", () => {
    post("/telegram/trouble", { trouble: ofTelegram.value }).catch(fail);
  });

  function viewPanel({ kind, trouble }: Panel): HTMLElement {
    const select = make(
      "select",
      { "data-focus": kind, "aria-describedby": `${kind}-hint` },
      ...panelTroubles.map((one) =>
        make("option", { value: one, selected: one === trouble, textContent: say(`panel-${one}`) }),
      ),
    );
    select.addEventListener("change", () => {
      post(`/panels/${kind}/trouble`, { trouble: select.value }).catch(fail);
    });
    const hint = trouble === "none" ? "" : say(`panel-${trouble}-hint`);
    return make(
      "div",
      { className: "field" },
      make("label", {}, make("span", { textContent: say(`side-${kind}`) }), select),
      make("p", { id: `${kind}-hint`, className: "hint", textContent: hint }),
    );
  }

  return {
    render({ panels, telegram: { trouble } }: PageState): void {
      const shown = panels.map(({ kind, trouble: ofPanel, lines }) => ({ kind, trouble: ofPanel, lines }));
      show(find("div", "panels"), shown, { keyOf: ({ kind }) => kind, view: viewPanel });
      ofTelegram.value = trouble;
      find("p", "telegram-hint").textContent = say(`telegram-${trouble}-hint`);
    },
  };
}

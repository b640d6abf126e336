import type { PageState } from "../state.ts";
import { find, goToEnd, make, show, showTalk } from "./dom.ts";
import { type Fail, post } from "./post.ts";
import { say, spellNumber, spellTime } from "./words.ts";

type Sms = PageState["handsets"][number]["thread"][number];
type Line = { readonly line: string; readonly kind: PageState["panels"][number]["kind"] };
type Chip = { readonly number: string; readonly isOn: boolean; readonly isOpen: boolean };

const burstCount = 20;

/** The phones: which is open, its SMS, and the form to write one. */
export function createHandsets({ fail, onSend }: { fail: Fail; onSend: (text?: string) => void }) {
  const talk = find("div", "thread");
  const field = find("input", "sms");
  const line = find("select", "line");
  const power = find("input", "power");
  const burst = find("button", "burst");
  const submit = find("button", "send-sms");
  const add = find("button", "add-handset");
  let open: string | undefined;
  let latest: PageState | undefined;

  const addOne = async (asked: { service?: true }) => {
    const made = await post<{ number: string }>("/phones", asked).catch(fail);
    if (!made) return;
    choose(made.number);
    field.focus();
  };
  add.addEventListener("click", () => void addOne({}));
  find("button", "add-service").addEventListener("click", () => void addOne({ service: true }));
  power.addEventListener("change", () => {
    post(`/phones/${open}/power`, { on: power.checked }).catch(fail);
  });
  burst.addEventListener("click", () => {
    follow();
    post(`/phones/${open}/burst`, { count: burstCount, to: line.value }).catch(fail);
  });
  find("form", "write-sms").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "" || open === undefined) return;
    follow(text);
    field.value = "";
    const pushed = await post(`/phones/${open}/sms`, { text, to: line.value }).catch(fail);
    if (!pushed) field.value ||= text;
  });

  function follow(text?: string): void {
    goToEnd(talk);
    onSend(text);
  }

  function choose(number: string): void {
    open = number;
    if (latest) render(latest);
  }

  function render(state: PageState): void {
    latest = state;
    const { handsets, panels } = state;
    open ??= handsets[0]?.number;
    const chips = handsets.map(({ number, isOn }) => ({ number, isOn, isOpen: number === open }));
    show(find("fieldset", "handsets"), chips, { keyOf: ({ number }) => number, view: viewChip });
    const lines = panels.flatMap((panel) => panel.lines.map((one) => ({ line: one, kind: panel.kind })));
    show(line, lines, { keyOf: (one) => one.line, view: viewLine });
    find("div", "line-row").hidden = lines.length < 2;

    const handset = handsets.find(({ number }) => number === open);
    const isOn = handset?.isOn ?? true;
    power.checked = isOn;
    power.disabled = handset === undefined;
    add.classList.toggle("is-next", handset === undefined);
    find("section", "phones").classList.toggle("is-off", !isOn);
    for (const control of [field, submit, burst]) control.disabled = !isOn || handset === undefined;
    const shown =
      handset?.thread.map((sms, index) => ({ ...sms, key: `${handset.number}-${handset.earlier + index}` })) ?? [];
    showTalk(talk, open ?? "", shown, {
      keyOf: ({ key }) => key,
      view: viewSms,
      empty: () => make("p", { className: "empty", textContent: say(handset ? "no-sms" : "no-phone") }),
    });
  }

  function viewChip({ number, isOn, isOpen }: Chip): HTMLElement {
    const chip = make(
      "button",
      { type: "button", className: isOn ? "" : "off", "aria-pressed": String(isOpen), "data-focus": number },
      spellNumber(number),
    );
    chip.addEventListener("click", () => choose(number));
    return chip;
  }

  return { render };
}

function viewLine({ line, kind }: Line): HTMLElement {
  return make("option", { value: line, textContent: `${spellNumber(line)} · ${say(`side-${kind}`)}` });
}

function viewSms({ direction, line, text, at }: Sms): HTMLElement {
  const isSent = direction === "sent";
  return make(
    "div",
    { className: `bubble ${isSent ? "mine" : "theirs"}` },
    make("p", { className: "text", dir: "auto", textContent: text }),
    make("p", {
      className: "meta",
      textContent: `${say(isSent ? "sent-to" : "came-from", { line: spellNumber(line) })} · ${spellTime(at)}`,
    }),
  );
}

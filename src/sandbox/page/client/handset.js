import { find, make, post, show, showTalk } from "./dom.js";
import { say, spellNumber, spellTime } from "./words.js";

/** The phones: which is open, its SMS, and the form to write one. */
export function createHandsets({ fail, onSend }) {
  let open;
  let latest;

  find("add-handset").addEventListener("click", async () => {
    const made = await post("/phones", {}).catch(fail);
    if (!made) return;
    open = made.number;
    if (latest) render(latest);
    find("sms").focus();
  });
  find("power").addEventListener("change", ({ target }) => {
    post(`/phones/${open}/power`, { on: target.checked }).catch(fail);
  });
  find("write-sms").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = find("sms");
    const text = field.value.trim();
    if (text === "" || open === undefined) return;
    onSend();
    field.value = "";
    const pushed = await post(`/phones/${open}/sms`, { text, to: find("line").value }).catch(fail);
    if (!pushed) field.value ||= text;
  });

  function render(state) {
    latest = state;
    const { handsets, panels } = state;
    if (handsets.length > 0 && open === undefined) open = handsets[0].number;
    const chips = handsets.map(({ number, isOn }) => ({ number, isOn, isOpen: number === open }));
    show(find("handsets"), chips, { keyOf: ({ number }) => number, view: viewChip });
    const lines = panels.flatMap((panel) => panel.lines.map((line) => ({ line, kind: panel.kind })));
    show(find("line"), lines, { keyOf: ({ line }) => line, view: viewLine });
    find("line-row").hidden = lines.length < 2;

    const handset = handsets.find(({ number }) => number === open);
    const isOn = handset?.isOn ?? true;
    find("power").checked = isOn;
    find("power").disabled = handset === undefined;
    find("phones").classList.toggle("is-off", !isOn);
    find("sms").disabled = !isOn || handset === undefined;
    find("write-sms").querySelector("button").disabled = find("sms").disabled;
    const thread = (handset?.thread ?? []).map((sms, index) => ({ ...sms, index, number: open }));
    const shown = thread.length > 0 ? thread : [{ isNone: true, index: "none" }];
    showTalk(find("thread"), shown, { keyOf: ({ number, index }) => `${number}-${index}`, view: viewSms });
  }

  function viewChip({ number, isOn, isOpen }) {
    const chip = make(
      "button",
      { type: "button", className: isOn ? "" : "off", "aria-pressed": String(isOpen), "data-focus": number },
      spellNumber(number),
    );
    chip.addEventListener("click", () => {
      open = number;
      render(latest);
    });
    return chip;
  }

  return { render };
}

function viewLine({ line, kind }) {
  return make("option", { value: line, textContent: `${spellNumber(line)} · ${say(`side-${kind}`)}` });
}

function viewSms({ isNone, direction, line, text, at }) {
  if (isNone) return make("p", { className: "empty", textContent: say("no-sms") });
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

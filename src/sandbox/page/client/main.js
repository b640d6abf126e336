import { find } from "./dom.js";
import { createHandsets } from "./handset.js";
import { createTelegram } from "./telegram.js";
import { createWire } from "./wire.js";
import { say, spellNumber } from "./words.js";

const noticeMs = 6000;
let hideNotice;

const telegram = createTelegram({ fail, tell });
const handsets = createHandsets({ fail, onSend: telegram.follow });
const wire = createWire({ fail });
let before;

const events = new EventSource("/sandbox/events");
events.addEventListener("open", () => showLive(true));
events.addEventListener("error", () => showLive(false));
events.addEventListener("state", ({ data }) => {
  const state = JSON.parse(data);
  for (const part of [handsets, telegram, wire]) part.render(state);
  if (before) sayWhatIsNew(before, state);
  before = state;
});

function showLive(isLive) {
  const sign = find("live");
  sign.classList.toggle("is-away", !isLive);
  sign.textContent = isLive ? sign.dataset.live : sign.dataset.away;
}

function fail(error) {
  notify(say("not-done", { reason: error.message }), true);
}

/** What Telegram shows for a moment over the chat. */
function tell(text) {
  notify(text, false);
}

function notify(text, isBad) {
  const notice = find("notice");
  notice.classList.toggle("is-bad", isBad);
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(hideNotice);
  hideNotice = setTimeout(() => {
    notice.hidden = true;
  }, noticeMs);
}

/** For a screen reader: where something came in. */
function sayWhatIsNew(old, state) {
  const sizes = new Map(old.handsets.map(({ number, thread }) => [number, thread.at(-1)?.at ?? 0]));
  const lasts = new Map(old.telegram.topics.map(({ id, messages }) => [id, messages.at(-1)?.id ?? 0]));
  const rung = state.handsets.find(({ number, thread }) => {
    const last = thread.at(-1);
    return last?.direction === "received" && last.at > (sizes.get(number) ?? 0);
  });
  const grown = state.telegram.topics.find(({ id, messages }) => {
    const last = messages.at(-1);
    return last?.from.isBot && last.replyTo === undefined && last.id > (lasts.get(id) ?? 0);
  });
  if (rung) find("said").textContent = say("said-sms", { number: spellNumber(rung.number) });
  else if (grown) find("said").textContent = say("said-topic", { topic: grown.name });
}

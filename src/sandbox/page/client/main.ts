import type { PageState } from "../state.ts";
import { createBridge } from "./bridge.ts";
import { find } from "./dom.ts";
import { createHandsets } from "./handset.ts";
import { createTelegram } from "./telegram.ts";
import { createTroubles } from "./trouble.ts";
import { renderWire } from "./wire.ts";
import { say, spellNumber } from "./words.ts";

const noticeMs = 6000;
let hideNotice: number | undefined;

const telegram = createTelegram({ fail, tell });
const handsets = createHandsets({ fail, onSend: telegram.follow });
const troubles = createTroubles({ fail });
const bridge = createBridge({ fail });
let before: PageState | undefined;

const events = new EventSource("/sandbox/events");
events.addEventListener("open", () => showLive(true));
events.addEventListener("error", () => showLive(false));
events.addEventListener("state", ({ data }) => {
  const state: PageState = JSON.parse(data);
  bridge.render(state);
  handsets.render(state);
  telegram.render(state);
  troubles.render(state);
  renderWire(state);
  if (before) sayWhatIsNew(before, state);
  before = state;
});

function showLive(isLive: boolean): void {
  const sign = find("p", "live");
  sign.classList.toggle("is-away", !isLive);
  sign.textContent = say(isLive ? "live" : "away");
}

function fail(error: unknown): undefined {
  notify(say("not-done", { reason: error instanceof Error ? error.message : String(error) }), true);
}

/** What Telegram shows for a moment over the chat. */
function tell(text: string): void {
  notify(text, false);
}

function notify(text: string, isBad: boolean): void {
  const notice = find("p", "notice");
  notice.classList.toggle("is-bad", isBad);
  notice.textContent = text;
  notice.hidden = false;
  window.clearTimeout(hideNotice);
  hideNotice = window.setTimeout(() => {
    notice.hidden = true;
  }, noticeMs);
}

/** For a screen reader: where something came in. */
function sayWhatIsNew(old: PageState, state: PageState): void {
  const lastSms = new Map(old.handsets.map(({ number, thread }) => [number, thread.at(-1)?.at ?? 0]));
  const lastPosts = new Map(old.telegram.topics.map(({ id, messages }) => [id, messages.at(-1)?.id ?? 0]));
  const rung = state.handsets.find(({ number, thread }) => {
    const last = thread.at(-1);
    return last?.direction === "received" && last.at > (lastSms.get(number) ?? 0);
  });
  const grown = state.telegram.topics.find(({ id, messages }) => {
    const last = messages.at(-1);
    return last?.from.isBot && last.replyTo === undefined && last.id > (lastPosts.get(id) ?? 0);
  });
  if (rung) find("p", "said").textContent = say("said-sms", { number: spellNumber(rung.number) });
  else if (grown) find("p", "said").textContent = say("said-topic", { topic: grown.name });
}

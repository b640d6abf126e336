import type { InlineKeyboardButton } from "grammy/types";
import { type Conversation, phaseOf } from "../../core/model/conversation.ts";
import type { MessageId } from "../../core/model/ids.ts";
import { type Peer, spellNumber } from "../../core/model/phone.ts";
import { renderOptOut } from "../posts/render-post.ts";
import { withoutDirection } from "../texts/direction.ts";
import type { Phrases, Words } from "../texts/i18n.ts";
import { sayWithCode } from "../texts/rich.ts";
import { isName, spellPeer } from "../texts/spell-peer.ts";
import type { DeskSettings, Rendered } from "../types.ts";
import { type CardAction, encodeCardPress } from "./press.ts";

/** The head of a topic: who it is, how it stands, who has it, and what can be done. */
export function renderCard(words: Words, sends: DeskSettings["sends"], conversation: Conversation): Rendered {
  const head = renderCustomer(words, conversation);
  const text = [head.text, ...hintsFor(words, sends, conversation.peer)].join("\n");
  return { ...head, text, keyboard: buttonsOf(words, conversation) };
}

/** What a card tells of a customer in any place: nothing of what is done where it stands. */
export function renderCustomer(words: Words, conversation: Conversation): Rendered {
  const { peer, name, line } = conversation;
  const who = sayWithCode(words, "card-who", "number", { number: spellPeer(words, peer) });
  const lines = [
    ...(name === undefined ? [] : [words.say("card-named", { name: withoutDirection(name) })]),
    ...(line === undefined ? [] : [words.say("card-line", { line: spellNumber(line) })]),
    standing(words, conversation),
    ...since(words, conversation),
  ];
  return { ...who, text: [who.text, ...lines].join("\n") };
}

/** What can be done, where no card tells who has the thread: a button does. `asks`: the SMS there that may mean an opt-out. */
export function renderActions(words: Words, conversation: Conversation, asks?: MessageId): InlineKeyboardButton[][] {
  const { claim } = conversation;
  const release = claim && words.say("action-release-from", { name: withoutDirection(claim.by.name) });
  const optOut = asks === undefined ? [] : [renderOptOut(words, asks)];
  return [...optOut, ...buttonsOf(words, conversation, release)];
}

function standing(words: Words, conversation: Conversation): string {
  const { claim, snoozedUntil, seq, lastAnswer } = conversation;
  const phase = phaseOf(conversation);
  if (phase === "waiting" && seq === 0 && !lastAnswer) return words.say("card-silent");
  if (phase === "in-hand" && claim) return words.say("card-in-hand", { name: claim.by.name });
  if (phase === "waiting" && claim) return words.say("card-waiting-by", { name: claim.by.name });
  if (phase === "snoozed" && snoozedUntil !== undefined) {
    return words.say("card-snoozed", { time: words.spellTime(snoozedUntil) });
  }
  return words.say(`card-${phase}`);
}

/** What holds for as long as it stands so: whoever wrote again meanwhile has waited since then, and was answered then. */
function since(words: Words, conversation: Conversation): string[] {
  const { waitingSince, lastAnswer } = conversation;
  const phase = phaseOf(conversation);
  if (phase === "blocked" || phase === "closed") return [];
  if (waitingSince !== undefined) return [words.say("card-waits-since", { time: words.spellTime(waitingSince) })];
  return lastAnswer ? [words.say("card-answered-at", { time: words.spellTime(lastAnswer.at) })] : [];
}

function buttonsOf(
  words: Words,
  { claim, closedAt, snoozedUntil, blockedAt }: Conversation,
  release = words.say("action-release"),
): InlineKeyboardButton[][] {
  const button = (action: CardAction, text = words.say(`action-${action}`)): InlineKeyboardButton => ({
    text,
    callback_data: encodeCardPress(action),
  });
  if (blockedAt !== undefined) return [[button("unblock"), button("name")]];
  if (closedAt !== undefined) return [[button("reopen"), button("block"), button("name")]];
  const rest = snoozedUntil === undefined ? [button("snooze-hour"), button("snooze-morning")] : [button("unsnooze")];
  const taken = claim ? button("release", release) : button("claim");
  return [[taken, button("close")], rest, [button("block"), button("name")]];
}

function hintsFor(phrases: Phrases, sends: DeskSettings["sends"], peer: Peer): string[] {
  if (isName(peer)) return [phrases.say("card-name")];
  return sends === "all" ? [phrases.say("card-all"), phrases.say("card-note")] : [phrases.say(`card-${sends}`)];
}

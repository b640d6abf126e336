import { isTelephone, type Peer, spellNumber } from "../../core/model/phone.ts";
import { withoutDirection } from "./direction.ts";
import type { Phrases } from "./i18n.ts";

/** A name such as an advertiser's has no number behind it, so no panel could deliver an answer. */
export function isName(peer: Peer): boolean {
  return !isTelephone(peer) && !/^\d+$/.test(peer);
}

export function spellPeer(phrases: Phrases, peer: Peer): string {
  // A sender's name is anybody's text: one line of it, and nothing that turns the text around it.
  const spelled = withoutDirection(spellNumber(peer)).replace(/\s+/g, " ").trim();
  return spelled === "" ? phrases.say("peer-unknown") : spelled;
}

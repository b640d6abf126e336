import { resultOf } from "./wire.ts";
import { childOf, isNamed, type XmlElement } from "./xml.ts";

/** An SMS as a list of the panel has it: `MsgID`, `Sender`, `Receiver`, `Body`, `SendDate`. Empty where it is absent. */
export interface PanelMessage {
  readonly id: string;
  readonly sender: string;
  readonly receiver: string;
  /** `undefined`: there is a text under a name that nobody knows, which may be it. */
  readonly body: string | undefined;
  readonly sendDate: string;
  /** As it was written. */
  readonly markup: string;
}

/** The names that the panel and its sisters use in an SMS. Source: the vendor's sample, and the record of its sisters. */
const known = new Set(
  (
    "MsgID MsgType Body SendDate Sender Receiver Parts IsRead UserID LinkID NumberID Tariff Udh FirstLocation CurrentLocation " +
    "IsFlash IsUnicode Credit Module RecCount RecFailed RecSuccess IsMoneyBack"
  )
    .toLowerCase()
    .split(" "),
);

/**
 * The entries of a list, in the panel's order, however deep they stand: `Message`, `MessagesBL` as the panel's sisters call it,
 * or whatever holds both a `Body` and a `MsgID`. No list at all is an empty one. `undefined`: something is there of which nobody
 * knows an entry, a word or a list under other names.
 */
export function readMessages(response: XmlElement | undefined): readonly PanelMessage[] | undefined {
  if (!response) return [];
  const entries = entriesIn(response);
  if (entries.length === 0 && holdsText(response)) return undefined;
  return entries.filter(hasContent).map(toMessage);
}

/** A word in the place of a list is a refusal, though nobody knows which; a list that nobody can read has parts. */
export function isWord(response: XmlElement): boolean {
  const place = resultOf(response) ?? response;
  return place.children.length === 0 && holdsText(place);
}

function entriesIn(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => (isEntry(child) ? [child] : entriesIn(child)));
}

function isEntry(element: XmlElement): boolean {
  if (isNamed(element, "Message", "MessagesBL")) return true;
  return childOf(element, "Body") !== undefined && childOf(element, "MsgID") !== undefined;
}

/** `<Message xsi:nil="true" />` and `<Message />` stand for nothing. */
function hasContent(entry: XmlElement): boolean {
  return entry.children.length > 0 || entry.text.trim() !== "";
}

function holdsText(element: XmlElement): boolean {
  return (!element.isNil && element.text.trim() !== "") || element.children.some(holdsText);
}

/** A `Body` of parts is their texts; where it is left out, as .NET leaves out what is null, it is empty. */
function bodyOf(entry: XmlElement): string | undefined {
  const body = childOf(entry, "Body");
  if (body) return textOf(body);
  const others = entry.children.filter((child) => !known.has(child.name.toLowerCase()));
  return others.some(holdsText) || entry.text.trim() !== "" ? undefined : "";
}

/** Spaces between parts are only how they are set out. */
function textOf({ text, children }: XmlElement): string {
  const own = children.length > 0 && text.trim() === "" ? "" : text;
  return [own, ...children.map(textOf)].join("");
}

function toMessage(entry: XmlElement): PanelMessage {
  const at = (name: string) => childOf(entry, name)?.text ?? "";
  return {
    id: at("MsgID").trim(),
    sender: at("Sender").trim(),
    receiver: at("Receiver").trim(),
    body: bodyOf(entry),
    sendDate: at("SendDate").trim(),
    markup: entry.markup,
  };
}

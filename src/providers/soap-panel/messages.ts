import { resultOf } from "./wire.ts";
import { childOf, isNamed, type XmlElement } from "./xml.ts";

/** An SMS as a list of the panel has it: `MsgID`, `Sender`, `Receiver`, `Body`, `SendDate`. Empty where it is absent. */
export interface PanelMessage {
  readonly id: string;
  readonly sender: string;
  readonly receiver: string;
  readonly body: string;
  readonly sendDate: string;
  /** As it was written. */
  readonly markup: string;
}

/**
 * The entries of a list, in the panel's order, however deep they stand: `Message`, `MessagesBL` as the panel's sisters call it,
 * or whatever holds both a `Body` and a `MsgID`. No list at all is an empty one. `undefined`: there is a text in its place.
 */
export function readMessages(response: XmlElement | undefined): readonly PanelMessage[] | undefined {
  if (!response) return [];
  const entries = entriesIn(response);
  const result = resultOf(response);
  if (entries.length === 0 && result?.children.length === 0 && result.text.trim() !== "") return undefined;
  return entries.filter(hasContent).map(toMessage);
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

function toMessage(entry: XmlElement): PanelMessage {
  const at = (name: string) => childOf(entry, name)?.text ?? "";
  return {
    id: at("MsgID").trim(),
    sender: at("Sender").trim(),
    receiver: at("Receiver").trim(),
    body: at("Body"),
    sendDate: at("SendDate").trim(),
    markup: entry.markup,
  };
}

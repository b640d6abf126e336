import { writeWallTime } from "./dates.ts";
import type { StoredSms } from "./mailbox.ts";
import { spell } from "./numbers.ts";
import type { Oddities } from "./oddities.ts";
import { element, textElement } from "./xml.ts";

/** One message of a list: the eight fields that the vendor's own sample prints. */
export function messageElement(sms: StoredSms, odd: Oddities): string {
  const form = odd.numbers ?? "bare";
  const fields = [
    odd.msgId === "absent" ? "" : textElement("MsgID", odd.msgId === "zero" ? "0" : sms.id),
    // The values are a guess after a sister panel: 1 received, 2 sent.
    textElement("MsgType", sms.folder === "inbox" ? 1 : 2),
    textElement("Body", sms.text),
    textElement("SendDate", sms.sendDate ?? `${writeWallTime(sms.at)}${odd.sendDate === "offset" ? "+03:30" : ""}`),
    textElement("Sender", sms.folder === "inbox" ? spell(sms.from, form) : sms.from),
    textElement("Receiver", sms.folder === "inbox" ? sms.to : spell(sms.to, form)),
    textElement("Parts", sms.parts),
    textElement("IsRead", sms.isRead),
    odd.extraFields ? extraFields : "",
  ];
  return element(odd.messageName ?? "Message", fields.join(""));
}

const extraFields = Object.entries({
  UserID: 4711,
  LinkID: 0,
  NumberID: 12,
  Tariff: 1.5,
  Udh: "",
  FirstLocation: 1,
  CurrentLocation: 1,
  IsFlash: false,
  IsUnicode: true,
  Credit: 0,
  Module: 0,
  RecCount: 1,
  RecFailed: 0,
  RecSuccess: 1,
  IsMoneyBack: false,
})
  .map(([name, value]) => textElement(name, value))
  .join("");

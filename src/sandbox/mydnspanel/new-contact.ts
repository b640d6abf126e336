import { z } from "zod";
import { type Action, fromJsonText, parseFields, word } from "./action.ts";
import { MydnspanelRefusal, results } from "./codes.ts";
import { isReceiver } from "./receivers.ts";

const contactFields = z.object({
  phoneId: word,
  cNumber: word,
  cFields: fromJsonText(z.record(z.string(), word)).optional(),
});

/**
 * `newContact`. The contact is kept whatever becomes of its fields; their codes come back in `fields`, whose shape the
 * manual does not show: here by the id of the field, as they were sent.
 */
export const newContact: Action = (fields, { account }) => {
  const { phoneId, cNumber, cFields } = parseFields(contactFields, fields, results.badContact);
  if (!account.phoneBooks.has(phoneId)) throw new MydnspanelRefusal(results.badContactBook);
  if (!isReceiver(cNumber)) throw new MydnspanelRefusal(results.badContactNumber);
  const codes = account.phoneBooks.addContact(phoneId, cNumber, cFields ?? {});
  return cFields === undefined ? {} : { fields: codes };
};

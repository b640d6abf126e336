import { z } from "zod";
import type { Pattern } from "./account.ts";
import { type Action, type Fields, fromJsonText, parseFields, trySend, word } from "./action.ts";
import { writeSendId } from "./answer.ts";
import { MydnspanelRefusal, results } from "./codes.ts";
import { readReceivers } from "./receivers.ts";

const patternFields = z.object({ from: word, textCode: word, receivers: word, trySend });
const byNameOrPlace = z.object({ textData: fromJsonText(z.union([z.array(word), z.record(z.string(), word)])) });

/** `sendServices`: an approved pattern to one receiver. */
export const sendServices: Action = (fields, { account, ledger, form }) => {
  const sent = parseFields(patternFields, fields, results.incomplete);
  const line = account.findLine(sent.from);
  if (line === undefined) throw new MydnspanelRefusal(results.badPatternSender);
  const receivers = readReceivers(sent.receivers);
  if (!receivers) throw new MydnspanelRefusal(results.badPatternReceivers);
  if (receivers.length > 1) throw new MydnspanelRefusal(results.patternToMany);
  const pattern = account.patterns.find(({ textCode }) => String(textCode) === sent.textCode);
  if (!pattern) throw new MydnspanelRefusal(results.badPattern);
  const text = fill(pattern, readVariables(pattern, fields));
  account.charge(text, 1, results.noPatternCredit);
  return writeSendId(ledger.accept({ line, receivers, text, action: "sendServices", trySend: sent.trySend }), form);
};

/**
 * Values by `{name}`. The manual says only that `textData` is an array; public clients write it in two ways, and both are
 * read: a JSON object whose keys keep their braces (`{"{code}":"1234"}`), or by place, as `textData[0]=…` or a JSON array.
 */
function readVariables(pattern: Pattern, fields: Fields): ReadonlyMap<string, string> {
  const textData = fields.textData ?? readPlaces(fields);
  const given = parseFields(byNameOrPlace, { textData }, results.badPatternVariables).textData;
  if (!Array.isArray(given)) return new Map(Object.entries(given));
  if (given.length !== pattern.variables.length) throw new MydnspanelRefusal(results.badPatternVariables);
  return new Map(given.map((value, place) => [`{${pattern.variables[place]}}`, value]));
}

/** `textData[0]`, `textData[1]` and so on, up to the first that is missing. */
function readPlaces(fields: Fields): unknown[] {
  const values: unknown[] = [];
  while (fields[`textData[${values.length}]`] !== undefined) values.push(fields[`textData[${values.length}]`]);
  return values;
}

function fill(pattern: Pattern, values: ReadonlyMap<string, string>): string {
  if (pattern.variables.some((name) => !values.has(`{${name}}`))) {
    throw new MydnspanelRefusal(results.badPatternVariables);
  }
  return pattern.text.replace(/\{[^{}]+\}/g, (gap) => values.get(gap) ?? gap);
}

import type { Line } from "../../core/model/phone.ts";
import type { Log } from "../../core/ports/log.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { OutgoingSms, SendReceipt, TemplateSending } from "../../core/ports/sms-provider.ts";
import { requireCount } from "../count.ts";
import { toPanelLine } from "../numbers.ts";
import type { FieldValue } from "./body.ts";
import type { MydnspanelClient } from "./client.ts";
import { phoneBookCodes } from "./codes.ts";
import type { MydnspanelConfig } from "./config.ts";
import { requireTenDigits } from "./numbers.ts";
import { toReceiverId } from "./send-report.ts";
import { badTemplate, requireTemplate, valuesOf } from "./template.ts";
import { fieldOf, findFields, findSendId, readCode } from "./wire.ts";

/** The manual names no limit. */
export const receiversPerCall = 100;

type Settings = Pick<MydnspanelConfig, "from" | "patternFrom" | "receiverForm" | "textDataForm" | "otp" | "phoneBook">;
type Deps = { readonly client: MydnspanelClient; readonly log: Log };

/** One text to one or more receivers. */
export function createSend(settings: Settings, { client, log }: Deps) {
  return async ({ line, peers, text }: OutgoingSms, signal: AbortSignal): Promise<SendReceipt> => {
    requireCount("receivers", peers.length, receiversPerCall);
    const numbers = peers.map(requireTenDigits);
    const receivers = [...new Set(numbers)].map((number) => toReceiver(number, settings));
    const content = await client.send({ from: fromOf(line, settings.from), text, receivers }, signal);
    logPhoneBook(content, log);
    return toReceipt(findSendId(content), numbers);
  };
}

/** Patterns of the panel, and its one-time codes where they are configured. */
export function createTemplates(settings: Settings, { client }: Deps): TemplateSending {
  function require(written: unknown) {
    const template = requireTemplate(written);
    if (template.kind === "pattern" || settings.otp) return template;
    throw badTemplate('the template is a one-time code ("otp": true), and this provider has no setting "otp"');
  }

  return {
    valuesOf: (written) => valuesOf(require(written)),
    async send({ line, peer, template: written, values }, signal) {
      const template = require(written);
      if (valuesOf(template).length !== values.length) throw badTemplate("the template takes another number of values");
      const number = requireTenDigits(peer);
      const receiver = toReceiver(number, settings);
      if (template.kind === "one-time-code") {
        const code = requireCode(values[0] ?? "");
        return toReceipt(findSendId(await client.sendCode({ code, receiver }, signal)), [number]);
      }
      const textData = toTextData(template.variables, values, settings.textDataForm);
      const from = fromOf(line, settings.patternFrom);
      const sms = { from, textCode: template.textCode, textData, receiver };
      return toReceipt(findSendId(await client.sendServices(sms, signal)), [number]);
    },
  };
}

/**
 * The panel gives one id for a whole send. With several receivers each has that id and its own number, so that its report can be
 * told from the others'. Without an id the SMS was taken all the same.
 */
function toReceipt(sendId: string | undefined, numbers: readonly string[]): SendReceipt {
  if (sendId === undefined) return { ids: numbers.map(() => undefined) };
  if (new Set(numbers).size === 1) return { ids: numbers.map(() => sendId) };
  return { ids: numbers.map((number) => toReceiverId(sendId, number)), batch: sendId };
}

function fromOf(line: Line, from: "line" | "auto"): string {
  return from === "auto" ? "auto" : toPanelLine(line);
}

function toReceiver(tenDigits: string, { receiverForm }: Settings): string {
  return receiverForm === "international" ? `98${tenDigits}` : tenDigits;
}

/** By names the panel's braces stay: `{"{code}":"1234"}`, as in the vendor's own sample. */
function toTextData(names: readonly string[], values: readonly string[], form: "object" | "positional"): FieldValue {
  if (form === "positional") return values;
  return Object.fromEntries(names.map((name, at) => [`{${name}}`, values[at] ?? ""]));
}

/** The panel's own rule, code 154. */
function requireCode(code: string): string {
  const { length } = [...code];
  if (length >= 2 && length <= 12) return code;
  throw new ProviderError("rejected", `a one-time code has 2 to 12 characters, not ${length}`, { certain: true });
}

/** Whether the receivers were kept in the phone book, too, changes nothing for the SMS. */
function logPhoneBook(content: unknown, log: Log): void {
  const told = fieldOf(findFields(content) ?? {}, ["phonebook"]);
  const places = typeof told === "object" && told !== null ? Object.values(told) : [told];
  const codes = [...new Set(places.map(readCode))].filter((code) => code !== undefined);
  if (codes.length === 0) return;
  const phoneBook = codes.map((code) => `${code} ${phoneBookCodes[code] ?? "unknown"}`);
  log.info({ phoneBook }, "panel told about its phone book");
}

import type { Report } from "../../core/ports/sms-provider.ts";
import type { HttpAnswer } from "../http.ts";
import { contradictoryAnswer, unreadableAnswer } from "../http-judgement.ts";
import type { Words } from "../words.ts";
import type { Codes, UpdateOutcome } from "./codes.ts";
import { readReply } from "./envelope.ts";
import { failureOf, faultOf, named } from "./failure.ts";
import { isWord } from "./messages.ts";
import { type OperationName, operations, type ServiceName } from "./operations.ts";
import type { Said } from "./parameters.ts";
import { judgeSend } from "./receipt.ts";
import type { SoapService } from "./service.ts";
import { readDouble, readInteger, readNumbers, readSendAnswer } from "./wire.ts";
import { isNamed, type XmlElement } from "./xml.ts";

export interface PanelSms {
  /** One of the account's lines, as digits. */
  readonly from: string;
  /** Receivers as `09121234567`. */
  readonly to: readonly string[];
  readonly text: string;
  readonly isFlash: boolean;
  readonly udh: string;
}

/** The ids of a send, as `SendReceipt` has them. */
export type SentIds = readonly (string | undefined)[];

/**
 * The panel's two SOAP services, one function for each of its methods. Ids are strings, never numbers: they are of 64 bits. Every
 * function throws `ProviderError` and nothing else. Source: "راهنمای استفاده از وب سرویس", 1.3, and its sisters; what is not known is in
 * docs/providers/soap-panel.md.
 */
export interface SoapPanelClient {
  /** What it counts the manual does not say. 0 is also the answer to a wrong login. */
  getCredit(signal: AbortSignal): Promise<number>;
  getInboxCount(isRead: boolean, signal: AbortSignal): Promise<number>;
  sendSms(sms: PanelSms, signal: AbortSignal): Promise<SentIds>;
  /** `at` is the wall time of Tehran, `2026-11-22T14:05:09`. */
  scheduleSms(sms: PanelSms & { readonly at: string }, signal: AbortSignal): Promise<SentIds>;
  getDelivery(recId: string, signal: AbortSignal): Promise<Report>;
  /** Lets the panel ask for the reports of a whole call anew, by any id of it. `undefined`: a code that nobody knows. */
  updateDelivery(recId: string, signal: AbortSignal): Promise<UpdateOutcome | undefined>;
  /** The lists: the whole answer as it came, also where nobody can read what it lists: it may not come again. */
  getNewMessagesList(line: string, signal: AbortSignal): Promise<string>;
  getReceiveSMSIsNotReadList(line: string, signal: AbortSignal): Promise<string>;
  getReceiveSMSIsReadList(line: string, signal: AbortSignal): Promise<string>;
  getSentSMSIsNotReadList(line: string, signal: AbortSignal): Promise<string>;
  getSentSMSIsReadList(line: string, signal: AbortSignal): Promise<string>;
  getUserNumbersList(signal: AbortSignal): Promise<readonly string[]>;
  updateMessagesIsRead(ids: readonly string[], signal: AbortSignal): Promise<void>;
  updateMessagesIsNotRead(ids: readonly string[], signal: AbortSignal): Promise<void>;
}

export interface SoapPanelClientDeps {
  readonly services: Readonly<Record<ServiceName, SoapService>>;
  readonly codes: Codes;
  readonly words: Words;
}

interface Answered {
  readonly http: HttpAnswer;
  readonly response: XmlElement | undefined;
}

export function createSoapPanelClient(
  login: { readonly username: string; readonly password: string },
  { services, codes, words }: SoapPanelClientDeps,
): SoapPanelClient {
  function callAll(name: OperationName, said: Said, signal: AbortSignal): Promise<readonly Answered[]> {
    const all = { user: login.username, pass: login.password, ...said };
    return services[operations[name].service].call(name, all, (answer) => screen(name, answer), signal);
  }

  async function call(name: OperationName, said: Said, signal: AbortSignal): Promise<Answered> {
    const [only] = await callAll(name, said, signal);
    if (!only) throw failureOf(name, { code: "bad-request", certain: true, vendor: "nothing to ask" });
    return only;
  }

  /** An answer of SOAP that is no fault. */
  function screen(name: OperationName, answer: HttpAnswer): Answered {
    const reply = readReply(answer.text);
    if (!reply) throw unreadableAnswer(named(name), answer);
    if (reply.kind === "fault") throw faultOf(name, answer, reply, words);
    return { http: answer, response: reply.response };
  }

  async function send(name: OperationName, sms: PanelSms, more: Said, signal: AbortSignal): Promise<SentIds> {
    const said = { line: sms.from, to: sms.to, text: sms.text, flash: sms.isFlash, udh: sms.udh, ...more };
    const { http, response } = await call(name, said, signal);
    if (!response || !isNamed(response, `${name}Response`)) throw unreadableAnswer(named(name), http);
    const verdict = judgeSend(readSendAnswer(response), sms.to.length, codes);
    // The manual does not say what `ScheduleSms` answers: what reads like a code may be the id of what it has taken.
    if ("code" in verdict) throw failureOf(name, name === "SendSms" ? verdict : { ...verdict, certain: false }, http);
    if (!isFine(http)) throw contradictoryAnswer(named(name), http);
    return verdict.ids;
  }

  /** What a call that sends nothing answered. */
  async function ask<T>(
    name: OperationName,
    said: Said,
    read: (response: XmlElement) => T | undefined,
    signal: AbortSignal,
  ): Promise<T> {
    const { http, response } = await call(name, said, signal);
    const value = response && read(response);
    if (value === undefined || !isFine(http)) throw unreadableAnswer(named(name), http);
    return value;
  }

  async function list(name: OperationName, line: string, signal: AbortSignal): Promise<string> {
    const { http, response } = await call(name, { line }, signal);
    if (!isFine(http) || (response && isWord(response))) throw unreadableAnswer(named(name), http);
    return http.text;
  }

  /** The manual names no answer of theirs, so every one that is no fault will do. */
  async function mark(name: OperationName, ids: readonly string[], signal: AbortSignal): Promise<void> {
    if (ids.length > 0) await callAll(name, { ids }, signal);
  }

  return {
    getCredit: (signal) => ask("GetCredit", {}, readDouble, signal),
    getInboxCount: (isRead, signal) => ask("GetInboxCount", { isRead }, readInteger, signal),
    sendSms: (sms, signal) => send("SendSms", sms, {}, signal),
    scheduleSms: (sms, signal) => send("ScheduleSms", sms, { at: sms.at }, signal),
    async getDelivery(recId, signal) {
      const code = await ask("GetDelivery", { ids: [recId] }, readInteger, signal);
      const told = codes.delivery(code);
      return told ? { id: recId, state: told.meaning, vendor: told.vendor } : { id: recId, vendor: String(code) };
    },
    async updateDelivery(recId, signal) {
      return codes.update(await ask("UpdateDelivery", { ids: [recId] }, readInteger, signal))?.meaning;
    },
    getNewMessagesList: (line, signal) => list("GetNewMessagesList", line, signal),
    getReceiveSMSIsNotReadList: (line, signal) => list("GetReceiveSMSIsNotReadList", line, signal),
    getReceiveSMSIsReadList: (line, signal) => list("GetReceiveSMSIsReadList", line, signal),
    getSentSMSIsNotReadList: (line, signal) => list("GetSentSMSIsNotReadList", line, signal),
    getSentSMSIsReadList: (line, signal) => list("GetSentSMSIsReadList", line, signal),
    getUserNumbersList: (signal) => ask("GetUserNumbersList", {}, readNumbers, signal),
    updateMessagesIsRead: (ids, signal) => mark("UpdateMessagesIsRead", ids, signal),
    updateMessagesIsNotRead: (ids, signal) => mark("UpdateMessagesIsNotRead", ids, signal),
  };
}

function isFine({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

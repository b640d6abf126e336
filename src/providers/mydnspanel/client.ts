import { ProviderError } from "../../core/ports/provider-error.ts";
import type { Http, HttpAnswer } from "../http.ts";
import { contradictoryAnswer, unreadableAnswer } from "../http-judgement.ts";
import type { Words } from "../words.ts";
import { type Fields, type FieldValue, writeBody } from "./body.ts";
import { type Action, findRefusal, judgeRefusal, noSuchSend, nothingToShow, sendingActions } from "./codes.ts";
import type { MydnspanelConfig } from "./config.ts";
import { findEntries } from "./listing.ts";
import { findCredit, type Reply, readReply } from "./wire.ts";

/**
 * The service of mydnspanel, one function for each of its actions. Numbers are as the panel writes them. Every function throws
 * `ProviderError` and nothing else. Source: the vendor's guide, version Aban 1403; what it leaves open is told in
 * docs/providers/mydnspanel.md. Answers are handed back whole, for `wire.ts` and its neighbours to read.
 */
export interface MydnspanelClient {
  send(sms: { from: string; text: string; receivers: readonly string[] }, signal: AbortSignal): Promise<unknown>;
  /** A pattern to one receiver. `textData` by names, in braces, or by places. */
  sendServices(
    sms: { from: string; textCode: number; textData: FieldValue; receiver: string },
    signal: AbortSignal,
  ): Promise<unknown>;
  /** The action that `otp` of the configuration names; throws `unsupported` without it. */
  sendCode(sms: { code: string; receiver: string }, signal: AbortSignal): Promise<unknown>;
  /** `undefined`: the panel knows no such send. */
  reportSend(sendId: string, signal: AbortSignal): Promise<unknown>;
  credit(signal: AbortSignal): Promise<number>;
  /** The answer as it came, unless the panel refused: also where nobody can tell what it is. */
  receivedMessages(signal: AbortSignal): Promise<string>;
  /** Throws where the service is not open to us. */
  status(signal: AbortSignal): Promise<void>;
  newContact(
    contact: { phoneId: number; number: string; fields: Readonly<Record<string, string>> },
    signal: AbortSignal,
  ): Promise<unknown>;
}

type Settings = Pick<MydnspanelConfig, "apiKey" | "encoding" | "sendType" | "trySend" | "phoneBook" | "otp">;

/** What an answer is judged by, beside itself. */
interface Asked {
  /** The code by which the panel says that there is nothing. */
  readonly none?: number;
  /** Default 1. */
  readonly receivers?: number;
}

export function createMydnspanelClient(
  settings: Settings,
  deps: { readonly http: Http; readonly words: Words },
): MydnspanelClient {
  const { otp } = settings;

  async function post(action: Action, fields: Fields, signal: AbortSignal): Promise<HttpAnswer> {
    const name = action === "one-time code" && otp ? otp.action : action;
    const { body, headers } = writeBody(settings.encoding, [["action", name], ...fields]);
    const call = { ...nameOf(action), method: "POST", path: "", body } as const;
    return deps.http.request({ ...call, headers: { ...headers, authorization: settings.apiKey } }, signal);
  }

  /** `undefined` where the panel says that there is nothing. */
  async function ask(action: Action, fields: Fields, signal: AbortSignal, asked: Asked = {}): Promise<unknown> {
    const answer = await post(action, fields, signal);
    const reply = readReply(action, answer.text);
    if (!reply) throw unreadableAnswer(nameOf(action), answer);
    if (!reply.isAccepted && reply.code === asked.none) return undefined;
    if (!reply.isAccepted) throw refused(action, answer, reply, asked);
    if (isSuccess(answer)) return reply.content;
    throw contradictoryAnswer(nameOf(action), answer);
  }

  function refused(
    action: Action,
    answer: HttpAnswer,
    reply: Extract<Reply, { isAccepted: false }>,
    { receivers = 1 }: Asked = {},
  ): ProviderError {
    const isOneTry = settings.trySend === 0 && receivers === 1;
    const { code, certain } = judgeRefusal(action, answer.status, reply.code, isOneTry);
    const title = findRefusal(action, reply.code)?.title ?? "";
    const said = [`${reply.code} ${title}`.trim(), deps.words(reply.words)];
    const vendor = said.filter((part) => part !== "").join(": ");
    return new ProviderError(code, `mydnspanel ${action}: refused with ${vendor}`, {
      certain: certain || !sendingActions.has(action),
      vendor,
      httpStatus: answer.status,
      ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
    });
  }

  return {
    send({ from, text, receivers }, signal) {
      const fields: Fields = [
        ["from", from],
        ["text", text],
        ["receivers", receivers.join(",")],
        ["trySend", settings.trySend],
        ...optional("type", settings.sendType),
        ...optional("phoneBook", settings.phoneBook),
      ];
      return ask("send", fields, signal, { receivers: receivers.length });
    },
    sendServices({ from, textCode, textData, receiver }, signal) {
      const fields: Fields = [
        ["from", from],
        ["textCode", textCode],
        ["textData", textData],
        ["receivers", receiver],
        ["trySend", settings.trySend],
      ];
      return ask("sendServices", fields, signal);
    },
    async sendCode({ code, receiver }, signal) {
      if (!otp) throw new ProviderError("unsupported", "mydnspanel: no otp is configured", { certain: true });
      const app: Fields = otp.appField === undefined ? [] : optional(otp.appField, otp.appToken);
      return ask("one-time code", [[otp.codeField, code], [otp.receiverField, receiver], ...app], signal);
    },
    reportSend: (sendId, signal) => ask("reportSend", [["sendID", sendId]], signal, { none: noSuchSend }),
    async credit(signal) {
      const amount = findCredit(await ask("credit", [], signal));
      if (amount !== undefined) return amount;
      throw new ProviderError("bad-reply", "mydnspanel credit: no number in the answer", { certain: true });
    },
    async receivedMessages(signal) {
      const answer = await post("receivedMessages", [], signal);
      const reply = readReply("receivedMessages", answer.text);
      if (!reply && !isSuccess(answer)) throw unreadableAnswer(nameOf("receivedMessages"), answer);
      if (!reply || reply.isAccepted || reply.code === nothingToShow) return answer.text;
      // An unknown code beside a list is no reason to lose the list.
      if (!findRefusal("receivedMessages", reply.code) && findEntries(reply.content).length > 0) return answer.text;
      throw refused("receivedMessages", answer, reply);
    },
    async status(signal) {
      await ask("status", [], signal);
    },
    newContact({ phoneId, number, fields }, signal) {
      const own: Fields = Object.keys(fields).length === 0 ? [] : [["cFields", fields]];
      return ask("newContact", [["phoneId", phoneId], ["cNumber", number], ...own], signal);
    },
  };
}

function nameOf(action: Action) {
  return { name: `mydnspanel ${action}`, sends: sendingActions.has(action) };
}

function isSuccess(answer: HttpAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

function optional(name: string, value: FieldValue | undefined): Fields {
  return value === undefined ? [] : [[name, value]];
}

import { maskNumber } from "../../core/model/phone.ts";
import type { Log } from "../../core/ports/log.ts";
import { type Credit, ProviderError, type Report } from "../../core/ports/sms-provider.ts";
import { createRedactor } from "../../support/redact.ts";
import type { Http, HttpAnswer } from "../http.ts";
import { type AsanakMethod, judgeRefusal, judgeUnreadable } from "./codes.ts";
import type { AsanakConfig } from "./config.ts";
import { type AsanakReply, readCredit, readIds, readReply, readReports, shorten } from "./wire.ts";

/** The most receivers, rows or ids of one call. For `p2psendsms` the manual names no limit; it is taken to be the same. */
export const perCall = 100;

const sending: ReadonlySet<AsanakMethod> = new Set(["sendsms", "p2psendsms", "template"]);

/**
 * Asanak's REST service, one function for each of its methods. Numbers are as the panel writes them. Every function throws
 * `ProviderError` and nothing else. Source: "پیامک آسانک وب سرویس", 1403; what it leaves open is told in docs/providers/asanak.md.
 */
export interface AsanakClient {
  /** One text to up to 100 receivers. The ids are as many as the panel gave. */
  sendSms(
    sms: { source: string; destinations: readonly string[]; message: string },
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /** Different texts, up to 100. */
  sendPeerToPeer(
    rows: readonly { source: string; destination: string; message: string }[],
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /** An approved template to one receiver. The panel chooses the line. */
  sendTemplate(
    sms: { templateId: number; destination: string; parameters: Readonly<Record<string, string>> },
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /** Up to 100 ids. The panel may leave some out. */
  readStatus(ids: readonly string[], signal: AbortSignal): Promise<readonly Report[]>;
  /** In SMS. */
  readCredit(signal: AbortSignal): Promise<Credit>;
  /** In rial. */
  readRialCredit(signal: AbortSignal): Promise<Credit>;
}

type Fields = Readonly<Record<string, unknown>>;
type Settings = Pick<AsanakConfig, "username" | "password" | "encoding" | "sendToBlacklist">;

export function createAsanakClient(settings: Settings, deps: { readonly http: Http; readonly log: Log }): AsanakClient {
  const redactor = createRedactor([settings.password, settings.username]);
  const blacklist =
    settings.sendToBlacklist === undefined ? {} : { send_to_blacklist: settings.sendToBlacklist ? 1 : 0 };

  async function call(method: AsanakMethod, fields: Fields, signal: AbortSignal): Promise<unknown> {
    const sends = sending.has(method);
    const answer = await deps.http.request(
      { name: `asanak ${method}`, method: "POST", path: method, sends, ...encode(fields) },
      signal,
    );
    const reply = readReply(answer.text);
    if (!reply) throw unreadable(method, answer);
    if (!reply.isAccepted) throw refused(method, answer, reply);
    if (answer.status >= 200 && answer.status < 300) return reply.content;
    throw contradictory(method, answer);
  }

  function encode(fields: Fields): { body: string; headers: Record<string, string> } {
    const all = { username: settings.username, password: settings.password, ...fields };
    if (settings.encoding === "json")
      return { body: JSON.stringify(all), headers: { "content-type": "application/json" } };
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(all)) {
      form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
    }
    return {
      body: form.toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    };
  }

  function refused(
    method: AsanakMethod,
    answer: HttpAnswer,
    reply: Extract<AsanakReply, { isAccepted: false }>,
  ): ProviderError {
    const { code, certain } = judgeRefusal(method, answer.status, reply.code);
    if (reply.invalids.length > 0) {
      deps.log.info({ method, invalids: reply.invalids.slice(0, 10).map(maskNumber) }, "panel named invalid receivers");
    }
    const vendor = withoutSecrets(`${reply.code} ${reply.words}`.trim());
    return new ProviderError(code, `asanak ${method}: refused with ${vendor}`, {
      certain: certain || !sending.has(method),
      vendor,
      httpStatus: answer.status,
      ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
    });
  }

  function unreadable(method: AsanakMethod, answer: HttpAnswer): ProviderError {
    const { code, certain } = judgeUnreadable(answer.status);
    return new ProviderError(code, `asanak ${method}: HTTP ${answer.status} without a readable answer`, {
      certain: certain || !sending.has(method),
      vendor: `HTTP ${answer.status}`,
      httpStatus: answer.status,
      ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
    });
  }

  /** It says that the SMS was taken, under a status that says it was not. */
  function contradictory(method: AsanakMethod, answer: HttpAnswer): ProviderError {
    return new ProviderError("bad-reply", `asanak ${method}: HTTP ${answer.status} with an answer of success`, {
      certain: !sending.has(method),
      vendor: `HTTP ${answer.status}`,
      httpStatus: answer.status,
    });
  }

  /** The panel may repeat what it was sent. The redactor leaves short words alone; here they are hidden too. */
  function withoutSecrets(words: string): string {
    const known = redactor.text(words).replaceAll(settings.password, "***").replaceAll(settings.username, "***");
    return shorten(known);
  }

  async function creditOf(
    method: "getcredit" | "getrialcredit",
    unit: Credit["unit"],
    signal: AbortSignal,
  ): Promise<Credit> {
    const credit = readCredit(await call(method, {}, signal), unit);
    if (credit) return credit;
    throw new ProviderError("bad-reply", `asanak ${method}: no credit in the answer`, { certain: true });
  }

  return {
    async sendSms({ source, destinations, message }, signal) {
      const fields = { source, destination: destinations.join(","), message, ...blacklist };
      return readIds(await call("sendsms", fields, signal));
    },
    async sendPeerToPeer(rows, signal) {
      const data = rows.map(({ source, destination, message }) => ({ source, destination, message, ...blacklist }));
      return readIds(await call("p2psendsms", { data }, signal));
    },
    async sendTemplate({ templateId, destination, parameters }, signal) {
      const fields = { template_id: templateId, destination, parameters, ...blacklist };
      return readIds(await call("template", fields, signal));
    },
    async readStatus(ids, signal) {
      return readReports(await call("msgstatus", { msgid: ids.join(",") }, signal));
    },
    readCredit: (signal) => creditOf("getcredit", "messages", signal),
    readRialCredit: (signal) => creditOf("getrialcredit", "rial", signal),
  };
}

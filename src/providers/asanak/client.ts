import { maskNumber } from "../../core/model/phone.ts";
import type { Log } from "../../core/ports/log.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { Credit, Report } from "../../core/ports/sms-provider.ts";
import type { Http, HttpAnswer } from "../http.ts";
import { contradictoryAnswer, unreadableAnswer } from "../http-judgement.ts";
import { createWords } from "../words.ts";
import { type AsanakMethod, judgeRefusal } from "./codes.ts";
import type { AsanakConfig } from "./config.ts";
import { type AsanakReply, readCredit, readIds, readReply, readReports } from "./wire.ts";

/** The most receivers, rows or ids of one call. For `p2psendsms` the manual names no limit; it is taken to be the same. */
export const perCall = 100;

/**
 * No number: it is the prefix of every foreign one, and none goes on with nothing. So whatever became of a call to it, no
 * handset, no country and no price belongs to it. Not a lone `0`, which PHP takes for a field that was left out.
 */
const nobody = "00";

/** `taken`: the panel accepted what it had to refuse, so that nothing is known of the line. */
export type LineProof = "active" | "inactive" | "taken";

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
  /**
   * Whether a line may send, without sending: asks for an SMS to nobody, which the panel must refuse. It looks at the line before
   * it looks at the receiver (measured in 2026 by a public client, which used it for this), so that the refusal tells.
   */
  probeLine(source: string, signal: AbortSignal): Promise<LineProof>;
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
  const words = createWords([settings.password, settings.username]);
  const blacklist =
    settings.sendToBlacklist === undefined ? {} : { send_to_blacklist: settings.sendToBlacklist ? 1 : 0 };

  async function call(method: AsanakMethod, fields: Fields, signal: AbortSignal): Promise<unknown> {
    const named = { name: `asanak ${method}`, sends: sending.has(method) };
    const answer = await deps.http.request({ ...named, method: "POST", path: method, ...encode(fields) }, signal);
    const reply = readReply(answer.text);
    if (!reply) throw unreadableAnswer(named, answer);
    if (!reply.isAccepted) throw refused(method, answer, reply);
    if (answer.status >= 200 && answer.status < 300) return reply.content;
    throw contradictoryAnswer(named, answer);
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
    const vendor = `${reply.code} ${words(reply.words)}`.trim();
    return new ProviderError(code, `asanak ${method}: refused with ${vendor}`, {
      certain: certain || !sending.has(method),
      vendor,
      httpStatus: answer.status,
      ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
    });
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
    async probeLine(source, signal) {
      try {
        await call("sendsms", { source, destination: nobody, message: "chapar check" }, signal);
        return "taken";
      } catch (error) {
        if (error instanceof ProviderError && error.code === "bad-recipient") return "active";
        if (error instanceof ProviderError && error.code === "bad-line") return "inactive";
        throw error;
      }
    },
    async readStatus(ids, signal) {
      return readReports(await call("msgstatus", { msgid: ids.join(",") }, signal));
    },
    readCredit: (signal) => creditOf("getcredit", "messages", signal),
    readRialCredit: (signal) => creditOf("getrialcredit", "rial", signal),
  };
}

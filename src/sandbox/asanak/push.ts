import { Agent, request } from "undici";
import type { CarriedSms, PushResult } from "../carrier.ts";
import { persianDigits, toInternational } from "../number.ts";
import { writeTime } from "../tehran.ts";
import type { Timers } from "../timers.ts";

/** From a customer to one of our lines, both in any spelling. */
export interface InboundSms extends CarriedSms {
  /** Epoch milliseconds, or a string to send as it is. Default now. */
  readonly time?: number | string;
}

/** Ways in which the real panel may differ from its manual; each default is the manual's. */
export interface PushVariant {
  readonly method?: "GET" | "POST";
  /** What stands between the registered address and the query, where the address has one already. Default `?`. */
  readonly join?: "?" | "&";
  /** `twice`: percent signs are encoded once more; `plus`: a space is `+`, as PHP writes it. */
  readonly encoding?: "once" | "twice" | "plus";
  readonly digits?: "latin" | "persian";
  /** How the customer's number is spelled. Default `98…`. */
  readonly sourceForm?: "98" | "0" | "+98" | "bare" | "as written";
}

/** Calls the customer's server with an SMS, as chapter 5 of the manual describes. */
export interface Pusher {
  push(url: string, sms: InboundSms, variant: PushVariant): Promise<PushResult>;
  stop(): Promise<void>;
}

export function createPusher({ timers }: { timers: Timers }): Pusher {
  const agent = new Agent();
  return {
    async push(url, sms, variant) {
      const query = writeQuery(sms, variant, timers.now());
      const isPost = variant.method === "POST";
      const join = url.includes("?") ? (variant.join ?? "?") : "?";
      try {
        const response = await request(isPost ? url : `${url}${join}${query}`, {
          method: isPost ? "POST" : "GET",
          dispatcher: agent,
          ...(isPost && { body: query, headers: { "content-type": "application/x-www-form-urlencoded" } }),
        });
        return { status: response.statusCode, body: await response.body.text() };
      } catch {
        return { status: 0, body: "" };
      }
    },
    // Cuts what is in flight, too.
    stop: () => agent.destroy(),
  };
}

function writeQuery(sms: InboundSms, variant: PushVariant, now: number): string {
  const time = typeof sms.time === "string" ? sms.time : writeTime(sms.time ?? now);
  const digits = variant.digits === "persian" ? persianDigits : (written: string) => written;
  const fields = {
    Destination: digits(sms.to),
    Source: digits(spell(sms.from, variant.sourceForm ?? "98")),
    ReceiveTime: digits(time),
    MsgBody: sms.text,
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encode(value, variant.encoding ?? "once")}`)
    .join("&");
}

function spell(number: string, form: NonNullable<PushVariant["sourceForm"]>): string {
  const international = toInternational(number);
  if (form === "as written" || !/^98\d{10}$/.test(international)) return number;
  return (
    { "98": "", "0": "0", "+98": "+98", bare: "" }[form] + (form === "98" ? international : international.slice(2))
  );
}

function encode(value: string, how: NonNullable<PushVariant["encoding"]>): string {
  const once = encodeURIComponent(value);
  if (how === "twice") return encodeURIComponent(once);
  return how === "plus" ? once.replaceAll("%20", "+") : once;
}

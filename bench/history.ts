import { hashKey } from "../src/core/model/ids.ts";
import { markKey } from "../src/core/model/mark.ts";
import type { Inbound, Outbound } from "../src/core/model/message.ts";
import { foldNumber } from "../src/core/model/phone.ts";
import { threadOf } from "../src/core/model/thread.ts";
import { desk, line } from "./bridge-config.ts";
import { peerOf } from "./sms.ts";

/** Finished messages, as the bridge leaves them: two SMS that came in for each answer that was delivered. */
export interface History {
  /** The n-th of all, in the order of time; customers take turns. */
  message(n: number): { way: "in"; record: Inbound } | { way: "out"; record: Outbound };
}

const spanMs = 300 * 86_400_000;
const words = [
  "سلام، وقت بخیر",
  "سفارش من کی می‌رسد؟",
  "ممنون از پاسخ‌تان",
  "لطفاً با من تماس بگیرید",
  "قیمت این کالا چند است؟",
];

export function customerOf(n: number): string {
  return foldNumber(peerOf(n));
}

export function createHistory(deps: { chat: number; threads: number; messages: number; now: number }): History {
  const { chat, threads, messages, now } = deps;
  const since = now - spanMs - 3_600_000;

  function facts(n: number) {
    const peer = customerOf(n % threads);
    const at = Math.round(since + (spanMs * n) / messages);
    return { desk, thread: threadOf(desk, peer), line, peer, text: `${words[n % words.length]} ${n}`, at };
  }

  function incoming(n: number): Inbound {
    const { at, peer, ...rest } = facts(n);
    const written = new Date(at).toISOString();
    const id = hashKey("time", "asanak", line, peer, written, rest.text);
    return {
      ...{ ...rest, id, peer, at },
      ...{ provider: "asanak", panelTime: at, seq: at * 1000 + (n % 1000), repeats: 0, post: `${chat}:${1000 + n}` },
    };
  }

  function answer(n: number): Outbound {
    const { at, ...rest } = facts(n);
    const origin = `${chat}:${1000 + n}`;
    const message: Outbound = {
      ...{ ...rest, at, id: hashKey("telegram", origin), origin, lane: "answer", by: { id: "5", name: "Sara" } },
      ...{ order: at * 1000 + (n % 1000), state: "delivered", attempt: 1, tries: 0, triedLines: [], claimedAt: at + 5 },
      giveUpAt: at + 3_600_000,
      receipts: [{ attempt: 1, provider: "asanak", at: at + 60, ids: [String(5_000_000_000 + n)] }],
      reports: { [String(5_000_000_000 + n)]: "delivered" },
      markPost: `${chat}:${messages + 2000 + n}`,
    };
    return { ...message, shown: markKey(message) };
  }

  return {
    message(n) {
      // By how many messages of this customer came before it, so that everyone has some of both.
      return Math.floor(n / threads) % 3 === 2 ? { way: "out", record: answer(n) } : { way: "in", record: incoming(n) };
    },
  };
}

import { setTimeout as pause } from "node:timers/promises";
import { type Sides, type Subject, startBridge, startForwarder, withSides } from "./processes.ts";
import { peerOf, queryOf } from "./sms.ts";
import { type StandIn, type TelegramStandIn, theTopic } from "./stand-ins.ts";

/** Milliseconds, one for each SMS. */
export interface Delays {
  readonly inbound: number[];
  readonly outbound: number[];
}

/** A subject between a Telegram and a panel of its own. */
export interface Measured {
  readonly subject: Subject;
  readonly telegram: TelegramStandIn;
  readonly panel: StandIn;
  readonly delays: Delays;
  /** Which customer the n-th SMS is from, and in which topic the n-th answer is written. */
  customer(n: number): number;
  topic(n: number): number;
}

export interface DelayOptions {
  readonly chat: number;
  readonly samples: number;
}

const warmUp = 40;
/** So many in a row before it is the other's turn: a noisy moment of the machine then falls on both. */
const inARow = 20;
/** Between two SMS: long enough for whatever the one before left to do. */
const restMs = 8;

export function noDelays(): Delays {
  return { inbound: [], outbound: [] };
}

/** The bridge next to the bare forwarder, with one customer whose topic they know. */
export function measureBoth(options: DelayOptions): Promise<{ bridge: Delays; forwarder: Delays }> {
  const { chat } = options;
  const one = { customer: () => 0, topic: () => theTopic };
  return withMeasured(chat, startForwarder, one, (forwarder) =>
    withMeasured(chat, startBridge, one, async (bridge) => {
      await measureDelays([forwarder, bridge], options);
      return { forwarder: forwarder.delays, bridge: bridge.delays };
    }),
  );
}

/** Starts a subject between sides of its own, for the time of some work. */
export function withMeasured<T>(
  chat: number,
  start: (sides: Sides) => Promise<Subject>,
  facts: Pick<Measured, "customer" | "topic"> & { readonly delays?: Delays },
  work: (measured: Measured) => Promise<T>,
): Promise<T> {
  return withSides(chat, async ({ telegram, panel, sides }) => {
    const subject = await start(sides);
    try {
      return await work({ delays: noDelays(), ...facts, subject, telegram, panel });
    } finally {
      await subject.stop();
    }
  });
}

/** The same for all of them, by turns; one SMS at a time. */
export async function measureDelays(all: readonly Measured[], { chat, samples }: DelayOptions): Promise<void> {
  for (const way of ["inbound", "outbound"] as const) {
    for (let from = -warmUp; from < samples; from += inARow) {
      for (const one of all) {
        for (let n = from; n < from + inARow; n++) {
          const ms = way === "inbound" ? await bringIn(one, n + warmUp) : await answer(one, n + warmUp, chat);
          if (n >= 0) one.delays[way].push(ms);
          await pause(restMs);
        }
      }
    }
  }
}

/** From the moment at which the panel calls us until Telegram is called. */
async function bringIn({ subject, telegram, customer }: Measured, n: number): Promise<number> {
  const text = `پیامک ${telegram.nextMessageId()} ${subject.name}`;
  const posted = telegram.next(({ method, fields }) => method === "sendMessage" && String(fields.text).includes(text));
  const url = `${subject.hook}?${queryOf({ peer: peerOf(customer(n)), text })}`;
  const startedAt = performance.now();
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${subject.name} answered ${response.status}`);
  await response.text();
  return (await posted).at - startedAt;
}

/** From the moment at which an update leaves Telegram until the panel is called. */
async function answer({ telegram, panel, topic }: Measured, n: number, chat: number): Promise<number> {
  const messageId = telegram.nextMessageId();
  const text = `answer ${messageId}`;
  const sent = panel.next(({ method, fields }) => method === "sendsms" && fields.message === text);
  const leftAt = await telegram.update({
    message: {
      message_id: messageId,
      date: Math.floor(Date.now() / 1000),
      chat: { id: chat, type: "supergroup", title: "bench", is_forum: true },
      from: { id: 5, is_bot: false, first_name: "Sara" },
      message_thread_id: topic(n),
      is_topic_message: true,
      text,
    },
  });
  return (await sent).at - leftAt;
}

import { expect, test } from "vitest";
import { newConversation, withInbound } from "../../../src/core/model/conversation.ts";
import type { OutboundState } from "../../../src/core/model/delivery.ts";
import { type DigestThread, digestOf, isOpen, isUnanswered } from "../../../src/core/model/digest.ts";
import type { Inbound, Operator, Outbound } from "../../../src/core/model/message.ts";

const minute = 60_000;
const from = 1_700_000_000_000;
const to = from + 24 * 60 * minute;
const peer = "+989121234567";
const about = { desk: "support", thread: `support/${peer}`, peer, line: "30001234" };
const sara: Operator = { id: "1", name: "سارا" };
const reza: Operator = { id: "2", name: "رضا" };

const sms = (minutes: number, more: Partial<Inbound> = {}): Inbound => {
  const at = from + minutes * minute;
  return { ...about, id: `in${minutes}`, provider: "p", text: "سلام", at, seq: 1000 + minutes, repeats: 0, ...more };
};

function answer(
  minutes: number,
  by: Operator,
  state: OutboundState = "delivered",
  more: Partial<Outbound> = {},
): Outbound {
  const empty = { attempt: 1, giveUpAt: 0, tries: 0, triedLines: [], receipts: [], reports: {} };
  const at = from + minutes * minute;
  return { ...about, ...empty, id: `out${minutes}`, text: "بله", lane: "answer", at, order: at, by, state, ...more };
}

const day = 24 * 60 * minute;
const week = [6, 5, 4, 3, 2, 1, 0].map((n) => ({ from: from - n * day, to: to - n * day }));
const nobody = { open: 0, unanswered: 0 };
const tell = (...threads: DigestThread[]) => digestOf(week, nobody, threads);

test("a wait begins with the first SMS that nobody has answered, and the first answer ends it", () => {
  const inbound = [sms(0), sms(4), sms(60), sms(100)];
  const outbound = [answer(10, sara), answer(11, reza), answer(62, sara), answer(130, sara)];
  const { operators, answers, received } = tell({ inbound, outbound });
  expect({ answers, received }).toEqual({ answers: 4, received: 4 });
  // Sara ended waits of 10, 2 and 30 minutes; for Reza's answer nobody waited any more.
  expect(operators).toEqual([
    { by: sara, answers: 3, medianMs: 10 * minute, slowestMs: 30 * minute },
    { by: reza, answers: 1 },
  ]);
});

test("an answer of today to an SMS of yesterday tells the whole wait, and each answer counts on its own day", () => {
  const { operators, days } = tell({
    inbound: [sms(-300), sms(-30)],
    outbound: [answer(-200, reza), answer(30, sara)],
  });
  expect(operators).toEqual([{ by: sara, answers: 1, medianMs: 60 * minute, slowestMs: 60 * minute }]);
  const quiet = { received: 0, answers: 0 };
  expect(days).toEqual([
    ...week.slice(0, 5).map((span) => ({ ...span, ...quiet })),
    { ...week[5], received: 2, answers: 1, medianMs: 100 * minute, slowestMs: 100 * minute },
    { ...week[6], received: 0, answers: 1, medianMs: 60 * minute, slowestMs: 60 * minute },
  ]);
});

test("a day begins with its first moment and ends before that of the next", () => {
  const { received, days } = tell({ inbound: [sms(-1), sms(0), sms(24 * 60 - 1), sms(24 * 60)], outbound: [] });
  expect([received, days.at(-2)?.received]).toEqual([2, 1]);
});

test("failed, uncertain and answered are three things; what was taken back or automatic is none of them", () => {
  const outbound = [
    answer(1, sara, "failed"),
    answer(2, sara, "uncertain"),
    answer(3, sara, "cancelled"),
    answer(4, sara, "sent", { lane: "automatic" }),
    answer(5, reza, "sent"),
    answer(6, reza, "partly"),
    answer(-1, sara, "failed"),
  ];
  const { failed, uncertain, answers, operators } = tell({ inbound: [sms(0, { past: true })], outbound });
  expect({ failed, uncertain, answers }).toEqual({ failed: 1, uncertain: 1, answers: 2 });
  expect(operators).toEqual([{ by: reza, answers: 2 }]);
});

test("an answer that failed ends no wait: the customer waited on", () => {
  const { operators } = tell({ inbound: [sms(0)], outbound: [answer(2, sara, "failed"), answer(20, reza)] });
  expect(operators).toEqual([{ by: reza, answers: 1, medianMs: 20 * minute, slowestMs: 20 * minute }]);
});

test("what was kept of a blocked customer, or dropped, is not counted, and an opt-out is answered by nobody", () => {
  const inbound = [sms(0, { hidden: from }), sms(1, { dropped: true }), sms(5, { word: "opted-out" }), sms(20)];
  const { received, operators } = tell({ inbound, outbound: [answer(23, sara)] });
  expect({ received, operators }).toMatchObject({ received: 2, operators: [{ by: sara, medianMs: 3 * minute }] });
});

test("who waits is counted among what is open; nobody can answer a sender that is a name, and a blocked one waits for nothing", () => {
  const idle = newConversation(about.thread, from);
  const waiting = withInbound(idle, sms(5));
  const advertiser = withInbound(newConversation("support/DIGIKALA", from), sms(5));
  const all = [idle, waiting, advertiser, { ...waiting, blockedAt: from }, { ...waiting, closedAt: from }];
  expect([all.filter(isOpen).length, all.filter(isUnanswered)]).toEqual([3, [waiting]]);
});

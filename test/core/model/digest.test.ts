import { expect, test } from "vitest";
import { newConversation, withInbound } from "../../../src/core/model/conversation.ts";
import type { OutboundState } from "../../../src/core/model/delivery.ts";
import { digestOf } from "../../../src/core/model/digest.ts";
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

test("a wait begins with the first SMS that nobody has answered, and the first answer ends it", () => {
  const inbound = [sms(0), sms(4), sms(60), sms(100)];
  const outbound = [answer(10, sara), answer(11, reza), answer(62, sara), answer(130, sara)];
  const { operators, answers, received } = digestOf({ from, to }, [], [{ inbound, outbound }]);
  expect({ answers, received }).toEqual({ answers: 4, received: 4 });
  // Sara ended waits of 10, 2 and 30 minutes; for Reza's answer nobody waited any more.
  expect(operators).toEqual([
    { by: sara, answers: 3, medianMs: 10 * minute },
    { by: reza, answers: 1 },
  ]);
});

test("an answer of today to an SMS of yesterday tells the whole wait; answers of other days are not told", () => {
  const thread = { inbound: [sms(-300), sms(-30)], outbound: [answer(-200, reza), answer(30, sara)] };
  expect(digestOf({ from, to }, [], [thread]).operators).toEqual([{ by: sara, answers: 1, medianMs: 60 * minute }]);
});

test("what failed is told apart; automatic texts and what was taken back are none of the operators' answers", () => {
  const outbound = [
    answer(1, sara, "failed"),
    answer(2, sara, "uncertain"),
    answer(3, sara, "cancelled"),
    answer(4, sara, "sent", { lane: "automatic" }),
    answer(5, reza, "sent"),
  ];
  const { failed, answers, operators } = digestOf({ from, to }, [], [{ inbound: [sms(0, { past: true })], outbound }]);
  expect({ failed, answers, operators }).toEqual({ failed: 2, answers: 1, operators: [{ by: reza, answers: 1 }] });
});

test("what was kept of a blocked customer is not counted, and an opt-out is answered by nobody", () => {
  const inbound = [sms(0, { hidden: from }), sms(5, { word: "opted-out" }), sms(20)];
  const { received, operators } = digestOf({ from, to }, [], [{ inbound, outbound: [answer(23, sara)] }]);
  expect({ received, operators }).toEqual({ received: 2, operators: [{ by: sara, answers: 1, medianMs: 3 * minute }] });
});

test("who waits is counted among what is open", () => {
  const idle = newConversation(about.thread, from);
  const open = [idle, withInbound(idle, sms(5))];
  expect(digestOf({ from, to }, open, [])).toMatchObject({ open: 2, unanswered: 1, received: 0, operators: [] });
});

import { describe, expect, test } from "vitest";
import { withAnswer } from "../../../src/core/model/answering.ts";
import {
  blocked,
  type Conversation,
  closed,
  newConversation,
  seenTo,
  snoozed,
  unblocked,
  withInbound,
} from "../../../src/core/model/conversation.ts";
import { type FollowUpRules, followedUp, nextFollowUp } from "../../../src/core/model/follow-up.ts";
import type { Inbound } from "../../../src/core/model/message.ts";

const minute = 60_000;
const start = 1_700_000_000_000;
const rules: FollowUpRules = {
  reminderMs: [10 * minute, 30 * minute, 120 * minute],
  hasChiefs: true,
  closeAfterMs: 7 * 24 * 60 * minute,
};
const sara = { id: "1", name: "سارا" };

/** Somebody who wrote at `start` and waits. */
function waiting(peer = "+989121234567"): Conversation {
  return withInbound(newConversation(`support/${peer}`, start), sms(1, start, peer));
}

function sms(seq: number, at: number, peer = "+989121234567"): Inbound {
  const about = { desk: "support", thread: `support/${peer}`, provider: "p", line: "30001234" };
  return { ...about, id: String(seq), peer, text: "سلام", at, seq, repeats: 0 };
}

/** What is done at these moments, in minutes since `start`, and how it then stands. */
function follow(conversation: Conversation, ...minutes: readonly number[]) {
  const done: string[] = [];
  let current = conversation;
  for (const at of minutes.map((count) => start + count * minute)) {
    const next = nextFollowUp(current, rules, at);
    if (next === undefined || next.at > at) continue;
    done.push(next.kind === "remind" ? `remind ${next.ageMs / minute}` : next.kind);
    current = followedUp(current, next, { at, post: "-100:7", hasChiefs: rules.hasChiefs });
  }
  return { done, current };
}

describe("who waits", () => {
  test("is told at each age once, and at the last to the chiefs, too", () => {
    const every = Array.from({ length: 200 }, (_, index) => index);
    expect(follow(waiting(), ...every).done).toEqual(["remind 10", "remind 30", "remind 120", "chiefs"]);
  });

  test("after a night in which nobody looked is told once, of the longest age", () => {
    expect(follow(waiting(), 600, 601, 602, 603).done).toEqual(["remind 120", "chiefs"]);
    expect(follow(waiting(), 45, 46, 130).done).toEqual(["remind 30", "remind 120"]);
  });

  test("is told of no more once answered or closed, and from the beginning when they wait again", () => {
    const { current } = follow(waiting(), 31);
    const answered = withAnswer(current, { id: "a", by: sara, at: start + 32 * minute });
    expect(follow(answered, 130).done).toEqual([]);
    expect(follow(closed(current, start + 32 * minute), 130).done).toEqual([]);
    const again = withInbound(answered, sms(2, start + 40 * minute));
    expect(follow(again, 49, 50, 51).done).toEqual(["remind 10"]);
  });

  test("behind a name, where no answer can go, is not told of", () => {
    expect(follow(waiting("Irancell"), 10, 130).done).toEqual([]);
  });

  test("while blocked is not told of", () => {
    expect(follow(blocked(waiting(), start), 10, 130, 100_000).done).toEqual([]);
  });

  test("is told of from the beginning, and not closed at once, when they are no longer blocked", () => {
    const weeks = 20_000;
    const again = unblocked(blocked(waiting(), start), start + weeks * minute);
    expect(follow(again, weeks, weeks + 9, weeks + 10).done).toEqual(["remind 10"]);
  });

  test("is nobody who opts out, comes back, or was seen to by the button; what they asked before still is", () => {
    const idle = newConversation(waiting().id, start);
    for (const word of ["opted-out", "returned"] as const) {
      const said = { ...sms(2, start + minute), word };
      expect(follow(withInbound(idle, said), 11, 130).done).toEqual([]);
      expect(follow(withInbound(waiting(), said), 11).done).toEqual(["remind 10"]);
    }
    const asks = { ...sms(2, start + minute), word: "asks" } as const;
    expect(follow(withInbound(idle, asks), 11).done).toEqual(["remind 10"]);
    expect(follow(seenTo(withInbound(idle, asks), asks), 11, 130).done).toEqual([]);
    expect(follow(seenTo(withInbound(waiting(), asks), asks), 11).done).toEqual(["remind 10"]);
    expect(follow(seenTo(withInbound(withInbound(idle, asks), sms(3, start + 2 * minute)), asks), 11).done).toEqual([
      "remind 10",
    ]);
  });
});

describe("what is put off", () => {
  test("is silent until its time, comes back once, and its wait begins anew", () => {
    const { done } = follow(snoozed(waiting(), start + 60 * minute), 10, 30, 59, 60, 61, 69, 70, 90, 179, 180);
    expect(done).toEqual(["back", "remind 10", "remind 30", "remind 120"]);
  });

  test("does not come back when the customer writes first", () => {
    const put = snoozed(waiting(), start + 60 * minute);
    expect(follow(withInbound(put, sms(2, start + 20 * minute)), 21, 30, 60).done).toEqual(["remind 10", "remind 30"]);
  });
});

describe("silence", () => {
  const week = 7 * 24 * 60;
  const answered = withAnswer(waiting(), { id: "a", by: sara, at: start });

  test("closes it, once", () => {
    expect(follow(answered, week - 1, week, week + 1).done).toEqual(["close"]);
  });

  test("counts from the last reminder, so that nothing is told and closed at once", () => {
    const { done, current } = follow(waiting(), week + 1, week + 2, week + 3, 2 * week);
    expect(done).toEqual(["remind 120", "chiefs"]);
    expect(follow(current, 2 * week + 1).done).toEqual(["close"]);
  });

  test("closes nothing where the desk wants none", () => {
    expect(nextFollowUp(answered, { ...rules, closeAfterMs: 0 }, start)).toBeUndefined();
  });
});

describe("a wait at a desk that closes", () => {
  const hour = 60 * minute;
  /** Open from nine to five in Tehran, where it is four in the afternoon at `afternoon`. */
  const hours = { timeZone: "Asia/Tehran", week: Array(7).fill([{ from: 9 * 60, to: 17 * 60 }]), holidays: [] };
  const afternoon = Date.UTC(2026, 10, 22, 12, 30);
  const wrote = (at: number) => withInbound(newConversation("support/+989121234567", at), sms(1, at));
  const next = (at: number, now: number) => nextFollowUp(wrote(at), { ...rules, hours }, now);

  test("grows older only while it is open", () => {
    expect(next(afternoon, afternoon)).toMatchObject({ at: afternoon + 10 * minute, ageMs: 10 * minute });
    expect(next(afternoon + 55 * minute, afternoon + 58 * minute)?.at).toBe(afternoon + 17 * hour + 5 * minute);
    expect(next(afternoon + 5 * hour, afternoon + 5 * hour)?.at).toBe(afternoon + 17 * hour + 10 * minute);
  });

  test("is told of its longest open age", () => {
    const morning = afternoon + 17 * hour + 20 * minute;
    expect(next(afternoon + 50 * minute, morning)).toMatchObject({ ageMs: 30 * minute, isLast: false });
    expect(next(afternoon + 5 * hour, morning)).toMatchObject({ ageMs: 10 * minute });
  });

  test("is told of nothing where nothing opens, and is closed all the same", () => {
    const never = { ...hours, week: Array(7).fill([]) };
    expect(nextFollowUp(wrote(afternoon), { ...rules, hours: never }, afternoon)?.kind).toBe("close");
  });
});

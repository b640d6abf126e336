import { describe, expect, test } from "vitest";
import { afterSetBack, cancel, claim, doubt, refuse, take } from "../../../src/core/outbox/attempt.ts";
import { ProviderError } from "../../../src/core/ports/provider-error.ts";
import { noon, outbound } from "../messages.ts";

const receipt = { attempt: 1, provider: "asanak", at: noon, ids: ["5271599999"] };
const sending = outbound({ state: "sending", attempt: 1, due: noon + 50_000, triedSince: noon });
const refusal = new ProviderError("no-credit", "no credit", { certain: true, vendor: "1006" });
const silence = new ProviderError("no-answer", "time-out", { certain: false });

describe("claiming", () => {
  test("counts the attempt and leases it", () => {
    expect(claim(outbound(), noon, 50_000)).toMatchObject({ state: "sending", attempt: 1, due: noon + 50_000 });
  });
  test("takes the text as it stands at that moment", () => {
    expect(claim(outbound({ text: "edited" }), noon, 1)?.text).toBe("edited");
  });
  test.each(["sending", "sent", "delivered", "partly", "failed", "uncertain", "expired", "cancelled"] as const)(
    "leaves a message that is %s",
    (state) => {
      expect(claim(outbound({ state }), noon, 1)).toBeUndefined();
    },
  );
  test("leaves one whose time has not come, and one that waits for a person", () => {
    expect(claim(outbound({ due: noon + 1 }), noon, 1)).toBeUndefined();
    const { due: _, ...held } = outbound({ state: "held", hold: "stale" });
    expect(claim(held, noon, 1)).toBeUndefined();
  });
  test("ends an undo window", () => {
    expect(claim(outbound({ state: "held", hold: "undo" }), noon, 1)).toMatchObject({ state: "sending" });
    expect(claim(outbound({ state: "held", hold: "undo" }), noon, 1)).not.toHaveProperty("hold");
  });
  test("gives up one that has waited too long", () => {
    const late = claim(outbound({ giveUpAt: noon }), noon, 1);
    expect(late).toMatchObject({ state: "failed", failure: { code: "gave-up" }, attempt: 0 });
    expect(late).not.toHaveProperty("due");
  });
});

describe("a receipt", () => {
  test("makes it sent, with its ids pending and the next question due", () => {
    expect(take(sending, receipt, noon + 5000)).toMatchObject({
      state: "sent",
      reports: { "5271599999": "pending" },
      reportDue: noon + 5000,
    });
  });
  test("counts after the lease ran out", () => {
    expect(take(outbound({ state: "uncertain", attempt: 1 }), receipt, undefined)?.state).toBe("sent");
  });
  test("takes back an attempt that was asked for but has not begun", () => {
    const again = outbound({ state: "queued", attempt: 1, due: noon });
    const taken = take(again, receipt, undefined);
    expect(taken?.state).toBe("sent");
    expect(taken).not.toHaveProperty("due");
  });
  test("of an older attempt changes nothing", () => {
    expect(take(outbound({ state: "sending", attempt: 2, due: noon + 1 }), receipt, undefined)).toBeUndefined();
  });
  test("twice changes nothing", () => {
    const once = take(sending, receipt, undefined);
    expect(once && take(once, receipt, undefined)).toBeUndefined();
  });
});

describe("a failure", () => {
  test("of an older attempt changes nothing", () => {
    expect(refuse({ ...sending, attempt: 2 }, 1, refusal, { do: "fail" }, noon)).toBeUndefined();
  });
  test("after the operator settled it changes nothing", () => {
    expect(refuse({ ...sending, state: "sent" }, 1, refusal, { do: "fail" }, noon)).toBeUndefined();
  });
  test("keeps the panel's own words", () => {
    expect(refuse(sending, 1, refusal, { do: "fail" }, noon)).toMatchObject({
      state: "failed",
      failure: { code: "no-credit", vendor: "1006" },
    });
  });
  test("that will be tried again waits no longer than until it gives up", () => {
    const step = { do: "retry", afterMs: 7_200_000 } as const;
    expect(refuse(sending, 1, refusal, step, noon)).toMatchObject({ state: "queued", due: sending.giveUpAt, tries: 1 });
  });
  test("that goes over takes the other line and begins anew", () => {
    expect(refuse(sending, 1, refusal, { do: "go-over", line: "30001234" }, noon)).toMatchObject({
      state: "queued",
      line: "30001234",
      triedLines: ["+982164063188"],
      tries: 0,
    });
  });
  test("of which nobody knows is uncertain and due no more", () => {
    const unsure = refuse(sending, 1, silence, { do: "doubt" }, noon);
    expect(unsure).toMatchObject({ state: "uncertain" });
    expect(unsure).not.toHaveProperty("due");
  });
});

describe("a doubt", () => {
  const doubted = outbound({ state: "sending", attempt: 2, due: noon + 1, doubted: 1 });
  test("about an earlier attempt outlives a refusal of the next one, giving up, and a cancel", () => {
    expect(refuse(doubted, 2, refusal, { do: "fail" }, noon)?.state).toBe("uncertain");
    expect(claim({ ...doubted, state: "queued", due: noon, giveUpAt: noon }, noon, 1)?.state).toBe("uncertain");
    expect(cancel({ ...doubted, state: "queued" }).state).toBe("uncertain");
  });
  test("is over once the panel takes it, or once this very attempt turns out not to have left", () => {
    expect(take(doubted, { ...receipt, attempt: 2 }, undefined)).not.toHaveProperty("doubted");
    const late = { ...doubted, state: "uncertain", doubted: 2 } as const;
    expect(refuse(late, 2, refusal, { do: "fail" }, noon)).toMatchObject({ state: "failed" });
    expect(refuse(late, 2, refusal, { do: "fail" }, noon)).not.toHaveProperty("doubted");
  });
});

test("only a message that is being sent falls into doubt", () => {
  expect(doubt(sending, 1, { code: "interrupted" })?.state).toBe("uncertain");
  expect(doubt(outbound(), 0, { code: "interrupted" })).toBeUndefined();
  expect(doubt(outbound({ state: "sent", attempt: 1 }), 1, { code: "interrupted" })).toBeUndefined();
});

describe("after the clock was set back by an hour", () => {
  const before = noon - 3_600_000;
  test("what waited a little waits no longer than that, however often it is looked at", () => {
    const once = afterSetBack(outbound({ due: noon + 5000 }), before);
    expect(once).toMatchObject({ due: before + 5000, giveUpAt: noon + 3_600_000 });
    expect(once && afterSetBack(once, before)?.due).toBeLessThan(before);
  });
  test("a doubt is asked about no longer than a minute", () => {
    const doubted = outbound({ state: "uncertain", claimedAt: noon + 100, due: noon + 2100, askUntil: noon + 60_100 });
    expect(afterSetBack(doubted, before)).toMatchObject({ due: before + 2000, askUntil: before + 60_000 });
  });
  test("what is wanted at a time of day keeps it, and what waits for a person goes on waiting", () => {
    expect(afterSetBack(outbound({ sendAt: noon + 5000, due: noon + 5000 }), before)).toBeUndefined();
    const { due: _, ...held } = outbound({ state: "held", hold: "stale" });
    expect(afterSetBack(held, before)).toBeUndefined();
  });
  test("nothing changes where it has gone on", () => {
    expect(afterSetBack(outbound({ due: noon + 60_000 }), noon)).toBeUndefined();
  });
});

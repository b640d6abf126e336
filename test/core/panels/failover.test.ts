import { describe, expect, test } from "vitest";
import { nextStep } from "../../../src/core/panels/failover.ts";
import { type FailureCode, ProviderError } from "../../../src/core/ports/provider-error.ts";
import { noon, outbound } from "../messages.ts";

const facts = { fallbacks: ["30001234"], now: noon, random: () => 1 };
const alone = { ...facts, fallbacks: [] };
const certain = (code: FailureCode) => new ProviderError(code, "refused", { certain: true });

test("what may have been sent is never repeated, whatever the code and whatever the fallback", () => {
  const error = new ProviderError("unreachable", "cut", { certain: false });
  expect(nextStep(error, outbound(), facts)).toEqual({ do: "doubt" });
});

describe("a panel that is away", () => {
  test.each<FailureCode>(["unreachable", "rate-limited", "busy"])("%s is tried again on its own line first", (code) => {
    expect(nextStep(certain(code), outbound({ triedSince: noon - 59_000 }), facts)).toMatchObject({ do: "retry" });
  });
  test.each<FailureCode>(["unreachable", "rate-limited", "busy"])("%s goes over after a minute", (code) => {
    const step = nextStep(certain(code), outbound({ triedSince: noon - 60_000 }), facts);
    expect(step).toEqual({ do: "go-over", line: "30001234" });
  });
  test("pauses double up to a minute and shrink by up to a half", () => {
    const pause = (tries: number, random = 1) =>
      nextStep(certain("unreachable"), outbound({ tries }), { ...alone, random: () => random });
    expect(pause(0)).toEqual({ do: "retry", afterMs: 2000 });
    expect(pause(1)).toEqual({ do: "retry", afterMs: 4000 });
    expect(pause(20)).toEqual({ do: "retry", afterMs: 60_000 });
    expect(pause(0, 0)).toEqual({ do: "retry", afterMs: 1000 });
  });
  test("a pause that the panel asked for is kept", () => {
    const error = new ProviderError("rate-limited", "slow down", { certain: true, retryAfterMs: 90_000 });
    expect(nextStep(error, outbound(), alone)).toEqual({ do: "retry", afterMs: 90_000 });
  });
  test("another line need not wait as long as this one is told to", () => {
    const error = new ProviderError("rate-limited", "slow down", { certain: true, retryAfterMs: 3_600_000 });
    const step = nextStep(error, outbound({ triedSince: noon - 20_000 }), facts);
    expect(step).toEqual({ do: "retry", afterMs: 40_000 });
  });
  test("it ends when the message has waited too long", () => {
    expect(nextStep(certain("unreachable"), outbound({ giveUpAt: noon }), alone)).toEqual({ do: "fail" });
  });
});

describe("a line or an account that cannot send", () => {
  const codes: FailureCode[] = [
    "bad-credentials",
    "address-refused",
    "no-credit",
    "over-quota",
    "account-closed",
    "bad-line",
    "unsupported",
  ];
  test.each(codes)("%s goes over at once", (code) => {
    expect(nextStep(certain(code), outbound(), facts)).toEqual({ do: "go-over", line: "30001234" });
  });
  test.each(codes)("%s fails where there is no other line", (code) => {
    expect(nextStep(certain(code), outbound(), alone)).toEqual({ do: "fail" });
  });
  test("a line that was tried before is not tried again", () => {
    const message = outbound({ line: "30001234", triedLines: ["+982164063188"] });
    expect(nextStep(certain("no-credit"), message, facts)).toEqual({ do: "fail" });
  });
  test("the wrong hour goes over at once, and waits where it cannot", () => {
    expect(nextStep(certain("wrong-time"), outbound(), facts)).toMatchObject({ do: "go-over" });
    expect(nextStep(certain("wrong-time"), outbound(), alone)).toEqual({ do: "retry", afterMs: 300_000 });
  });
});

test.each<FailureCode>(["bad-recipient", "blacklisted", "rejected", "bad-request"])(
  "%s is about the message and never goes to another line",
  (code) => {
    expect(nextStep(certain(code), outbound({ triedSince: noon - 120_000 }), facts)).toEqual({ do: "fail" });
  },
);

import { expect, test } from "vitest";
import { createHealth } from "../../src/core/health.ts";
import type { Notice } from "../../src/core/ports/desk.ts";
import { type FailureCode, ProviderError } from "../../src/core/ports/provider-error.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { noon } from "./messages.ts";

function open() {
  const clock = createFakeClock(noon);
  const told: string[] = [];
  const tell = (_: string, notice: Notice) => void told.push("code" in notice ? `down ${notice.code}` : notice.kind);
  const health = createHealth({ clock, tell });
  const fails = (code: FailureCode, area?: Parameters<typeof health.failed>[2]) =>
    health.failed("panel", new ProviderError(code, "told to fail", { certain: true }), area);
  return {
    clock,
    told,
    fails,
    works: (area?: Parameters<typeof health.worked>[1]) => health.worked("panel", area),
    health,
  };
}

test("a passing fault is told when it lasts, and once; that it is over, once", () => {
  const { clock, told, fails, works } = open();
  for (let n = 0; n < 5; n++) {
    fails("unreachable");
    clock.pass(20_000);
  }
  works();
  works();
  expect(told).toEqual(["down unreachable", "provider-up"]);
});

test("a refusal of one text says nothing of the panel; an inbox that is refused is a fault", () => {
  const { clock, told, fails, health } = open();
  for (let n = 0; n < 5; n++) {
    fails("rejected");
    clock.pass(20_000);
  }
  expect([told, health.of("panel").isUp]).toEqual([[], true]);
  for (let n = 0; n < 5; n++) {
    fails("rejected", "inbox fetch 30001");
    clock.pass(20_000);
  }
  expect(told).toEqual(["down rejected"]);
});

test("one inbox that works does not hide another that does not", () => {
  const { clock, told, fails, works, health } = open();
  for (let n = 0; n < 10; n++) {
    fails("no-answer", "inbox fetch 30001");
    works("inbox fetch 30002");
    works();
    clock.pass(20_000);
  }
  expect(told).toEqual(["down no-answer"]);
  expect(health.of("panel")).toMatchObject({ isUp: false, failure: { code: "no-answer" } });
  works("inbox fetch 30001");
  expect(told).toEqual(["down no-answer", "provider-up"]);
});

test("two faults of the account are told once each, however they take turns", () => {
  const { clock, told, fails } = open();
  for (let n = 0; n < 10; n++) {
    fails("no-credit");
    fails("bad-credentials", "inbox fetch 30001");
    clock.pass(20_000);
  }
  expect(told).toEqual(["down no-credit", "down bad-credentials"]);
});

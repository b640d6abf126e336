import { expect, test } from "vitest";
import { createSystemClock } from "../../src/support/system-clock.ts";

function createMachine() {
  const machine = { wallMs: 1_000_000, steadyMs: 0 };
  const clock = createSystemClock({ wall: () => machine.wallMs, steady: () => machine.steadyMs });
  return {
    clock,
    pass(ms: number) {
      machine.wallMs += ms;
      machine.steadyMs += ms;
    },
    set(by: number) {
      machine.wallMs += by;
    },
  };
}

test("it follows the machine's clock, also when that is set forward", () => {
  const { clock, pass, set } = createMachine();
  pass(1500);
  expect(clock.now()).toBe(1_001_500);
  set(3_600_000);
  expect(clock.now()).toBe(4_601_500);
});

test("set back, it neither runs backwards nor stands still, and is right again in the end", () => {
  const { clock, pass, set } = createMachine();
  clock.now();
  set(-10_000);
  expect(clock.now()).toBe(1_000_000);
  pass(4000);
  expect(clock.now()).toBe(1_002_000);
  pass(16_000);
  expect(clock.now()).toBe(1_010_000);
  pass(1000);
  expect(clock.now()).toBe(1_011_000);
});

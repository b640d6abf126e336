import { expect, test } from "vitest";
import { DeskError } from "../../../src/core/ports/desk.ts";
import { createRest } from "../../../src/core/showing/rest.ts";
import { createFakeClock } from "../../support/fake-clock.ts";

const away = new DeskError("unreachable", "telegram is away");

test("many threads that meet one fault are one failure: the desk is tried again after a second", () => {
  const rest = createRest({ clock: createFakeClock(), random: () => 0.999 });
  for (let thread = 0; thread < 50; thread++) rest.failed("support", away);
  expect(rest.restMs("support")).toBeGreaterThan(0);
  expect(rest.restMs("support")).toBeLessThanOrEqual(1000);
});

test("a desk that fails again after each rest is left alone for longer and longer, up to half a minute", () => {
  const clock = createFakeClock();
  const rest = createRest({ clock, random: () => 0.999 });
  const rests: number[] = [];
  for (let failure = 0; failure < 8; failure++) {
    rest.failed("support", away);
    rests.push(Math.round(rest.restMs("support") / 1000));
    clock.pass(rest.restMs("support"));
  }
  expect(rests).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  rest.worked("support");
  rest.failed("support", away);
  expect(rest.restMs("support")).toBeLessThanOrEqual(1000);
});

test("a longer silence that Telegram asks for while the desk rests already is kept", () => {
  const rest = createRest({ clock: createFakeClock(), random: () => 0 });
  rest.failed("support", away);
  rest.failed("support", new DeskError("rate-limited", "too many requests", { retryAfterMs: 40_000 }));
  expect(rest.restMs("support")).toBe(40_000);
});

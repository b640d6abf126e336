import { expect, test } from "vitest";
import { figuresIn, quote } from "../../bench/crash.ts";

test("what the crash run prints of each figure is found in its output", () => {
  const printed = [
    "40 kills, seed 7, node v22.12.0",
    "",
    "| figure | measured | bar | held |",
    "|---|---|---|---|",
    "| SMS lost | 0 (312 taken) | 0 | yes |",
    "| slowest stop, an SMS on the wire | 5210 ms | < 5000 ms | NO |",
    "402 s",
  ];
  const figures = figuresIn(printed.join("\n"));
  expect(figures.map(({ isHeld }) => isHeld)).toEqual([true, false]);
  expect(quote(figures)).toBe("slowest stop, an SMS on the wire: 5210 ms");
  expect(quote(figures.slice(0, 1))).toBe("0 lost");
});

import { expect, onTestFinished, test } from "vitest";
import { hideWarnings } from "../../src/cli/warnings.ts";

test("only the warnings that are named are hidden; the others are printed as before", () => {
  const before = process.listeners("warning");
  onTestFinished(() => {
    process.removeAllListeners("warning");
    for (const listener of before) process.on("warning", listener);
  });
  const printed: string[] = [];
  process.removeAllListeners("warning");
  process.on("warning", ({ message }) => void printed.push(message));
  hideWarnings([/^SOCKS5/]);
  for (const words of ["SOCKS5 is experimental", "not SOCKS5", "another"]) process.emit("warning", new Error(words));
  expect(printed).toEqual(["not SOCKS5", "another"]);
});

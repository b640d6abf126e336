import { expect, test } from "vitest";
import { findLeaks, type TranscriptRecord } from "./leaks.ts";

const record = (change: Partial<TranscriptRecord>): TranscriptRecord => ({
  test: "one",
  logged: "",
  shown: "",
  secrets: [],
  personal: [],
  ...change,
});

test("a secret is found in the transcript of another test, however it is spelled", () => {
  const owner = record({ secrets: ["pass&word 1", "short"] });
  expect(findLeaks([owner, record({ logged: "login with pass&word 1 failed" })])).toHaveLength(1);
  expect(findLeaks([owner, record({ shown: "http://a/?p=pass%26word%201" })])).toHaveLength(1);
  expect(findLeaks([owner, record({ shown: "short words", logged: "passwords" })])).toEqual([]);
});

test("numbers and texts may be shown, and not be logged", () => {
  const personal = ["9121234567", "سلام", "ok"];
  expect(findLeaks([record({ personal, shown: "9121234567 سلام ok" })])).toEqual([]);
  expect(findLeaks([record({ personal, logged: "sms of +989121234567: سلام, ok" })])).toHaveLength(2);
  expect(findLeaks([record({ personal }), record({ logged: "9121234567" })])).toEqual([]);
  expect(findLeaks([record({ personal, logged: "lag_seconds 0.0109121234567" })])).toEqual([]);
});

test("what is told of a leak does not repeat it", () => {
  const [told] = findLeaks([record({ secrets: ["a-long-password"], logged: "a-long-password" })]);
  expect(told).not.toContain("a-long-password");
});

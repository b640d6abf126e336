import fc from "fast-check";
import { expect, test } from "vitest";
import { hashKey } from "../../../src/core/model/ids.ts";
import type { MarkAction } from "../../../src/core/model/mark.ts";
import { encodePress, parsePress } from "../../../src/telegram/marks/press.ts";

const actions: MarkAction[] = [
  "cancel",
  "undo",
  "send-now",
  "send-in-time",
  "send-in-quiet",
  "later",
  "drop",
  "try-again",
  "send-again",
  "was-sent",
  "shorten",
];

test("every press survives the way through Telegram, within 64 bytes", () => {
  const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,43}$/);
  fc.assert(
    fc.property(fc.constantFrom(...actions), fc.nat({ max: 999_999_999 }), ids, (action, attempt, id) => {
      const data = encodePress({ action, attempt, id });
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      expect(parsePress(data)).toEqual({ action, attempt, id });
    }),
  );
});

test("the letters of buttons that are out there never change", () => {
  const id = hashKey("-100", "7");
  expect(actions.map((action) => encodePress({ action, attempt: 1, id }).slice(0, 5))).toEqual([
    "p:c:1",
    "p:u:1",
    "p:n:1",
    "p:l:1",
    "p:q:1",
    "p:p:1",
    "p:d:1",
    "p:t:1",
    "p:a:1",
    "p:w:1",
    "p:s:1",
  ]);
});

test("garbage is no press", () => {
  for (const data of [
    undefined,
    "",
    "p:",
    "p:c:1:",
    "p:x:1:abc",
    "p:c:-1:abc",
    "p:c:1:a b",
    "p:c:1:abc:d",
    " p:c:1:abc",
  ]) {
    expect(parsePress(data)).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.string(), (data) => {
      const press = parsePress(data);
      if (press) expect(encodePress(press)).toBe(data);
    }),
  );
});

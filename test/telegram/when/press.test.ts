import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeTimePress, parseTimePress } from "../../../src/telegram/when/press.ts";

test("a time survives the way through Telegram, within 64 bytes; anything else is none", () => {
  const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,43}$/);
  const minutes = fc.nat({ max: 80_000_000 });
  fc.assert(
    fc.property(minutes, fc.nat({ max: 999_999_999 }), ids, (minute, attempt, id) => {
      const press = { id, attempt, at: minute * 60_000 };
      const data = encodeTimePress(press);
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      expect(parseTimePress(data)).toEqual(press);
    }),
  );
  expect(["w:", "w:1::a", "w:1:zz", "p:c:1:a", "w:-1:a:b", undefined].map(parseTimePress)).toEqual(
    Array(6).fill(undefined),
  );
});

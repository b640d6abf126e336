import { writeTime } from "../tehran.ts";

/** `2026-08-01T09:30:00` on the clocks of Tehran, Gregorian and without an offset. */
export function writeWallTime(at: number): string {
  return writeTime(at).replace(" ", "T");
}

/** The moment of an XML `dateTime`; without an offset it is a time on the clocks of Tehran. `undefined`: no such time. */
export function readDateTime(written: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(written.trim());
  if (!match) return undefined;
  const [, wall = "", offset = "Z"] = match;
  const at = Date.parse(`${wall}${offset}`);
  if (Number.isNaN(at)) return undefined;
  return match[2] === undefined ? at - offsetOfTehran(at) : at;
}

/** Milliseconds by which Tehran was ahead of UTC about then: it had summer time until 2022. */
function offsetOfTehran(at: number): number {
  const second = Math.floor(at / 1000) * 1000;
  return Date.parse(`${writeWallTime(second)}Z`) - second;
}

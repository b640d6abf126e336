// The one place that owns direction marks. In right-to-left text a number with spaces, a `+` or a foreign word jumps to
// the wrong side; an isolate keeps it together. Marks stand around such a value, never in it, so a value that is copied
// (a `code` entity covers exactly the value) carries none.

const firstStrongIsolate = "\u2068";
const popIsolate = "\u2069";
const rightToLeftMark = "\u200f";
const foreign = /[A-Za-z0-9+/]/;

/** Wraps a value for right-to-left text where it needs it: anything with Latin letters or ASCII digits. */
export function isolate(value: string): string {
  return foreign.test(value) ? `${firstStrongIsolate}${value}${popIsolate}` : value;
}

/** Makes a whole text right-to-left for a reader that would take it for the other way, such as one that draws pictures. */
export function rightToLeft(text: string): string {
  return `${rightToLeftMark}${text}`;
}

/** Takes away every mark that changes direction and shows nothing. */
export function withoutDirection(text: string): string {
  return text.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, "");
}

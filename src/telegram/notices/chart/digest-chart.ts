import type { DayDigest, Digest } from "../../../core/model/digest.ts";
import { rightToLeft, withoutDirection } from "../../texts/direction.ts";
import type { Words } from "../../texts/i18n.ts";
import { spellDuration } from "../../texts/spell-duration.ts";
import { element, escapeText } from "./svg.ts";

const [width, height, margin] = [1080, 760, 48];
const ink = {
  text: "#1f2937",
  faint: "#6b7280",
  line: "#e5e7eb",
  received: "#2563eb",
  answers: "#10b981",
  waits: "#f59e0b",
};
const counts = { top: 190, bottom: 430 };
const waits = { top: 600, bottom: 715 };
const bar = { width: 44, gap: 8 };
const sizes = { title: 38, normal: 24, small: 20, tiny: 15 };
/** Of a longer label two would run into each other. */
const roomyLabel = 5;

/**
 * A picture of a desk's last days as SVG: what came in and what was answered each day, and how long people usually waited. In
 * Persian it is read from the right: the oldest day stands there.
 */
export function drawDigestChart(words: Words, { days, to }: Digest): string {
  const isRtl = words.language === "fa";
  const say = (key: string, facts = {}) => withoutDirection(words.say(key, facts));
  const numbers = new Intl.NumberFormat(isRtl ? "fa-IR" : "en-GB");
  const most = Math.max(1, ...days.flatMap(({ received, answers }) => [received, answers]));
  const longest = Math.max(1, ...days.map(({ medianMs = 0 }) => medianMs));

  /** From the side where reading begins. */
  const across = (x: number) => (isRtl ? width - x : x);
  const middleOf = (n: number) => across(margin + ((width - 2 * margin) * (n + 0.5)) / days.length);
  // The anchor is that of the drawing, not of the script.
  const beginning = { x: across(margin), "text-anchor": isRtl ? "end" : "start" };

  function text(content: string, attributes: Readonly<Record<string, string | number>>): string {
    // The renderer takes every text for one that begins at the left, and would put a number on the wrong side of its unit.
    const directed = isRtl ? rightToLeft(content) : content;
    const looks = { fill: ink.text, "font-size": sizes.normal, "text-anchor": "middle", ...attributes };
    return element("text", looks, escapeText(directed));
  }

  /** A column that stands on `bottom`, and its value above it. */
  function column(
    { x, value, share, label, colour }: { x: number; value: number; share: number; label: string; colour: string },
    { top, bottom }: typeof counts,
    size: number,
  ): string {
    const tall = value === 0 ? 0 : Math.max(3, share * (bottom - top));
    const facts = { x: x - bar.width / 2, y: bottom - tall, width: bar.width, height: tall, rx: 4, fill: colour };
    return element("rect", facts) + text(label, { x, y: bottom - tall - 10, "font-size": size });
  }

  function countsOf({ received, answers }: DayDigest, n: number): string {
    const size = numbers.format(most).length > roomyLabel ? sizes.tiny : sizes.small;
    const shift = ((bar.width + bar.gap) / 2) * (isRtl ? -1 : 1);
    const one = (value: number, x: number, colour: string) =>
      column({ x, value, share: value / most, label: numbers.format(value), colour }, counts, size);
    return one(received, middleOf(n) - shift, ink.received) + one(answers, middleOf(n) + shift, ink.answers);
  }

  function waitOf({ medianMs }: DayDigest, n: number): string {
    if (medianMs === undefined) return text("–", { x: middleOf(n), y: waits.bottom - 10, fill: ink.faint });
    const label = withoutDirection(spellDuration(words, medianMs));
    const value = Math.max(1, medianMs);
    return column({ x: middleOf(n), value, share: medianMs / longest, label, colour: ink.waits }, waits, sizes.small);
  }

  function nameOf({ from, to: until }: DayDigest, n: number): string {
    // It begins and ends at the hour of the digest: it is called after the day that most of it lies in.
    const day = (from + until) / 2;
    const weight = n === days.length - 1 ? "bold" : "normal";
    const weekday = text(words.spellWeekday(day), {
      x: middleOf(n),
      y: 466,
      "font-size": sizes.small,
      "font-weight": weight,
    });
    return weekday + text(words.spellDate(day), { x: middleOf(n), y: 494, "font-size": sizes.small, fill: ink.faint });
  }

  function legend(start: number, key: string, colour: string): string {
    const side = 22;
    const square = { x: across(start) - (isRtl ? side : 0), y: 131, width: side, height: side, rx: 4, fill: colour };
    return element("rect", square) + text(say(key), { ...beginning, x: across(start + side + 10), y: 151 });
  }

  const floor = (y: number) =>
    element("line", { x1: margin, x2: width - margin, y1: y, y2: y, stroke: ink.line, "stroke-width": 2 });
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": "Vazirmatn",
    },
    element("rect", { width, height, fill: "#ffffff" }),
    text(say("chart-title"), { ...beginning, y: 68, "font-size": sizes.title, "font-weight": "bold" }),
    text(say("chart-until", { time: words.spellClock(to, to) }), { ...beginning, y: 106, fill: ink.faint }),
    legend(margin, "chart-received", ink.received),
    legend(margin + 290, "chart-answers", ink.answers),
    floor(counts.bottom),
    ...days.map(countsOf),
    ...days.map(nameOf),
    text(say("chart-waits"), { ...beginning, y: 556, "font-weight": "bold" }),
    floor(waits.bottom),
    ...days.map(waitOf),
  );
}

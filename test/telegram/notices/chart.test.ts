import { expect, test } from "vitest";
import type { DayDigest, Digest } from "../../../src/core/model/digest.ts";
import type { Log } from "../../../src/core/ports/log.ts";
import { createPictures } from "../../../src/telegram/notices/chart/picture.ts";
import { element } from "../../../src/telegram/notices/chart/svg.ts";
import { createTexts } from "../../../src/telegram/texts/texts.ts";
import { silentLog } from "../silent-log.ts";

const day = 86_400_000;
/** 17:30 UTC of 26 November 2026: 21:00 of 5 Azar 1405 in Tehran. */
const to = Date.UTC(2026, 10, 26, 17, 30);
const draw = createPictures({ log: silentLog });

const facts: readonly Pick<DayDigest, "received" | "answers" | "medianMs">[] = [
  { received: 42, answers: 38, medianMs: 6 * 60_000 },
  { received: 55, answers: 51, medianMs: 3 * 3_600_000 },
  { received: 61, answers: 60, medianMs: 9 * 60_000 },
  { received: 18, answers: 15, medianMs: 34 * 60_000 },
  { received: 0, answers: 0 },
  { received: 73, answers: 66, medianMs: 12 * 60_000 },
  { received: 1240, answers: 7, medianMs: 26 * 60_000 },
];

function digestOf(days: readonly Pick<DayDigest, "received" | "answers" | "medianMs">[]): Digest {
  const spans = days.map((one, n) => ({ ...one, from: to - (7 - n) * day, to: to - (6 - n) * day }));
  const standing = { failed: 0, uncertain: 0, open: 0, unanswered: 0, operators: [] };
  return { from: to - day, to, received: 0, answers: 0, ...standing, days: spans };
}

/** The texts of a picture, in the order in which they are drawn, with their places. */
function textsOf(svg: string) {
  return [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = "", text = ""]) => ({
    text: text.replace("\u200f", ""),
    x: Number(/ x="([\d.]+)"/.exec(attributes)?.[1]),
  }));
}

test("each day has its two counts and its wait, in the digits and the calendar of the desk", () => {
  const fa = textsOf(createTexts("fa").chart(digestOf(facts))).map(({ text }) => text);
  expect(fa).toEqual(
    expect.arrayContaining([
      "هفت روز گذشته",
      "هر روز تا ساعت ۲۱:۰۰",
      "۱٬۲۴۰",
      "۴۲",
      "۳۴ دقیقه",
      "۳ ساعت",
      "پنجشنبه",
      "۵ آذر",
      "۲۹ آبان",
    ]),
  );
  expect(fa.join("")).not.toMatch(/[0-9A-Za-z\u2066-\u2069]/);
  const en = textsOf(createTexts("en").chart(digestOf(facts))).map(({ text }) => text);
  expect(en).toEqual(
    expect.arrayContaining([
      "The last 7 days",
      "Each day until 21:00",
      "1,240",
      "34 minutes",
      "Thursday",
      "26 November",
    ]),
  );
  expect(en.filter((text) => /^[\d,]+$/.test(text)).map((text) => Number(text.replace(",", "")))).toEqual(
    facts.flatMap(({ received, answers }) => [received, answers]),
  );
});

test("every Persian text begins with the mark without which numbers would stand on the wrong side, and no other does", () => {
  const unmarked = /<text[^>]*>(?!\u200f)/;
  expect(createTexts("fa").chart(digestOf(facts))).not.toMatch(unmarked);
  expect(createTexts("en").chart(digestOf(facts))).not.toContain("\u200f");
});

test("in Persian the oldest day stands at the right, in English at the left", () => {
  const placesOf = (language: "fa" | "en", names: readonly string[]) => {
    const texts = textsOf(createTexts(language).chart(digestOf(facts)));
    return names.map((name) => texts.find(({ text }) => text === name)?.x ?? Number.NaN);
  };
  const [oldest = 0, newest = 0] = placesOf("fa", ["۲۹ آبان", "۵ آذر"]);
  const [first = 0, last = 0] = placesOf("en", ["20 November", "26 November"]);
  expect([oldest > newest, first < last]).toEqual([true, true]);
});

test("bars are as high as their numbers say, and a day on which nobody waited has none", () => {
  const svg = createTexts("en").chart(digestOf(facts));
  const heightsOf = (colour: string) =>
    [...svg.matchAll(/<rect([^>]*)>/g)]
      .flatMap(([, attributes = ""]) => (attributes.includes(`fill="${colour}"`) ? [attributes] : []))
      .map((attributes) => Number(/ height="([\d.]+)"/.exec(attributes)?.[1]))
      // The first is that of the legend.
      .slice(-7);
  const received = heightsOf("#2563eb");
  expect(received.at(-1)).toBe(240);
  expect(received[2]).toBeCloseTo((240 * 61) / 1240, 1);
  expect(received[4]).toBe(0);
  expect(heightsOf("#f59e0b")).toEqual(expect.arrayContaining([115, expect.closeTo((115 * 34) / 180, 1)]));
  expect(heightsOf("#f59e0b")).toHaveLength(6);
});

test.each(["fa", "en"] as const)("the picture is a PNG with its texts in it (%s)", async (language) => {
  const svg = createTexts(language).chart(digestOf(facts));
  const png = await draw(svg);
  expect(png?.subarray(0, 8)).toEqual(Buffer.from("89504e470d0a1a0a", "hex"));
  expect([png?.readUInt32BE(16), png?.readUInt32BE(20)]).toEqual([1080, 760]);
  const without = await draw(svg.replace(/<text.*?<\/text>/g, ""));
  expect(png?.equals(without ?? Buffer.alloc(0))).toBe(false);
});

test("Persian letters join, numbers stand before what they count, and no mark is drawn as a box", async () => {
  const inkOf = async (text: string) => {
    const own = element(
      "text",
      { x: 200, y: 60, "font-size": 40, "text-anchor": "middle", "font-family": "Vazirmatn" },
      text,
    );
    const svg = element("svg", { xmlns: "http://www.w3.org/2000/svg", width: 400, height: 100 }, own);
    return (await draw(svg))?.toString("base64");
  };
  expect(await inkOf("سلام")).not.toBe(await inkOf(""));
  expect(await inkOf("سلام")).not.toBe(await inkOf("\ue000\ue000\ue000\ue000"));
  // ZWNJ keeps letters from joining: where they looked the same nothing would have joined.
  expect(await inkOf("سلام")).not.toBe(await inkOf("س\u200cل\u200cا\u200cم"));
  expect(await inkOf("\u200fسلام")).toBe(await inkOf("سلام"));
  // Without the mark the renderer takes the text for a left-to-right one.
  expect(await inkOf("\u200f۱۲ دقیقه")).not.toBe(await inkOf("۱۲ دقیقه"));
});

test("a day without any SMS makes a picture too", async () => {
  const svg = createTexts("fa").chart(digestOf(facts.map(() => ({ received: 0, answers: 0 }))));
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect((await draw(svg))?.length).toBeGreaterThan(1000);
});

test("what stands in a text or an attribute breaks nothing", () => {
  const svg = element("text", { fill: 'a"b<' }, "x");
  expect(svg).toBe('<text fill="a&quot;b&lt;">x</text>');
});

test("a machine without the renderer goes without pictures, says so once and does not try again", async () => {
  const said: string[] = [];
  let loads = 0;
  const log: Log = { ...silentLog, warn: (_facts, message) => void said.push(message ?? "") };
  const none = createPictures({
    log,
    load: () => {
      loads += 1;
      return Promise.reject(new Error("Cannot find native binding"));
    },
  });
  expect([await none("<svg/>"), await none("<svg/>")]).toEqual([undefined, undefined]);
  expect([said, loads]).toEqual([["pictures cannot be drawn here, digests go without"], 1]);
});

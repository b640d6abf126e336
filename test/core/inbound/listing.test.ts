import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ListingFacts, readListing } from "../../../src/core/inbound/listing.ts";
import type { IncomingSms } from "../../../src/core/ports/inbox.ts";
import { noon } from "../messages.ts";

const facts: ListingFacts = { since: noon, answer: "a", wasEmptied: false };
const bare = (text: string): IncomingSms => ({ line: "50004321", peer: "09121234567", text });
const at = (text: string, minutes: number, more: Partial<IncomingSms> = {}): IncomingSms => ({
  ...bare(text),
  time: { written: String(minutes), at: noon + minutes * 60_000 },
  ...more,
});
const textsOf = (entries: readonly IncomingSms[], more: Partial<ListingFacts> = {}) =>
  readListing(entries, { ...facts, ...more }).listed.map(({ sms }) => sms.text);

/** What is new in each of the answers that a panel gives one after the other. */
function newIn(answers: readonly string[][]): string[][] {
  let before: readonly string[] | undefined;
  let wasEmptied = false;
  return answers.map((texts, n) => {
    const listing = readListing(texts.map(bare), {
      ...facts,
      answer: String(n),
      wasEmptied,
      ...(before ? { before } : {}),
    });
    wasEmptied = texts.length === 0;
    if (!wasEmptied || before === undefined) before = listing.bare;
    return listing.listed.map(({ sms }) => sms.text);
  });
}

describe("entries with times or ids", () => {
  test("come oldest first, whichever way the panel lists them", () => {
    const entries = [at("b", 2), at("c", 3), at("a", 1)];
    expect(textsOf(entries)).toEqual(["a", "b", "c"]);
    expect(textsOf(entries.toReversed())).toEqual(["a", "b", "c"]);
  });

  test("of one second stand in the order of their ids, which are longer than numbers", () => {
    const entries = [
      at("third", 1, { panelId: "10000000000000000000" }),
      at("first", 1, { panelId: "9007199254740993" }),
      at("second", 1, { panelId: "9007199254740994" }),
    ];
    expect(textsOf(entries)).toEqual(["first", "second", "third"]);
  });

  test("of one time and without ids keep the panel's order, turned where it lists the newest first", () => {
    expect(textsOf([at("c", 2), at("b", 1), at("a", 1)])).toEqual(["a", "b", "c"]);
    expect(textsOf([at("a", 1), at("b", 1), at("c", 2)])).toEqual(["a", "b", "c"]);
  });

  test("that are equal get a number among themselves, and not their place in the list", () => {
    const ordinals = (entries: IncomingSms[]) => readListing(entries, facts).listed.map(({ ordinal }) => ordinal);
    expect(ordinals([at("بله", 1), at("بله", 1), at("نه", 1)])).toEqual([0, 1, 0]);
    expect(ordinals([at("نه", 1), at("other", 1), at("بله", 1), at("بله", 1)])).toEqual([0, 0, 0, 1]);
  });

  test("are old when they are from before the first contact, and only then", () => {
    const isOld = (entries: IncomingSms[]) => readListing(entries, facts).listed.map((one) => one.isOld);
    expect(isOld([at("old", -1), at("new", 0), { ...at("?", 0), time: { written: "دیروز" } }])).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("entries with neither time nor id", () => {
  test("are new where they lie outside the overlap with the answer before", () => {
    expect(newIn([["a"], ["a", "b"], ["a", "b"], ["a", "b", "c"]])).toEqual([["a"], ["b"], [], ["c"]]);
    expect(newIn([["a"], ["b", "a"], ["d", "c", "b", "a"]])).toEqual([["a"], ["b"], ["c", "d"]]);
  });

  test("with equal texts count as often as they stand there", () => {
    expect(newIn([["بله"], ["بله", "بله"], ["نه", "بله", "بله"]])).toEqual([["بله"], ["بله"], ["نه"]]);
  });

  test("are known in a window that moves, and where one is deleted in the middle", () => {
    expect(
      newIn([
        ["c", "b", "a"],
        ["d", "c", "b"],
        ["e", "d", "b"],
      ]),
    ).toEqual([["c", "b", "a"], ["d"], ["e"]]);
  });

  test("are new when the panel was empty in between, for then it had handed over the others", () => {
    expect(newIn([["بله"], [], ["بله"]])).toEqual([["بله"], [], ["بله"]]);
  });

  test("do not all come again when a panel shows an empty list for once", () => {
    expect(newIn([["a", "b", "c"], [], ["a", "b", "c", "d"]])).toEqual([["a", "b", "c"], [], ["d"]]);
  });

  test("are taken for a backlog where the first answer holds many of them, and shown where it holds a few", () => {
    const many = Array.from({ length: 21 }, (_, n) => bare(`sms ${n}`));
    expect(readListing(many, facts).listed.every(({ isOld }) => isOld)).toBe(true);
    expect(readListing(many.slice(1), facts).listed.some(({ isOld }) => isOld)).toBe(false);
    expect(readListing(many, { ...facts, before: ["x"] }).listed.some(({ isOld }) => isOld)).toBe(false);
  });

  test("of long lists are told apart in time", () => {
    const list = Array.from({ length: 20_000 }, (_, n) => `sms ${n}`);
    expect(newIn([list, [...list.toReversed()].concat("x")])[1]).toEqual(["x"]);
  });

  test("each come once, whatever window, order and texts a panel has", () => {
    const arrivals = fc.array(fc.array(fc.constantFrom("a", "b", "c", "سلام"), { maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(arrivals, fc.boolean(), (batches, isNewestFirst) => {
        const all: string[] = [];
        const answers = batches.map((batch) => {
          all.push(...batch);
          return isNewestFirst ? all.toReversed() : [...all];
        });
        const found = newIn(answers).map((texts) => texts.toSorted());
        // Of equal texts nobody can tell which one is new, but how many are.
        expect(found).toEqual(batches.map((batch) => batch.toSorted()));
      }),
    );
  });
});

test("a time that nobody understands, and that is another one in each answer, makes no entry new again", () => {
  const ago = (text: string, minutes: number): IncomingSms => ({
    ...bare(text),
    time: { written: `${minutes} دقیقه پیش` },
  });
  const first = readListing([ago("b", 1), ago("a", 5)], facts);
  expect(first.listed.map(({ sms }) => sms.text)).toHaveLength(2);
  const second = readListing([ago("c", 1), ago("b", 3), ago("a", 7)], { ...facts, answer: "2", before: first.bare });
  expect(second.listed.map(({ sms }) => sms.text)).toEqual(["c"]);
});

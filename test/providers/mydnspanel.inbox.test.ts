import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProviderError } from "../../src/core/ports/provider-error.ts";
import { readReceived } from "../../src/providers/mydnspanel/inbox.ts";
import { line, other, peer, readFixture } from "./mydnspanel.start.ts";

const second = "+982164063188";
const lines = [line, second];
const at = Date.UTC(2026, 10, 22, 10, 35, 9);
const sms = { line, peer, text: "hi" };
const entry = { from: "9121234567", to: line, text: "hi" };

function read(content: unknown, own: readonly string[] = lines) {
  return readReceived(typeof content === "string" ? content : JSON.stringify(content), own);
}
const readOne = (fields: object, own?: readonly string[]) => read({ result: "1", data: [fields] }, own).sms[0];

describe("a list of incoming SMS", () => {
  it("is read whole, a line that is not ours and an empty text too", () => {
    expect(readReceived(readFixture("receivedMessages").text, lines)).toEqual({
      sms: [
        { line, peer, text: "سلام", panelId: "501", time: { written: "1405/09/01 14:05:09", at } },
        {
          line: "50009999",
          peer: other,
          text: "",
          panelId: "502",
          time: { written: "1405/09/01 14:06:00", at: at + 51_000 },
        },
      ],
      unreadable: [],
    });
  });

  it.each([
    { data: { messages: [entry] } },
    { data: { list: [entry] } },
    { data: { receivers: [entry] } },
    { data: [entry] },
    { messages: [entry] },
    { receivedMessages: [entry] },
    { receives: [entry] },
    { list: [entry] },
    { Data: { Messages: [entry] } },
    { data: { "501": entry, count: "1" } },
    { data: { messages: { "501": entry } } },
    { messages: { "501": entry } },
    { data: entry },
    { data: { count: "1", messages: [] }, list: [entry] },
    { data: ["five"], list: [entry] },
    { data: { pages: { next: "2" } }, list: [entry] },
    { data: { items: [entry] } },
    { data: { pages: { next: "2" }, items: [entry] } },
    { payload: { deeper: [[entry]] } },
    { data: JSON.stringify([entry]) },
    { data: JSON.stringify({ messages: [entry] }) },
    { data: JSON.stringify({ items: [entry] }) },
  ])("is found in %j", (place) => {
    expect(read({ result: "1", ...place })).toEqual({ sms: [sms], unreadable: [] });
  });

  it("is found without anything around it", () => {
    expect(read([entry])).toEqual({ sms: [sms], unreadable: [] });
  });

  it("is found under a code that nobody knows", () => {
    expect(read({ result: "999", data: [entry] }).sms).toEqual([sms]);
  });

  it("is never looked for in the text of an SMS", () => {
    const text = JSON.stringify([entry]);
    expect(readOne({ ...entry, text })?.text).toBe(text);
    expect(() => read({ result: "1", data: { items: { payload: text } } })).toThrow(ProviderError);
  });

  it("keeps its order, and its entries apart", () => {
    const many = ["a", "b", "a"].map((text) => ({ ...entry, text }));
    expect(read({ result: 1, data: many }).sms.map(({ text }) => text)).toEqual(["a", "b", "a"]);
  });

  it.each([
    readFixture("receivedMessages-empty").text,
    "401",
    { result: 401, message: "nothing" },
    { result: "1" },
    { result: "1", data: [] },
    { result: "1", data: null, message: "nothing" },
    { result: "1", data: { count: "0", messages: [] } },
    { result: "1", data: {}, messages: [[], {}, null] },
    { result: "1", data: "[]" },
    { result: "1", data: '{"messages":[]}' },
    [],
  ])("holds nothing in %j", (answer) => {
    expect(read(answer)).toEqual({ sms: [], unreadable: [] });
  });

  it.each([
    "",
    "<html>",
    "null",
    "{}",
    { result: "-1" },
    { result: "1", data: "five" },
    { result: "1", data: ["five"] },
    { result: "1", data: { items: [{ payload: "hi" }] } },
    { result: "1", data: "[five" },
    { result: "1", a: { b: { c: { d: { e: { f: { g: { h: { i: [entry] } } } } } } } } },
    { result: "1", data: [{ from: "9121234567" }] },
    { result: "1", data: [{ text: "hi" }] },
    { result: "1", data: { message: "no messages" } },
  ])("of which nothing can be read is a bad reply: %j", (answer) => {
    expect(() => read(answer)).toThrow(expect.objectContaining({ code: "bad-reply", certain: true }));
  });

  it("keeps the entries that cannot be read as they came, and reads the others", () => {
    const bad = [{ id: "1", from: "9121234567" }, "five", { text: "hi" }, { from: line, text: "our own" }];
    const { sms: good, unreadable } = read({ result: "1", data: [bad[0], entry, ...bad.slice(1)] });
    expect(good).toEqual([sms]);
    expect(unreadable.map((one): unknown => JSON.parse(one))).toEqual(bad);
  });
});

describe("an incoming SMS", () => {
  const names = {
    from: ["from", "sender", "number", "mobile", "senderNumber", "phone"],
    to: ["to", "receiver", "line", "receiverNumber", "toNumber"],
    text: ["text", "message", "body", "content", "msg"],
    id: ["id", "messageID", "msgId", "receiveID", "rID"],
    date: ["date", "dateTime", "time", "receiveDate", "receiveTime", "created_at", "timestamp"],
  };

  it.each(Object.entries(names).flatMap(([part, all]) => all.map((name) => [part, name] as const)))(
    "has its %s under the name %s, in any case",
    (part, name) => {
      const full = { ...entry, id: "7", date: "2026-11-22 14:05:09" };
      const { [part as keyof typeof full]: value, ...rest } = full;
      const expected = { ...sms, panelId: "7", time: { written: "2026-11-22 14:05:09", at } };
      for (const spelled of [name, name.toUpperCase(), name.toLowerCase()]) {
        expect(readOne({ ...rest, [spelled]: value })).toEqual(expected);
      }
    },
  );

  it.each([
    ["from and to as named", { from: "9121234567", to: "50004321" }, { line, peer }],
    ["numbers in other spellings", { from: "۰۹۱۲ ۱۲۳ ۴۵۶۷", to: "9850004321" }, { line, peer }],
    ["numbers as numbers", { from: 9121234567, to: 50004321 }, { line, peer }],
    ["a line that is not listed", { from: "9121234567", to: "30009999" }, { line: "30009999", peer }],
    ["both swapped, one of them ours", { from: "50004321", to: "9121234567" }, { line, peer }],
    ["both swapped, neither ours", { from: "30009999", to: "9121234567" }, { line: "30009999", peer }],
    ["a sender that is a service", { from: "30001234", to: "50004321" }, { line, peer: "30001234" }],
    ["a sender with a name", { from: "Bank Melli", to: "50004321" }, { line, peer: "Bank Melli" }],
    ["two senders, one of them ours", { sender: "50004321", number: "9121234567" }, { line, peer }],
    ["two senders, one no mobile", { sender: "30009999", mobile: "9121234567" }, { line: "30009999", peer }],
    ["two receivers, one of them ours", { receiver: "9121234567", line: "50004321" }, { line, peer }],
    ["a third number", { from: "9121234567", receiver: "1", line: "50004321" }, { line, peer }],
    ["no receiver", { from: "9121234567" }, { line, peer }],
    ["an empty receiver", { from: "9121234567", to: "" }, { line, peer }],
    ["a sender called receiver", { receiver: "9121234567" }, { line, peer }],
    ["a sender with a name and no receiver", { from: "Bank" }, { line, peer: "Bank" }],
  ])("with %s has the right ends", (_, ends, expected) => {
    expect(readOne({ ...ends, text: "hi" })).toEqual({ ...expected, text: "hi" });
  });

  it("cannot be read where its line cannot be known", () => {
    expect(() => readOne({ from: "9121234567", text: "hi" }, [])).toThrow(ProviderError);
    expect(readOne(entry, [])).toEqual(sms);
  });

  it.each([
    ["its spaces and lines", "  a\r\n b "],
    ["digits", "0012"],
    ["what looks like JSON", '{"text":"x"}'],
  ])("keeps %s", (_, text) => {
    expect(readOne({ ...entry, text })?.text).toBe(text);
  });

  it("that is a number is its digits, and without any it is empty", () => {
    expect(readOne({ ...entry, text: 1234 })?.text).toBe("1234");
    expect(readOne({ ...entry, text: null })?.text).toBe("");
    expect(readOne({ ...entry, text: "", body: "there" })?.text).toBe("there");
  });

  it("whose text is neither text nor number cannot be read", () => {
    expect(() => readOne({ ...entry, text: { a: 1 } })).toThrow(ProviderError);
  });

  it("keeps an id beyond 2^53, and takes an empty one or 0 for none", () => {
    expect(
      read(`{"result":"1","data":[{"id":9007199254740993,"from":"9121234567","text":"hi"}]}`).sms[0]?.panelId,
    ).toBe("9007199254740993");
    for (const id of ["", "0", 0, null, "000"]) expect(readOne({ ...entry, id })).toEqual(sms);
    expect(readOne({ ...entry, id: "0", messageID: "8" })?.panelId).toBe("8");
  });

  it.each([
    [{ date: "2026-11-22 14:05:09" }, "2026-11-22 14:05:09", at],
    [{ date: "۱۴۰۵/۰۹/۰۱ ۱۴:۰۵:۰۹" }, "۱۴۰۵/۰۹/۰۱ ۱۴:۰۵:۰۹", at],
    [{ date: "1405/09/01", time: "14:05:09" }, "1405/09/01 14:05:09", at],
    [{ receiveTime: "14:05:09", receiveDate: "2026-11-22" }, "2026-11-22 14:05:09", at],
    [{ date: "2026-11-22 14:05:09", time: "14:05" }, "2026-11-22 14:05:09", at],
    [{ timestamp: at / 1000 }, String(at / 1000), at],
    [{ timestamp: at, time: "14:05" }, String(at), at],
    [{ date: "0", created_at: "2026-11-22T10:35:09Z" }, "2026-11-22T10:35:09Z", at],
    [{ date: "yesterday", dateTime: "2026-11-22 14:05:09" }, "2026-11-22 14:05:09", at],
    [{ date: "0000-00-00 00:00:00" }, "0000-00-00 00:00:00", undefined],
    [{ time: "14:05" }, "14:05", undefined],
  ])("has the time %j as it was written, and as understood", (fields, written, understood) => {
    const time = { written, ...(understood === undefined ? {} : { at: understood }) };
    expect(readOne({ ...entry, ...fields })).toEqual({ ...sms, time });
  });
});

describe("whatever a panel may answer", () => {
  const keys = fc.constantFrom(
    ...[
      "result",
      "data",
      "messages",
      "list",
      "receivers",
      "from",
      "to",
      "text",
      "message",
      "id",
      "date",
      "time",
      "__proto__",
    ],
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc.oneof(
        fc.string(),
        fc.constantFrom("1", "401", "-1", line, "9121234567", "1405/09/01"),
        fc.integer(),
        fc.double(),
      ),
      fc.constantFrom(null, true, false),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(keys, tie("tree"), { maxKeys: 6 }),
    ),
  }));

  function outcomeOf(answer: string) {
    try {
      return readReceived(answer, lines);
    } catch (error) {
      if (error instanceof ProviderError && error.code === "bad-reply") return undefined;
      throw error;
    }
  }

  it("is read, or a bad reply, and the same each time", () => {
    const answers = fc.oneof(
      tree.map((value) => JSON.stringify(value)),
      tree.map((value) => JSON.stringify({ result: "1", data: value })),
      fc.json(),
      fc.string(),
    );
    fc.assert(
      fc.property(answers, (answer) => {
        const reading = outcomeOf(answer);
        expect(outcomeOf(answer)).toEqual(reading);
        for (const one of reading?.sms ?? []) {
          expect(one.line).not.toBe("");
          expect(one.peer).not.toBe("");
          expect(one.panelId).not.toBe("");
          expect(one.line).not.toBe(one.peer);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("loses no entry of a list: each is an SMS or unreadable", () => {
    const entries = fc.array(
      fc.record({ id: fc.integer({ min: 1 }), from: fc.option(fc.string(), { nil: undefined }), text: fc.string() }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(entries, (list) => {
        const reading = outcomeOf(JSON.stringify({ result: "1", data: [...list, entry] }));
        expect((reading?.sms.length ?? 0) + (reading?.unreadable.length ?? 0)).toBe(list.length + 1);
      }),
    );
  });

  it.each(["[", '{"data":'])("may be nested as deep as it likes with %j", (open) => {
    const close = open === "[" ? "]" : "}";
    const deep = open.repeat(50_000) + (open === "[" ? "" : "1") + close.repeat(50_000);
    expect(outcomeOf(deep)).toBeUndefined();
    const beside = outcomeOf(`{"result":"1","data":[${JSON.stringify(entry)},${deep}]}`);
    expect(beside?.sms).toEqual([sms]);
    expect(beside?.unreadable).toHaveLength(1);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readCredit, readIds, readReply, readReports } from "../../src/providers/asanak/wire.ts";
import { parseJsonKeepingDigits } from "../../src/providers/json.ts";
import { shorten } from "../../src/providers/words.ts";

const folder = new URL("./fixtures/asanak/", import.meta.url);
const fixture = z.object({ source: z.string().min(20), status: z.int(), body: z.unknown() });

function contentOf(name: string): unknown {
  const { body } = fixture.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")));
  const reply = readReply(JSON.stringify(body));
  return reply?.isAccepted ? reply.content : undefined;
}

describe("fixtures", () => {
  it("each name their source", () => {
    for (const name of readdirSync(folder)) fixture.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
  });
});

describe("the ids of a send", () => {
  it.each([
    ["sendsms-v2", ["5271599999", "5271600000"]],
    ["sendsms-v1", ["2456544", "2456545"]],
    ["template-v2", ["89545112"]],
    ["p2psendsms-v2", ["5271600001", "5271600002"]],
  ])("are read from %s", (name, ids) => {
    expect(readIds(contentOf(name))).toEqual(ids);
  });

  it("keep every digit above 2^53, as numbers, as text and in objects", () => {
    const reply = readReply(
      '{"meta":{"status":200},"data":[9007199254740993,"9007199254740995",{"messageId":-1,"x":"12345678901234567\\""},{"msgid":12345678901234567890}]}',
    );
    expect(reply?.isAccepted && readIds(reply.content)).toEqual([
      "9007199254740993",
      "9007199254740995",
      "12345678901234567890",
    ]);
  });

  it.each(["messageId", "messageid", "MsgID", "msgid", "id"])("are found as %s in an item", (key) => {
    expect(readIds([{ [key]: 77 }])).toEqual(["77"]);
  });

  it("are fewer where an entry has none, so that no receiver gets another's", () => {
    expect(readIds([11, null, "0", 0, -5, "0Invalid", { status: 1010 }, 12])).toEqual(["11", "12"]);
  });

  it("are none where the panel says nothing more than success", () => {
    expect(readIds(undefined)).toEqual([]);
    expect(readIds(null)).toEqual([]);
  });
});

describe("reports", () => {
  it("are read from the manual's sample", () => {
    expect(readReports(contentOf("msgstatus-v1"))).toEqual([
      { id: "4456772", state: "delivered", vendor: "6 Success" },
      { id: "4456773", state: "delivered", vendor: "6 Success" },
    ]);
  });

  it("are read from the envelope, with Status as a number", () => {
    expect(readReports(contentOf("msgstatus-v2"))).toEqual([
      { id: "5271599999", state: "pending", vendor: "20 held by the panel" },
    ]);
  });

  it("are read where meta.code stands for meta.status", () => {
    expect(readReports(contentOf("msgstatus-meta-code"))).toEqual([
      { id: "5271599999", state: "delivered", vendor: "6 Success" },
    ]);
  });

  it("of an unknown status have no state, and the panel's own word", () => {
    expect(
      readReports([
        { MsgID: "1", Status: "77" },
        { MsgID: "2", Status: "later" },
      ]),
    ).toEqual([
      { id: "1", vendor: "77" },
      { id: "2", vendor: "later" },
    ]);
  });

  it("without an id or a status are left out", () => {
    expect(readReports([{ Status: "6" }, { MsgID: "1" }, null, 5])).toEqual([]);
  });
});

describe("credit", () => {
  it.each([
    [{ credit: 928 }, 928],
    [{ credit: "12,500" }, 12_500],
    [{ Credit: "928.5" }, 928.5],
    [{ credit: 0 }, 0],
    [{ credit: -3 }, -3],
    [928, 928],
  ])("of %j is %d", (content, amount) => {
    expect(readCredit(content, "messages")).toEqual({ unit: "messages", amount });
  });

  it.each([[undefined], [{}], [{ credit: "" }], [{ credit: "none" }], ["x"], [[]]])(
    "is not guessed from %j",
    (content) => {
      expect(readCredit(content, "rial")).toBeUndefined();
    },
  );
});

describe("a reply", () => {
  it("that refuses names its code, its words and the invalid numbers, wherever they stand", () => {
    for (const body of [
      { meta: { status: 1010, message: "no" }, data: { Invalids: ["0Invalid"] } },
      { meta: { status: "1010", message: "no", invalids: ["0Invalid"] }, data: [] },
      { meta: { status: 1010, message: "no" }, Invalids: ["0Invalid"] },
    ]) {
      expect(readReply(JSON.stringify(body))).toEqual({
        isAccepted: false,
        code: 1010,
        words: "no",
        invalids: ["0Invalid"],
      });
    }
  });

  it("may hold the messages of several fields", () => {
    const reply = readReply('{"meta":{"status":1008,"message":{"source":["is required"],"message":["is empty"]}}}');
    expect(reply).toMatchObject({ words: "is required is empty" });
  });

  it.each([
    "",
    "null",
    "OK",
    "12",
    '"success"',
    "{}",
    '{"meta":{}}',
    '{"meta":{"status":"ok"}}',
    "<html></html>",
    '{"meta":{"status":200}',
  ])("is not read from %j", (text) => {
    expect(readReply(text)).toBeUndefined();
  });

  it("is read or not read from anything, and never throws", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      envelopes.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const reply = readReply(text);
        if (!reply?.isAccepted) return;
        readIds(reply.content);
        readReports(reply.content);
        readCredit(reply.content, "raw");
      }),
      { numRuns: 400 },
    );
  });

  it("is read in good time from a megabyte of nonsense", () => {
    const started = performance.now();
    for (const text of [
      `"${'\\"'.repeat(500_000)}`,
      "[".repeat(1_000_000),
      `{"meta":{"status":200},"data":["${"\\".repeat(999_999)}`,
      "1".repeat(1_000_000),
    ]) {
      readReply(text);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("JSON that keeps digits", () => {
  it("is what JSON.parse gives, but for long integers", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const kept = parseJsonKeepingDigits(text);
        if (!/\d{16}/.test(text)) expect(kept).toEqual(JSON.parse(text));
      }),
    );
  });

  it("keeps any long integer, between any strings", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 15n, max: 10n ** 30n }), fc.string(), (id, text) => {
        const made = parseJsonKeepingDigits(
          `{${JSON.stringify(text)}: ${id}, "t": ${JSON.stringify(`${text} ${id}`)}}`,
        );
        expect(made).toMatchObject({ t: `${text} ${id}` });
        if (text !== "t" && text !== "__proto__") expect(made).toMatchObject({ [text]: String(id) });
      }),
    );
  });

  it.each(["[0123456789012345678]", "{1234567890123456: 1}", "[1234567890123456", '"\\'])(
    "refuses %s as JSON.parse does",
    (text) => {
      expect(() => parseJsonKeepingDigits(text)).toThrow(SyntaxError);
    },
  );
});

describe("a panel's words", () => {
  it("are one line of at most 200 characters", () => {
    expect(shorten("a\r\n\tb\u0000")).toBe("a b");
    expect(shorten("x".repeat(500))).toBe(`${"x".repeat(200)}…`);
  });
});

const envelopes = fc.record({
  meta: fc.record({ status: fc.oneof(fc.constant(200), fc.anything()), message: fc.anything() }, { requiredKeys: [] }),
  data: fc.oneof(
    fc.anything(),
    fc.array(
      fc.record({ MsgID: fc.anything(), Status: fc.anything(), messageId: fc.anything() }, { requiredKeys: [] }),
    ),
  ),
});

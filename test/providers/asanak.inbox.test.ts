import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PushCall } from "../../src/core/ports/inbox.ts";
import { ProviderError } from "../../src/core/ports/provider-error.ts";
import { createAsanakInbox } from "../../src/providers/asanak/inbox.ts";

const inbox = createAsanakInbox({ doubleDecode: "auto" });
const text = "سلام، قیمت چند؟";
const encoded = encodeURIComponent(text);
const time = "2026-11-22 14:05:09";
const at = Date.UTC(2026, 10, 22, 10, 35, 9);
const sms = { line: "+982164063188", peer: "+989121234567", text, time: { written: time, at } };
const manual = `Destination=982164063188&Source=09121234567&ReceiveTime=${encodeURIComponent(time)}&MsgBody=${encoded}`;

function get(query: string): PushCall {
  return { method: "GET", query, contentType: "", body: Buffer.alloc(0) };
}

function post(contentType: string, body: string | Buffer, query = ""): PushCall {
  return { method: "POST", query, contentType, body: Buffer.from(body) };
}

function postJson(value: unknown): PushCall {
  return post("application/json", JSON.stringify(value));
}

describe("a pushed SMS is read", () => {
  it.each([
    ["as the manual shows it", get(manual)],
    ["with names in other cases", get(manual.replace("Destination", "destination").replace("MsgBody", "MSGBODY"))],
    ["in any order", get(manual.split("&").reverse().join("&"))],
    ["with + for spaces", get(manual.replaceAll("%20", "+"))],
    ["after a query of our own, with a second ?", get(`key=1?${manual}`)],
    ["after a query of our own", get(`key=1&${manual}`)],
    ["before a parameter that we do not know", get(`${manual}&x=1`)],
    ["with &amp; between the parameters", get(manual.replaceAll("&", "&amp;"))],
    ["with && and a trailing &", get(`${manual.replace("&", "&&")}&`)],
    ["encoded twice", get(manual.replace(encoded, encodeURIComponent(encoded)))],
    [
      "encoded twice, with + for spaces",
      get(manual.replace(encoded, encodeURIComponent(encoded.replaceAll("%20", "+")))),
    ],
    ["posted as a form", post("application/x-www-form-urlencoded", manual)],
    ["posted as text", post("text/plain", manual)],
    ["posted without a type", post("", manual)],
    ["posted as a form that calls itself JSON", post("application/json", manual)],
    [
      "half in the query, half in the body",
      post(
        "application/x-www-form-urlencoded",
        manual.split("&").slice(2).join("&"),
        manual.split("&").slice(0, 2).join("&"),
      ),
    ],
    ["in the query of an empty POST", post("application/x-www-form-urlencoded", "", manual)],
    ["in the query of a POST with an empty list", post("application/json", "[]", manual)],
    [
      "posted as JSON",
      post(
        "application/json; charset=utf-8",
        JSON.stringify({ Destination: "982164063188", Source: "09121234567", ReceiveTime: time, MsgBody: text }),
      ),
    ],
    [
      "posted as JSON with numbers",
      post(
        "text/plain",
        JSON.stringify({ destination: 982164063188, source: 989121234567, receivetime: time, msgbody: text }),
      ),
    ],
    ["with Persian digits in the numbers", get(manual.replace("09121234567", encodeURIComponent("۰۹۱۲۱۲۳۴۵۶۷")))],
    ["with an unencoded +98", get(manual.replace("09121234567", "+989121234567"))],
    ["with 98", get(manual.replace("09121234567", "989121234567"))],
    ["with the bare national number", get(manual.replace("09121234567", "9121234567"))],
    ["with 00", get(manual.replace("09121234567", "00989121234567"))],
    ["with 021 for the line", get(manual.replace("982164063188", "02164063188"))],
  ])("%s", (_, call) => {
    expect(inbox.parse(call)).toEqual([sms]);
  });

  it("to a service line, with or without 98", () => {
    for (const line of ["30001234", "9830001234"]) {
      expect(inbox.parse(get(manual.replace("982164063188", line)))).toMatchObject([{ line: "30001234" }]);
    }
  });

  it("from a sender with a name", () => {
    expect(inbox.parse(get(manual.replace("09121234567", "Bank%20Melli")))).toMatchObject([{ peer: "Bank Melli" }]);
  });

  it("of several at once", () => {
    const one = { Destination: "30001234", Source: "09121234567", MsgBody: "1" };
    const call = post("application/json", JSON.stringify([one, { ...one, MsgBody: "2" }]));
    expect(inbox.parse(call).map((made) => made.text)).toEqual(["1", "2"]);
  });

  it.each([
    ["empty", get(manual.replace(encoded, ""))],
    [
      "null in JSON",
      postJson({ Destination: "982164063188", Source: "09121234567", ReceiveTime: time, MsgBody: null }),
    ],
  ])("where the text is there and %s, as an SMS with an empty text", (_, call) => {
    expect(inbox.parse(call)).toEqual([{ ...sms, text: "" }]);
  });

  it("with the value that one of the two places has, where the other has the name alone", () => {
    expect(inbox.parse(post("application/x-www-form-urlencoded", "MsgBody=&Source=", manual))).toEqual([sms]);
  });
});

describe("the text", () => {
  function read(raw: string, doubleDecode: "auto" | "always" | "never" = "auto") {
    return createAsanakInbox({ doubleDecode }).parse(get(`Source=0912&Destination=3000&MsgBody=${raw}`))[0]?.text;
  }

  it.each([
    "50% off & more",
    "100%",
    "a+b=c?",
    "%41",
    "https://example.com/?q=%D8%B3&x=1",
    "سلام %D8%B3",
    "line\nline",
    "a&b=c",
    " ",
    "😀",
  ])("%j arrives as it was written", (written) => {
    expect(read(encodeURIComponent(written))).toBe(written);
  });

  it("arrives as it was written, whatever a person writes, where it is decoded once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (written) => read(encodeURIComponent(written), "never") === written),
    );
  });

  it("is decoded twice only where that is asked for, or where the whole of it is still encoded", () => {
    const twice = encodeURIComponent(encodeURIComponent("50%"));
    expect(read(twice, "auto")).toBe("50%25");
    expect(read(twice, "always")).toBe("50%");
    expect(read(encodeURIComponent(encoded), "never")).toBe(encoded);
    expect(read(encodeURIComponent("50% off"), "always")).toBe("50% off");
  });

  it("that was never encoded stays whole at & and ?", () => {
    expect(read("Tom+&+Jerry?+why")).toBe("Tom & Jerry? why");
  });

  it("shows bytes that are not UTF-8 as U+FFFD", () => {
    expect(read("a%FFb")).toBe("a\ufffdb");
  });
});

describe("the time", () => {
  function read(written: string) {
    return inbox.parse(get(`Source=0912&Destination=3000&MsgBody=&ReceiveTime=${encodeURIComponent(written)}`))[0]
      ?.time;
  }

  it.each([
    "2026-11-22 14:05:09",
    "2026/11/22 14:05:09",
    "2026-11-22T14:05:09",
    "1405/09/01 14:05:09",
    "۱۴۰۵/۰۹/۰۱ ۱۴:۰۵:۰۹",
    "1795343709",
    "1795343709000",
  ])("%s is understood and kept as written", (written) => {
    expect(read(written)).toEqual({ written, at });
  });

  it("that is still encoded is understood and kept as written", () => {
    expect(read(encodeURIComponent(time))).toEqual({ written: encodeURIComponent(time), at });
  });

  it("that nobody understands is kept as written", () => {
    expect(read("just now")).toEqual({ written: "just now" });
  });

  it("may be missing", () => {
    expect(read("")).toBeUndefined();
    expect(inbox.parse(get("Source=0912&Destination=3000&MsgBody="))[0]).not.toHaveProperty("time");
  });
});

describe("a call that is not wholly SMS is refused", () => {
  const entry = { Destination: "30001234", Source: "09121234567", MsgBody: "hi" };

  it.each<[string, PushCall]>([
    ["an empty one", get("")],
    ["without a sender", get("Destination=3000&MsgBody=hi")],
    ["with an empty sender", get("Destination=3000&Source=+&MsgBody=hi")],
    ["without a line", get("Source=0912&MsgBody=hi")],
    ["without a text", get(manual.replace(/&MsgBody=.*/, ""))],
    ["with the text under another name", get(manual.replace("MsgBody", "Message"))],
    ...["MsgBody", "msgbody"].flatMap((name): [string, PushCall][] =>
      [["part 1", "part 2"], { text: "hi" }, true].map((value) => [
        `whose ${name} is ${JSON.stringify(value)}`,
        postJson({ ...entry, MsgBody: undefined, [name]: value }),
      ]),
    ),
    ["with an entry among others that has no line", postJson([entry, { ...entry, Destination: "" }])],
    ["with an entry among others that has no sender", postJson([{ ...entry, Source: null }, entry])],
    ["with an entry among others that has no text", postJson([entry, { ...entry, MsgBody: undefined }])],
    ["with broken JSON", post("application/json", "{")],
    ["with JSON that is no object", post("application/json", "5")],
    [
      "with names that no object of ours has",
      post("application/json", '{"__proto__":{"source":"1","destination":"2"}}'),
    ],
  ])("%s", (_, call) => {
    expect(() => inbox.parse(call)).toThrow(expect.objectContaining({ code: "bad-request", certain: true }));
  });

  it("whatever it holds, and with nothing but a ProviderError", () => {
    const part = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.constantFrom("Source=1&", "Destination=2&", "MsgBody=%", "ReceiveTime=", "?", "&amp;", "%25", "[{", manual),
    );
    const parts = fc.array(part, { maxLength: 6 }).map((all) => all.join(""));
    fc.assert(
      fc.property(
        parts,
        parts,
        fc.constantFrom("application/json", "text/plain", "application/x-www-form-urlencoded", ""),
        (query, body, type) => {
          for (const doubleDecode of ["auto", "always"] as const) {
            try {
              for (const made of createAsanakInbox({ doubleDecode }).parse(post(type, body, query))) {
                expect(made.line).not.toBe("");
                expect(made.peer).not.toBe("");
              }
            } catch (error) {
              expect(error).toBeInstanceOf(ProviderError);
            }
          }
        },
      ),
      { numRuns: 250 },
    );
  });

  it("in good time, however long", () => {
    const started = performance.now();
    for (const body of [
      "&".repeat(100_000),
      "?".repeat(100_000),
      "%".repeat(100_000),
      "&amp;".repeat(20_000),
      `Source=${"1".repeat(100_000)}&Destination=1`,
      `Source=1&Destination=2&ReceiveTime=2026-11-22${" ".repeat(100_000)}`,
    ]) {
      try {
        inbox.parse(post("", body));
      } catch (error) {
        expect(error).toBeInstanceOf(ProviderError);
      }
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

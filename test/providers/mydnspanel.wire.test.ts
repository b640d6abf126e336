import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readRefused } from "../../src/providers/mydnspanel/contacts.ts";
import { readSendReport, reportsOf } from "../../src/providers/mydnspanel/send-report.ts";
import { findCredit, findSendId, readJson, readReply } from "../../src/providers/mydnspanel/wire.ts";
import { createWords } from "../../src/providers/words.ts";
import { readFixture } from "./mydnspanel.start.ts";

const read = (text: string) => readReply("send", text);

describe("fixtures", () => {
  it("each name their source", () => {
    const files = readdirSync(new URL("./fixtures/mydnspanel/", import.meta.url));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) readFixture(file.replace(/\.json$/, ""));
  });
});

describe("an answer", () => {
  it.each(['{"result":"1"}', '{"result":1}', '{"Result":" 1 "}', '{"result":{"sendID":5}}', "1"])(
    "%s is success",
    (text) => {
      expect(read(text)).toMatchObject({ isAccepted: true });
    },
  );

  it.each([
    ['{"result":"-1"}', -1, ""],
    ['{"result":105,"message":"گیرنده"}', 105, "گیرنده"],
    ['{"result":"112","description":"away","message":"no"}', 112, "away"],
    ["-5", -5, ""],
    ['"0"', 0, ""],
  ])("%s is a refusal", (text, code, words) => {
    expect(read(text)).toMatchObject({ isAccepted: false, code, words });
  });

  it.each(["", "<html>", "null", "[]", "{}", '{"result":null}', '{"result":true}', '{"result":"ok"}', '{"result":{}}'])(
    "%j is not the panel's",
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it.each([
    '{"result":{"send_id":"a7"}}',
    '{"result":{"messageId":7,"code":1}}',
    '{"result":{"sendID":7,"result":"1","error":null}}',
  ])("%s is success, for it has the id of a send in the result's place", (text) => {
    expect(read(text)).toMatchObject({ isAccepted: true });
  });

  it.each([
    '{"result":{"id":7}}',
    '{"result":{"id":7},"data":{"id":8}}',
    '{"result":{"sendID":7,"code":105}}',
    '{"result":{"sendID":7,"Error":"no"}}',
    '{"result":{"sendID":7,"status":0}}',
    '{"result":{"sendID":0,"id":9}}',
  ])("%s may be anything", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it("that is a number alone is the id of a send, and a code anywhere else", () => {
    expect(read("71234")).toEqual({ isAccepted: true, content: 71234 });
    expect(read('"9007199254740993"')).toEqual({ isAccepted: true, content: "9007199254740993" });
    expect(read('["71234"]')).toEqual({ isAccepted: true, content: ["71234"] });
    expect(read("10000")).toMatchObject({ isAccepted: true });
    expect(readReply("receivedMessages", "401")).toMatchObject({ isAccepted: false, code: 401 });
    expect(readReply("receivedMessages", "9007199254740993")).toBeUndefined();
  });

  it.each(["105", "603", "2", "4711", "9999", '"0009999"', '["9999"]', '["71234","71235"]', '[["71234"]]', '["1"]'])(
    "that may be an id and may be a code is neither: %s",
    (text) => {
      for (const action of ["send", "sendServices", "one-time code"] as const) {
        expect(readReply(action, text)).toBeUndefined();
      }
    },
  );

  it("that is a list is the id of nothing but a send", () => {
    expect(readReply("receivedMessages", '["71234"]')).toBeUndefined();
  });
});

describe("the id of a send", () => {
  const idOf = (text: string) => findSendId(readJson(text));

  it.each(["send", "send-in-data"])("is read from %s", (name) => {
    expect(idOf(readFixture(name).text)).toBe(name === "send" ? "71234" : "9007199254740993");
  });

  it.each(["sendID", "sendId", "send_id", "id", "messageID", "messageId"])("is found as %s in every place", (name) => {
    expect(idOf(`{"result":"1","${name}":77}`)).toBe("77");
    expect(idOf(`{"result":"1","data":{"${name}":"77"}}`)).toBe("77");
    expect(idOf(`{"result":"1","data":[{"${name}":77}]}`)).toBe("77");
    expect(idOf(`{"result":{"result":"1","${name}":77}}`)).toBe(name === "id" ? undefined : "77");
  });

  it("may stand alone, where it is too great to be a code", () => {
    expect(idOf('{"result":"1","data":"71234"}')).toBe("71234");
    expect(idOf('{"result":"1","data":[71234]}')).toBe("71234");
    expect(idOf('["71234"]')).toBe("71234");
    for (const data of ['"9999"', "5", '["71234","71235"]', '"x"']) {
      expect(idOf(`{"result":"1","data":${data}}`)).toBeUndefined();
    }
  });

  it("is the first that is not empty, sendID before the others", () => {
    expect(idOf('{"result":"1","id":3,"sendID":5}')).toBe("5");
    expect(idOf('{"result":"1","sendID":"","data":{"id":6}}')).toBe("6");
    expect(idOf('{"result":"1","sendID":0,"id":"00","data":[{"id":{"a":1}},{"id":7}]}')).toBeUndefined();
  });

  it("is never the result itself", () => {
    expect(idOf('{"result":"1"}')).toBeUndefined();
    expect(idOf("1")).toBeUndefined();
  });

  it.each(["a/b", "-5", "x".repeat(65), "سلام", "a b"])("is not %j", (id) => {
    expect(idOf(JSON.stringify({ result: 1, id }))).toBeUndefined();
  });
});

describe("credit", () => {
  it.each([
    ['{"result":"1","credit":"1250"}', 1250],
    ['{"result":"1","balance":12.5}', 12.5],
    ['{"result":"1","amount":"1,250,000"}', 1_250_000],
    ['{"result":"1","data":{"credit":"۱٬۲۵۰"}}', 1250],
    ['{"result":"1","data":{"balance":"1 250٫5 تومان"}}', 1250.5],
    ['{"result":"1","data":"-40"}', -40],
    ['{"result":"1","credit":"","data":0}', 0],
  ])("is read from %s", (text, amount) => {
    expect(findCredit(readJson(text))).toBe(amount);
  });

  it.each(['{"result":"1"}', '{"result":"1","data":[5]}', '{"result":"1","credit":"much"}', "1"])(
    "is not guessed from %s",
    (text) => {
      expect(findCredit(readJson(text))).toBeUndefined();
    },
  );
});

describe("the report of a send", () => {
  const report = (name: string) => readSendReport(readJson(readFixture(name).text));
  const several = ["9121234567", "9351234567", "9901234567", "9000000000"].map((number) => ({
    id: `7/${number}`,
    batch: "7",
  }));

  it("to one is that of its only receiver", () => {
    expect(reportsOf([{ id: "7" }], report("reportSend"))).toEqual([
      { id: "7", state: "delivered", vendor: "2/3 delivered to handset" },
    ]);
  });

  it("to several is told by number, and one that is not named is left out", () => {
    expect(reportsOf(several, report("reportSend-several"))).toEqual([
      { id: "7/9121234567", state: "delivered", vendor: "2/3 delivered to handset" },
      { id: "7/9351234567", state: "pending", vendor: "1/-1 waits to be sent" },
      { id: "7/9901234567", state: "failed", vendor: "4/3 returned, its cost paid back" },
    ]);
    expect(reportsOf([{ id: "7" }], report("reportSend-several"))).toEqual([]);
  });

  it("that is archived is final, and unknown", () => {
    expect(reportsOf(several.slice(0, 1), report("reportSend-archived"))).toEqual([
      { id: "7/9121234567", state: "unknown", vendor: "archived" },
    ]);
  });

  it("with codes that nobody knows tells no state", () => {
    const told = readSendReport({
      data: { receivers: [{ number: "9121234567", processingStatus: "2", sendStatus: "9" }] },
    });
    expect(reportsOf([{ id: "7" }], told)).toEqual([{ id: "7", vendor: "2/9" }]);
  });

  it("that lists a receiver twice counts a delivery, then a try under way", () => {
    const entry = (send: number) => ({ number: "9121234567", processingStatus: 2, sendStatus: send });
    const state = (...sends: number[]) =>
      reportsOf([{ id: "7" }], readSendReport({ data: { receivers: sends.map(entry) } })).map((one) => one.state);
    expect(state(4, 0)).toEqual(["pending"]);
    expect(state(4, 0, 3)).toEqual(["delivered"]);
    expect(state(4, 7)).toEqual(["failed"]);
  });

  it.each([undefined, null, 5, [], {}, { data: [] }, { data: { receivers: "x" } }, { data: { receivers: [null, 5] } }])(
    "in %j tells nothing",
    (content) => {
      expect(reportsOf([{ id: "7" }, ...several], readSendReport(content))).toEqual([]);
    },
  );
});

describe("fields of a contact that the panel refused", () => {
  const sent = [
    { name: "birthday", id: "FYa12346" },
    { name: "city", id: "FYb1" },
  ];
  const words = createWords(["the-api-key"]);
  const birthday = { field: "birthday", vendor: "-2 value not valid" };
  const city = { field: "city", vendor: "-3 value used before" };

  it.each([
    ["by their ids", { FYa12346: "-2", FYb1: "1" }, [birthday]],
    ["by their ids in another case", { fya12346: -2, FYB1: "-3" }, [birthday, city]],
    ["as objects by their ids", { FYa12346: { code: "-2" }, FYb1: { result: 1 } }, [birthday]],
    ["as a list of ids", [{ FYa12346: "-2" }, { FYb1: "-3" }], [birthday, city]],
    [
      "as a list of objects",
      [
        { id: "FYa12346", code: "-2" },
        { field: "FYb1", status: 1 },
      ],
      [birthday],
    ],
    ["in their order", ["1", "-3"], [city]],
    ["by one code", "-2", [birthday, { ...city, vendor: "-2 value not valid" }]],
    ["by an unknown code", { FYb1: -9 }, [{ field: "city", vendor: "-9" }]],
    ["by one code under a name", { code: "-2" }, [birthday, { ...city, vendor: "-2 value not valid" }]],
    ["by one code at a place", { "0": "-3" }, [{ ...birthday, vendor: "-3 value used before" }, city]],
    ["by one code in a list", [{ code: "-3" }], [{ ...birthday, vendor: "-3 value used before" }, city]],
    ["in their order, by places", { "0": "1", "1": "-3" }, [city]],
    ["in their order, under a name each", [{ code: "-2" }, { code: 1 }], [birthday]],
    [
      "in words under a name",
      { message: "bad" },
      [
        { field: "birthday", vendor: "bad" },
        { field: "city", vendor: "bad" },
      ],
    ],
    ["by a success under a name", { code: "1" }, []],
    ["by an id that was not sent, and its code", { id: "FYz", code: "-1" }, []],
    ["by none", "1", []],
    ["by nothing", undefined, []],
    ["by ids that were not sent", { FYz: -1 }, []],
  ])("are told %s", (_, fields, refused) => {
    expect(readRefused({ result: "1", fields }, sent, words)).toEqual(refused);
  });

  it("are told by their ids though these are numbers", () => {
    const fields = [
      { name: "birthday", id: "12" },
      { name: "city", id: "13" },
    ];
    expect(readRefused({ fields: { "13": "-3" } }, fields, words)).toEqual([city]);
  });

  it("are told without the key", () => {
    expect(readRefused({ fields: "no field of the-api-key" }, sent.slice(0, 1), words)).toEqual([
      { field: "birthday", vendor: "no field of ***" },
    ]);
  });
});

import { describe, expect, test } from "vitest";
import type { MydnspanelOptions } from "../../src/sandbox/mydnspanel/server.ts";
import { call, firstId, line, panel, post, send, start, startForEach } from "./mydnspanel.start.ts";

startForEach();

describe("send", () => {
  test("gives one id past 2^53 for all its receivers, as a string", async () => {
    expect(await send({ receivers: "9120000001,989120000002", trySend: "10", type: "1" })).toEqual({
      result: "1",
      sendID: firstId,
    });
    expect(await send()).toEqual({ result: "1", sendID: "9207199254740994" });
    const shared = { line, text: "سلام", parts: 1, action: "send", at: expect.any(Number) };
    expect(panel.ledger).toEqual([
      { ...shared, id: firstId, receiver: "9120000001", trySend: 10, type: "1" },
      { ...shared, id: firstId, receiver: "989120000002", trySend: 10, type: "1" },
      { ...shared, id: "9207199254740994", receiver: "9120000001", trySend: 0 },
    ]);
  });

  test.each<[MydnspanelOptions, string]>([
    [{ numericIds: true }, '{"result":"1","sendID":9207199254740993}'],
    [{ values: "numbers" }, '{"result":1,"sendID":"9207199254740993"}'],
    [{ sendIdName: "id", firstId: 7 }, '{"result":"1","id":"7"}'],
    [{ sendIdName: "sendId", sendIdPlace: "data" }, '{"result":"1","data":{"sendId":"9207199254740993"}}'],
    [{ sendIdPlace: "data[0]" }, '{"result":"1","data":[{"sendID":"9207199254740993"}]}'],
    [{ sendIdPlace: "none" }, '{"result":"1"}'],
  ])("with %j it answers %s", async (options, body) => {
    await start(options);
    const answer = await post({ action: "send", from: line, text: "x", receivers: "9120000001" });
    expect(await answer.text()).toBe(body);
  });

  test.each<[string, Record<string, string>, string]>([
    ["a foreign line", { from: "50009999" }, "106"],
    ["an empty text", { text: " " }, "107"],
    ["a number with a zero", { receivers: "09120000001" }, "105"],
    ["a bad number among good ones", { receivers: "9120000001,912" }, "105"],
    ["a landline", { receivers: "2112345678" }, "105"],
    ["too many tries", { trySend: "11" }, "0"],
    ["half a try", { trySend: "0.5" }, "0"],
    ["a type that does not exist", { type: "9" }, "103"],
  ])("%s is refused", async (_what, fields, result) => {
    expect(await send(fields)).toEqual({ result });
    expect(panel.ledger).toEqual([]);
  });

  test.each(["from", "text", "receivers"])("without %s it is incomplete", async (missing) => {
    const { [missing]: _left, ...fields } = { from: line, text: "x", receivers: "9120000001" } as Record<
      string,
      string
    >;
    expect(await call("send", fields)).toEqual({ result: "0" });
  });

  test("auto and a line with the country's code are understood", async () => {
    await send({ from: "auto" });
    await send({ from: `98${line}` });
    expect(panel.ledger.map(({ line: from }) => from)).toEqual([line, line]);
  });

  test("an account may need a type, may be denied one, or may lack its documents", async () => {
    await start({ requiresType: true, types: ["1", "2"], deniedTypes: ["2"] });
    expect(await send()).toEqual({ result: "103" });
    expect(await send({ type: "2" })).toEqual({ result: "104" });
    expect(await send({ type: "1" })).toMatchObject({ result: "1" });
    panel.account.areDocumentsApproved = false;
    expect(await send({ type: "1" })).toEqual({ result: "114" });
  });

  test("credit goes down by parts and receivers, and 109 takes nothing", async () => {
    await start({ credit: 5 });
    await send({ text: "س".repeat(71), receivers: "9120000001,9120000002" });
    expect(await call("credit")).toEqual({ result: "1", credit: "1" });
    expect(await send({ text: "س".repeat(71) })).toEqual({ result: "109" });
    expect(panel.account.credit).toBe(1);
  });

  test("a phone book keeps the receiver and never stops the SMS", async () => {
    expect(await send({ phoneBook: "12" })).toMatchObject({ result: "1", phoneBook: "1" });
    expect(await send({ phoneBook: "12", receivers: "989120000001" })).toMatchObject({ result: "1", phoneBook: "-3" });
    expect(await send({ phoneBook: "13" })).toMatchObject({ result: "1", phoneBook: "-2" });
    panel.account.phoneBooks.refusal = -1;
    expect(await send({ phoneBook: "12" })).toMatchObject({ result: "1", phoneBook: "-1" });
    expect(await send({ phoneBook: "12", text: "" })).toEqual({ result: "107" });
    expect(panel.account.phoneBooks.contacts.get("12")?.map(({ number }) => number)).toEqual(["9120000001"]);
    expect(panel.ledger).toHaveLength(4);
  });
});

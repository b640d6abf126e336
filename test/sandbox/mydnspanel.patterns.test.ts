import { describe, expect, test } from "vitest";
import { call, firstId, line, panel, postJson, start, startForEach } from "./mydnspanel.start.ts";

startForEach();

const sendServices = (fields: Record<string, string> = {}) =>
  call("sendServices", { from: "auto", textCode: "123", receivers: "9120000001", ...fields });

describe("sendServices", () => {
  const byName = JSON.stringify({ "{name}": "علی", "{code}": "{name}" });

  test("fills a pattern by name or by place, in a form or in JSON", async () => {
    await sendServices({ textData: byName });
    await sendServices({ "textData[0]": "علی", "textData[1]": "{name}" });
    const base = { action: "sendServices", from: line, textCode: 123, receivers: "9120000001", trySend: 2 };
    await postJson({ ...base, textData: ["علی", "{name}"] });
    await postJson({ ...base, textData: { "{name}": "علی", "{code}": "{name}" } });
    expect(panel.calls.map(({ result }) => result)).toEqual(["1", "1", "1", "1"]);
    expect(panel.ledger.map(({ text, action, trySend }) => [text, action, trySend])).toEqual(
      [0, 0, 2, 2].map((tries) => ["سلام علی، کد {name}", "sendServices", tries]),
    );
  });

  test.each<[string, Record<string, string>, string]>([
    ["a foreign line", { from: "1" }, "603"],
    ["a bad number", { receivers: "09120000001" }, "604"],
    ["two receivers", { receivers: "9120000001,9120000002" }, "609"],
    ["an unknown pattern", { textCode: "124" }, "605"],
    ["a missing variable", { textData: '{"{name}":"علی"}' }, "606"],
    ["keys without braces", { textData: '{"name":"علی","code":"1"}' }, "606"],
    ["too few values", { textData: '["علی"]' }, "606"],
    ["too many values", { textData: '["1","2","3"]' }, "606"],
    ["what is not JSON", { textData: "{name:1}" }, "606"],
    ["too many tries", { trySend: "-1" }, "0"],
  ])("%s is refused", async (_what, fields, result) => {
    expect(await sendServices({ textData: byName, ...fields })).toEqual({ result });
    expect(panel.ledger).toEqual([]);
  });

  test("without variables, without a code, without credit", async () => {
    await start({ credit: 0 });
    expect(await sendServices()).toEqual({ result: "606" });
    expect(await sendServices({ "textData[1]": "1234" })).toEqual({ result: "606" });
    expect(await call("sendServices", { from: "auto", receivers: "9120000001" })).toEqual({ result: "0" });
    expect(await sendServices({ textData: byName })).toEqual({ result: "608" });
  });
});

describe("a one-time code, where the test names the action", () => {
  const otp = { action: "sendOTP", application: "app", names: { application: "appID" }, text: "کد {code}" };
  const sendOtp = (fields: Record<string, string> = {}) =>
    call("sendOTP", { appID: "app", code: "1234", receivers: "9120000001", ...fields });

  test("is sent", async () => {
    await start({ otp });
    expect(await sendOtp()).toEqual({ result: "1", sendID: firstId });
    expect(panel.ledger[0]).toMatchObject({ text: "کد 1234", action: "sendOTP" });
  });

  test.each<[Record<string, string>, string]>([
    [{ appID: "other" }, "151"],
    [{ code: "۱۲" }, "153"],
    [{ code: "1" }, "154"],
    [{ code: "1234567890123" }, "154"],
    [{ receivers: "0912" }, "105"],
    [{ type: "5" }, "103"],
    [{ type: "2" }, "104"],
  ])("with %j is refused with %s", async (fields, result) => {
    await start({ otp, types: ["1", "2"], deniedTypes: ["2"] });
    expect(await sendOtp(fields)).toEqual({ result });
  });

  test("may be denied to the application", async () => {
    await start({ otp: { ...otp, isAllowed: false } });
    expect(await sendOtp()).toEqual({ result: "152" });
  });
});

import { describe, expect, it } from "vitest";
import { judgeRefusal, refusalCodes, statusCodes } from "../../src/providers/asanak/codes.ts";
import { contradictoryAnswer, judgeUnknownCode, judgeUnreadable } from "../../src/providers/http-judgement.ts";

describe("a status code", () => {
  const table = [
    [-1, "NotFound", "pending"],
    [1, "InQueue", "pending"],
    [2, "Sent", "pending"],
    [4, "Pending", "pending"],
    [5, "Failed", "failed"],
    [6, "Success", "delivered"],
    [7, "NoResponse", "pending"],
    [8, "Reject", "failed"],
    [9, "SentToDest", "pending"],
    [10, "PartiallySent", "pending"],
    [11, "NoMsgID", "pending"],
    [12, "PartiallySuccess", "partly"],
    [13, "NoDelivery", "unknown"],
    [20, "held by the panel", "pending"],
  ] as const;

  it.each(table)("%i (%s) means %s", (code, title, state) => {
    expect(statusCodes.find((row) => row.code === code)).toEqual({ code, title, state });
  });

  it("has its row here, and no other has one", () => {
    expect(statusCodes.map((row) => row.code).sort()).toEqual(table.map(([code]) => code).sort());
  });
});

describe("a refusal", () => {
  const table = [
    ["sendsms", 400, 400, "busy"],
    ["sendsms", 500, 1004, "busy"],
    ["sendsms", 429, 429, "rate-limited"],
    ["sendsms", 403, 1013, "wrong-time"],
    ["sendsms", 406, 1002, "bad-line"],
    ["sendsms", 400, 1014, "rejected"],
    ["sendsms", 406, 1001, "blacklisted"],
    ["p2psendsms", 406, 1001, "blacklisted"],
    ["template", 406, 1001, "bad-template"],
    ["sendsms", 406, 1010, "bad-recipient"],
    ["sendsms", 412, 1009, "over-quota"],
    ["sendsms", 402, 1006, "no-credit"],
    ["sendsms", 402, 1005, "no-credit"],
    ["sendsms", 400, 1008, "bad-request"],
    ["sendsms", 401, 1008, "bad-credentials"],
    ["sendsms", 401, 1015, "bad-credentials"],
  ] as const;

  it.each(table)("of %s with %i/%i is %s and certain", (method, http, code, failure) => {
    expect(judgeRefusal(method, http, code)).toEqual({ code: failure, certain: true });
  });

  it.each(table)("of %s with %i/%i is as certain under HTTP 200", (method, http, code, failure) => {
    const expected = http === 401 && code === 1008 ? "bad-request" : failure;
    expect(judgeRefusal(method, 200, code)).toEqual({ code: expected, certain: true });
  });

  it("has its row here, and no other code has one", () => {
    expect(new Set(refusalCodes.map((row) => row.code))).toEqual(new Set(table.map(([, , code]) => code)));
  });

  it.each([
    [400, "rejected"],
    [401, "bad-credentials"],
    [402, "no-credit"],
    [403, "rejected"],
    [406, "rejected"],
    [429, "rate-limited"],
  ])("with an unknown code under HTTP %i is %s and certain", (http, failure) => {
    expect(judgeRefusal("sendsms", http, 4711)).toEqual({ code: failure, certain: true });
  });

  it.each([200, 301, 500, 503])("with an unknown code under HTTP %i is not certain", (http) => {
    expect(judgeRefusal("sendsms", http, 4711)).toEqual({ code: "bad-reply", certain: false });
  });
});

describe("an answer that is not the panel's", () => {
  it.each([
    [401, "bad-credentials"],
    [402, "no-credit"],
    [403, "address-refused"],
    [404, "busy"],
    [405, "busy"],
    [407, "busy"],
    [421, "busy"],
    [400, "bad-request"],
    [413, "bad-request"],
    [414, "bad-request"],
    [422, "bad-request"],
    [429, "rate-limited"],
  ])("under HTTP %i is %s and certain", (http, failure) => {
    expect(judgeUnreadable(http)).toEqual({ code: failure, certain: true });
  });

  it.each([200, 204, 301, 302, 307, 408, 500, 502, 503, 504])("under HTTP %i is not certain", (http) => {
    expect(judgeUnreadable(http)).toEqual({ code: "bad-reply", certain: false });
  });
});

describe("an answer that is no row of a table", () => {
  it("is not certain under HTTP 408, which comes from whoever waited for the panel", () => {
    expect(judgeUnknownCode(408)).toEqual({ code: "bad-reply", certain: false });
    expect(judgeUnknownCode(409)).toEqual({ code: "rejected", certain: true });
  });

  it("keeps how long the panel wants us to wait", () => {
    const answer = { status: 503, contentType: "", text: "", retryAfterMs: 7000 };
    expect(contradictoryAnswer({ name: "panel", sends: true }, answer)).toMatchObject({
      code: "bad-reply",
      certain: false,
      retryAfterMs: 7000,
    });
  });
});

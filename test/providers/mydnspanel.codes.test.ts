import { describe, expect, it } from "vitest";
import {
  type Action,
  contactFieldCodes,
  findRefusal,
  judgeRefusal,
  phoneBookCodes,
  refusalsOf,
} from "../../src/providers/mydnspanel/codes.ts";
import { processingCodes, readStatus, sendStatusCodes } from "../../src/providers/mydnspanel/statuses.ts";

const common = [
  [-1, "bad-credentials", true],
  [-2, "account-closed", true],
  [-3, "account-closed", true],
  [-4, "bad-request", true],
  [-5, "address-refused", true],
] as const;

const tables: Readonly<Record<Action, readonly (readonly [code: number, failure: string, certain: boolean])[]>> = {
  send: [
    [100, "bad-request", true],
    [103, "bad-line", true],
    [104, "bad-line", true],
    [105, "bad-recipient", true],
    [106, "bad-line", true],
    [107, "rejected", true],
    [108, "no-credit", true],
    [109, "no-credit", true],
    [112, "busy", true],
    [113, "bad-reply", false],
    [114, "account-closed", true],
    [0, "bad-request", true],
  ],
  sendServices: [
    [603, "bad-line", true],
    [604, "bad-recipient", true],
    [605, "bad-template", true],
    [606, "bad-template", true],
    [607, "no-credit", true],
    [608, "no-credit", true],
    [609, "bad-request", true],
    [0, "bad-request", true],
  ],
  "one-time code": [
    [100, "bad-request", true],
    [103, "bad-line", true],
    [104, "bad-line", true],
    [105, "bad-recipient", true],
    [151, "bad-template", true],
    [152, "bad-template", true],
    [153, "rejected", true],
    [154, "rejected", true],
  ],
  reportSend: [[-6, "bad-request", true]],
  credit: [],
  receivedMessages: [[401, "bad-request", true]],
  status: [],
  newContact: [
    [801, "bad-request", true],
    [802, "bad-request", true],
    [803, "bad-recipient", true],
  ],
};
const actions: Action[] = [
  "send",
  "sendServices",
  "one-time code",
  "reportSend",
  "credit",
  "receivedMessages",
  "status",
  "newContact",
];

describe.each(actions)("a refusal of %s", (action) => {
  const table = [...common, ...tables[action]];

  it.each(table)("with %i is %s, certain: %s, under any HTTP status", (code, failure, certain) => {
    for (const http of [200, 400, 500]) {
      expect(judgeRefusal(action, http, code, true)).toEqual({ code: failure, certain });
    }
  });

  it("has its row here, and no other code has one", () => {
    expect(refusalsOf(action).map((row) => row.code)).toEqual(table.map(([code]) => code));
  });

  it("with an unknown code is certain only where HTTP says so, too", () => {
    expect(judgeRefusal(action, 200, 4711, true)).toEqual({ code: "bad-reply", certain: false });
    expect(judgeRefusal(action, 200, -77, true)).toEqual({ code: "bad-reply", certain: false });
    expect(judgeRefusal(action, 422, 4711, true)).toEqual({ code: "rejected", certain: true });
    expect(judgeRefusal(action, 408, 4711, true)).toEqual({ code: "bad-reply", certain: false });
  });
});

describe("a refusal", () => {
  it.each([
    [36, 603],
    [46, 604],
    [56, 605],
    [66, 606],
    [76, 607],
    [86, 608],
  ])("of a pattern is understood as the manual prints it, %i for %i", (printed, code) => {
    expect(findRefusal("sendServices", printed)).toMatchObject({ code });
    expect(findRefusal("send", printed)).toBeUndefined();
  });

  it("of more than one try to one receiver is certain no more", () => {
    expect(judgeRefusal("send", 200, 112, false)).toEqual({ code: "busy", certain: false });
    expect(judgeRefusal("send", 200, 109, false)).toEqual({ code: "no-credit", certain: true });
  });

  it("has a code far below any id", () => {
    const codes = actions.flatMap((action) => refusalsOf(action).map(({ code }) => code));
    expect(Math.max(...codes)).toBeLessThan(10_000);
  });
});

describe("the panel's codes beside the result", () => {
  it("of the phone book have a title each", () => {
    expect(Object.keys(phoneBookCodes).map(Number).sort()).toEqual([-1, -2, -3, -4, 1].sort());
  });

  it("of a contact's fields have a title each", () => {
    expect(Object.keys(contactFieldCodes).map(Number).sort()).toEqual([-1, -2, -3, 1].sort());
  });
});

describe("a status", () => {
  const processing = [
    [0, "pending"],
    [1, "pending"],
    [3, "pending"],
    [4, "failed"],
    [5, "failed"],
  ] as const;
  const send = [
    [-2, "failed"],
    [-1, "pending"],
    [0, "pending"],
    [1, "pending"],
    [2, "failed"],
    [3, "delivered"],
    [4, "failed"],
    [5, "failed"],
    [6, "unknown"],
    [7, "failed"],
  ] as const;

  it.each(processing)("of processing %i is %s, whatever the operator says", (code, state) => {
    for (const [beside] of send) expect(readStatus(code, beside).state).toBe(state);
    expect(readStatus(code, undefined).state).toBe(state);
  });

  it.each(send)("of the operator %i is %s once the panel has sent it", (code, state) => {
    expect(readStatus(2, code).state).toBe(state);
  });

  it("has its rows here, and no other code has one", () => {
    expect(processingCodes.map((row) => row.code)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(sendStatusCodes.map((row) => row.code)).toEqual(send.map(([code]) => code));
  });

  it.each([
    [2, 8],
    [6, 3],
    [2, undefined],
    [undefined, 3],
    [undefined, undefined],
  ])("of %s and %s tells no state", (first, second) => {
    expect(readStatus(first, second)).toEqual({ vendor: `${first ?? "?"}/${second ?? "?"}` });
  });

  it("is shown as both codes and a title", () => {
    expect(readStatus(2, 3).vendor).toBe("2/3 delivered to handset");
    expect(readStatus(4, undefined).vendor).toBe("4/? returned, its cost paid back");
  });
});

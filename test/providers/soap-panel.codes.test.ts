import { describe, expect, it } from "vitest";
import {
  createCodes,
  deliveryCodes,
  sendCodes,
  sendOutcomes,
  updateCodes,
} from "../../src/providers/soap-panel/codes.ts";
import { soapPanelConfig } from "../../src/providers/soap-panel/config.ts";
import { judgeSend } from "../../src/providers/soap-panel/receipt.ts";

const none = { send: {}, delivery: {}, update: {} };
const codes = createCodes(none);

describe("a code of a send", () => {
  const table = [
    [0, "bad-credentials"],
    [1, "sent"],
    [2, "no-credit"],
    [3, "over-quota"],
    [4, "over-quota"],
    [5, "bad-line"],
    [6, "queued"],
    [7, "rejected"],
    [9, "bad-line"],
    [10, "account-closed"],
    [11, "rejected"],
    [12, "account-closed"],
    [14, "rejected"],
    [15, "rejected"],
    [100, "account-closed"],
  ] as const;
  const refusing = table.filter(([, meaning]) => meaning !== "sent" && meaning !== "queued");

  it.each(table)("%i means %s", (code, meaning) => {
    expect(codes.send(code)).toMatchObject({ meaning, vendor: expect.stringMatching(new RegExp(`^${code} \\w`)) });
  });

  it("has its row here, and no other has one", () => {
    expect(sendCodes.map((row) => row.code).sort()).toEqual(table.map(([code]) => code).sort());
  });

  it.each(refusing)("%i is certain without an id, and nothing is certain with one", (code, meaning) => {
    expect(judgeSend({ code, ids: [], statuses: [] }, 1, codes)).toMatchObject({ code: meaning, certain: true });
    expect(judgeSend({ code, ids: ["0"], statuses: [] }, 1, codes)).toMatchObject({ code: meaning, certain: true });
    expect(judgeSend({ code, ids: ["7"], statuses: [] }, 1, codes)).toMatchObject({
      code: "bad-reply",
      certain: false,
    });
  });

  it.each([8, 13, 99, -1])("%i is unknown, and nothing is certain", (code) => {
    expect(judgeSend({ code, ids: ["7"], statuses: [0] }, 1, codes)).toEqual({
      code: "bad-reply",
      certain: false,
      vendor: String(code),
    });
  });
});

describe("a send that the panel took", () => {
  it.each([
    ["one id", 1, { ids: ["7"], statuses: [0] }, 1, ["7"]],
    ["an id for each", 1, { ids: ["7", "8"], statuses: [0, 0] }, 2, ["7", "8"]],
    ["fewer ids than receivers", 1, { ids: ["7", "8"], statuses: [] }, 3, ["7", "8"]],
    ["an id of 0 among others", 1, { ids: ["7", "0", "-3"], statuses: [] }, 3, ["7"]],
    ["neither ids nor statuses", 1, { ids: [], statuses: [] }, 2, [undefined, undefined]],
    ["ids, and statuses of which one says not sent", 1, { ids: ["7", "8"], statuses: [0, 1] }, 2, ["7", "8"]],
    ["an id in the queue, and a status that says not sent", 6, { ids: ["7"], statuses: [1] }, 1, ["7"]],
    ["an id, in the queue", 6, { ids: ["7"], statuses: [] }, 1, ["7"]],
  ])("has the panel's ids with %s", (_, code, answer, receivers, ids) => {
    expect(judgeSend({ code, ...answer }, receivers, codes)).toEqual({ ids });
  });

  it.each([
    ["in the queue without an id", 6, { ids: [], statuses: [] }],
    ["in the queue with the id 0", 6, { ids: ["0"], statuses: [0] }],
    ["in the queue with the id 0 and a status that says not sent", 6, { ids: ["0"], statuses: [1] }],
    ["sent with the id 0", 1, { ids: ["0"], statuses: [0] }],
    ["sent with the id 0 and no status", 1, { ids: ["0"], statuses: [] }],
    ["sent with statuses and without ids", 1, { ids: [], statuses: [0] }],
    ["sent without ids by a panel that repeats its result as the status", 1, { ids: [], statuses: [1] }],
    ["sent with more statuses than receivers", 1, { ids: ["0"], statuses: [1, 1] }],
    ["sent with more ids of 0 than receivers", 1, { ids: ["0", "0"], statuses: [1] }],
    ["sent with what is no id", 1, { ids: ["-3"], statuses: [1] }],
  ])("is not certain: %s", (_, code, answer) => {
    expect(judgeSend({ code, ...answer }, 1, codes)).toMatchObject({ code: "bad-reply", certain: false });
  });

  it("is not certain where fewer receivers than all have a status that says not sent", () => {
    for (const answer of [
      { ids: ["0", "0"], statuses: [1] },
      { ids: ["0"], statuses: [1, 1] },
      { ids: ["0", "0"], statuses: [1, 0] },
    ]) {
      expect(judgeSend({ code: 1, ...answer }, 2, codes)).toMatchObject({ code: "bad-reply", certain: false });
    }
  });

  it.each([
    ["the id 0", { ids: ["0"], statuses: [1] }, 1],
    ["an id all the same", { ids: ["7"], statuses: [1] }, 1],
    ["no id for any of several", { ids: ["0", "0"], statuses: [1, 1] }, 2],
  ])("reached nobody where status says so, with %s", (_, answer, receivers) => {
    expect(judgeSend({ code: 1, ...answer }, receivers, codes)).toEqual({
      code: "blacklisted",
      certain: true,
      vendor: "1 sent, status 1",
    });
  });

  it("is not certain without a result", () => {
    expect(judgeSend({ ids: ["7"], statuses: [] }, 1, codes)).toMatchObject({ code: "bad-reply", certain: false });
  });
});

describe("a code of a delivery", () => {
  const table = [
    [-1, "pending"],
    [0, "pending"],
    [1, "delivered"],
    [2, "failed"],
    [3, "failed"],
    [5, "failed"],
    [8, "pending"],
    [9, "pending"],
    [11, "failed"],
    [16, "failed"],
    [35, "failed"],
    [100, "pending"],
    [200, "pending"],
    [300, "failed"],
    [400, "pending"],
    [500, "failed"],
  ] as const;

  it.each(table)("%i means %s", (code, meaning) => {
    expect(codes.delivery(code)).toMatchObject({ meaning, vendor: expect.stringMatching(new RegExp(`^${code} \\w`)) });
  });

  it("has its row here, and no other has one", () => {
    expect(deliveryCodes.map((row) => row.code).sort()).toEqual(table.map(([code]) => code).sort());
    expect(codes.delivery(4)).toBeUndefined();
  });
});

describe("a code of an update", () => {
  const table = [
    [0, "unknown-id"],
    [1, "updated"],
    [100, "too-early"],
  ] as const;

  it.each(table)("%i means %s", (code, meaning) => expect(codes.update(code)).toMatchObject({ meaning }));

  it("has its row here, and no other has one", () => {
    expect(updateCodes.map((row) => row.code).sort()).toEqual(table.map(([code]) => code).sort());
  });
});

describe("the account's own codes", () => {
  const settings = { kind: "soap-panel", username: "u", password: "p", baseUrl: "https://panel.example.ir/post" };
  const problemsOf = (change: object) =>
    soapPanelConfig
      .safeParse({ ...settings, ...change })
      .error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];

  it("win over the tables, and add to them", () => {
    const own = createCodes({
      send: { "6": "busy", "9": "rejected", "77": "sent" },
      delivery: { "2": "delivered", "8": "failed", "44": "partly" },
      update: { "100": "updated" },
    });
    expect(own.send(6)).toEqual({ meaning: "busy", vendor: "6" });
    expect(own.send(9)).toEqual({ meaning: "rejected", vendor: "9" });
    expect(createCodes({ ...none, send: { "10": "bad-credentials" } }).send(10)?.meaning).toBe("bad-credentials");
    expect(own.send(77)).toEqual({ meaning: "sent", vendor: "77" });
    expect(own.send(1)).toEqual({ meaning: "sent", vendor: "1 sent" });
    expect(own.delivery(2)?.meaning).toBe("delivered");
    expect(own.delivery(8)?.meaning).toBe("failed");
    expect(own.delivery(44)?.meaning).toBe("partly");
    expect(own.update(100)?.meaning).toBe("updated");
  });

  it("are taken from the configuration, and are none without it", () => {
    expect(soapPanelConfig.parse(settings).codes).toEqual(none);
    const once = soapPanelConfig.parse({ ...settings, codes: { send: { "6": "queued", "-3": "uncertain" } } });
    expect(once.codes).toEqual({ ...none, send: { "6": "queued", "-3": "uncertain" } });
    expect(soapPanelConfig.parse(once)).toEqual(once);
    const every = Object.fromEntries(sendOutcomes.map((outcome, at) => [String(at), outcome]));
    expect(soapPanelConfig.parse({ ...settings, codes: { send: every } }).codes.send).toEqual(every);
    expect(sendOutcomes).toContain("account-closed");
  });

  it.each([
    [{ codes: { send: { six: "queued" } } }, "codes.send.six: must be a code as the panel answers it"],
    [{ codes: { send: { "6": "perhaps" } } }, "codes.send.6: "],
    [{ codes: { delivery: { "2": "sent" } } }, "codes.delivery.2: "],
    [{ codes: { sends: {} } }, "codes: "],
    [{ baseUrl: "https://panel.example.ir/post/send.asmx" }, "baseUrl: must end before /send.asmx"],
    [{ baseUrl: undefined }, "baseUrl: "],
    [{ pollSeconds: 0 }, "pollSeconds: "],
    [{ inboxToken: "x" }, 'a provider of kind "soap-panel" has no setting "inboxToken"'],
  ])("%j is refused in clear words", (change, problem) => {
    expect(problemsOf(change).join("\n")).toContain(problem);
  });
});

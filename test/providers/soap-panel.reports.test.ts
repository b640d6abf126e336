import { describe, expect, it } from "vitest";
import { ProviderError } from "../../src/core/ports/provider-error.ts";
import type { StatusFact } from "../../src/core/ports/sms-provider.ts";
import type { UpdateOutcome } from "../../src/providers/soap-panel/codes.ts";
import { createReports } from "../../src/providers/soap-panel/reports.ts";
import { failureOf, never } from "./deps.ts";
import { answer, bodyOf, fixture, html, line, startBare, wsdl, xml } from "./soap-panel.bare.ts";

describe("reports", () => {
  it("are asked by the id alone, refreshed first, every digit kept", async () => {
    const { provider, panel, callsOf } = await startBare({
      UpdateDelivery: answer("UpdateDelivery", 1),
      GetDelivery: answer("GetDelivery", 1),
    });
    expect(await provider.reports?.fetch([{ id: "9007199254740993" }], never)).toEqual([
      { id: "9007199254740993", state: "delivered", vendor: "1 delivered" },
    ]);
    expect(bodyOf(callsOf("GetDelivery")[0])).toBe(
      '<GetDelivery xmlns="http://tempuri.org/"><recId>9007199254740993</recId></GetDelivery>',
    );
    expect(bodyOf(callsOf("UpdateDelivery")[0])).toContain("<recId>9007199254740993</recId>");
    expect(panel.calls.filter(({ method }) => method === "POST").map(({ headers }) => headers.soapaction)).toEqual([
      '"http://tempuri.org/UpdateDelivery"',
      '"http://tempuri.org/GetDelivery"',
    ]);
  });

  it("with a code that nobody knows tell no state, and go by the account's own codes", async () => {
    const answers = { UpdateDelivery: answer("UpdateDelivery", 1), GetDelivery: answer("GetDelivery", 77) };
    const plain = await startBare(answers);
    expect(await plain.provider.reports?.fetch([{ id: "7" }], never)).toEqual([{ id: "7", vendor: "77" }]);
    const own = await startBare(answers, { codes: { delivery: { "77": "failed" } } });
    expect(await own.provider.reports?.fetch([{ id: "7" }], never)).toEqual([
      { id: "7", state: "failed", vendor: "77" },
    ]);
  });

  it.each([
    ["a fault", xml(500, fixture("fault-11"))],
    ["no number", answer("GetDelivery", "")],
  ])("that fail with %s, fail certainly", async (_, told) => {
    const { provider } = await startBare({ UpdateDelivery: answer("UpdateDelivery", 1), GetDelivery: told });
    expect(await failureOf(Promise.resolve(provider.reports?.fetch([{ id: "7" }], never)))).toMatchObject({
      code: "bad-reply",
      certain: true,
    });
  });

  it("of one id that fail hide no other's", async () => {
    const { provider, callsOf } = await startBare({
      UpdateDelivery: answer("UpdateDelivery", 1),
      GetDelivery: (call, response) => {
        const told = call.body.includes(">1<") ? xml(500, fixture("fault-11")) : xml(200, answer("GetDelivery", 1));
        told(call, response);
      },
    });
    const ids = Array.from({ length: 9 }, (_, at) => ({ id: String(at + 1) }));
    expect(await provider.reports?.fetch(ids, never)).toHaveLength(8);
    expect(callsOf("GetDelivery")).toHaveLength(9);
  });

  it("are read where the panel cannot refresh them", async () => {
    const { provider } = await startBare({
      UpdateDelivery: xml(500, fixture("fault-11")),
      GetDelivery: answer("GetDelivery", 9),
    });
    expect(await provider.reports?.fetch([{ id: "7" }], never)).toEqual([
      { id: "7", state: "pending", vendor: "9 not known yet" },
    ]);
  });
});

describe("asking for many reports", () => {
  function open(outcomes: { update?: (id: string) => UpdateOutcome; delivery?: (id: string) => void } = {}) {
    const asked: string[] = [];
    let now = 0;
    let under = 0;
    let most = 0;
    const work = async <T>(name: string, end: () => T) => {
      asked.push(name);
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setTimeout(resolve, 2));
      under -= 1;
      return end();
    };
    const reports = createReports(
      {
        updateDelivery: (id) => work(`update ${id}`, () => outcomes.update?.(id) ?? "updated"),
        getDelivery: (id) =>
          work(id, () => {
            outcomes.delivery?.(id);
            return { id, state: "pending" as const, vendor: "0" };
          }),
      },
      { clock: { now: () => now, after: () => () => undefined }, askAtSeconds: [1] },
    );
    return { reports, asked, most: () => most, pass: (ms: number) => (now += ms) };
  }
  const down = () => {
    throw new ProviderError("no-answer", "down", { certain: true });
  };
  const ids = [{ id: "1", batch: "1" }, { id: "2", batch: "1" }, { id: "3", batch: "1" }, { id: "9" }];

  it("refreshes each batch once and asks for each id, two at a time", async () => {
    const { reports, asked, most } = open();
    const told = await reports.fetch([...ids, { id: "9" }], never);
    expect(told.map(({ id }) => id).sort()).toEqual(["1", "2", "3", "9"]);
    expect(asked.slice(0, 2)).toEqual([expect.stringMatching(/^update [123]$/), "update 9"]);
    expect(asked.slice(2).sort()).toEqual(["1", "2", "3", "9"]);
    expect(most()).toBe(2);
  });

  it("leaves a batch alone for five minutes that was asked too early, and reads its reports all the same", async () => {
    const { reports, asked, pass } = open({ update: (id) => (id === "9" ? "updated" : "too-early") });
    await reports.fetch(ids, never);
    pass(299_000);
    asked.length = 0;
    expect(await reports.fetch(ids, never)).toHaveLength(4);
    expect(asked.filter((name) => name.startsWith("update"))).toEqual(["update 9"]);
    pass(1000);
    asked.length = 0;
    await reports.fetch(ids, never);
    expect(asked.filter((name) => name.startsWith("update"))).toHaveLength(2);
  });

  it("tells what it was told before a question failed, and asks no more", async () => {
    const { reports, asked } = open({ delivery: (id) => void (id === "3" && down()) });
    expect((await reports.fetch([...ids, { id: "10" }, { id: "11" }], never)).map(({ id }) => id)).toContain("1");
    expect(asked).not.toContain("11");
  });

  it("fails where nothing was told, and asks a silent panel no further", async () => {
    const nothing = open({ delivery: down });
    expect(await failureOf(nothing.reports.fetch(ids, never))).toMatchObject({ code: "no-answer" });
    expect(nothing.asked.filter((name) => !name.startsWith("update"))).toHaveLength(2);
  });

  it.each(["unreachable", "interrupted", "address-refused"] as const)(
    "reads nothing of a panel that is away when it is to refresh: %s",
    async (code) => {
      const away = open({
        update: () => {
          throw new ProviderError(code, "away", { certain: true });
        },
      });
      expect(await failureOf(away.reports.fetch(ids, never))).toMatchObject({ code });
      expect(away.asked.filter((name) => !name.startsWith("update"))).toEqual([]);
    },
  );

  it("reads what the panel knew before where its refreshing hangs, and lets that rest", async () => {
    const { reports, asked, pass } = open({ update: down });
    const many = Array.from({ length: 8 }, (_, at) => ({ id: String(at + 1) }));
    expect(await reports.fetch(many, never)).toHaveLength(8);
    expect(asked.filter((name) => name.startsWith("update"))).toEqual(["update 1", "update 2"]);
    pass(299_000);
    asked.length = 0;
    await reports.fetch(many, never);
    expect(asked.filter((name) => name.startsWith("update"))).toEqual(["update 3", "update 4"]);
  });

  it("costs a wrong login a few calls, not one for each id", async () => {
    const refused = () => {
      throw new ProviderError("bad-credentials", "no", { certain: true });
    };
    const { reports, asked } = open({ update: refused, delivery: refused });
    const many = Array.from({ length: 20 }, (_, at) => ({ id: String(at + 1) }));
    expect(await failureOf(reports.fetch(many, never))).toMatchObject({ code: "bad-credentials" });
    expect(asked).toHaveLength(4);
  });

  it("refuses more than twenty, and none", async () => {
    const { reports } = open();
    const many = Array.from({ length: 21 }, (_, at) => ({ id: String(at + 1) }));
    for (const wrong of [many, []]) {
      expect(await failureOf(reports.fetch(wrong, never))).toMatchObject({ code: "bad-request" });
    }
    expect(await reports.fetch(many.slice(1), never)).toHaveLength(20);
  });
});

describe("credit", () => {
  it("is a number of which the manual does not say what it counts", async () => {
    const { provider } = await startBare({ GetCredit: answer("GetCredit", "1250.5") });
    expect(await provider.credit?.read(never)).toEqual([{ unit: "raw", amount: 1250.5 }]);
  });

  it("without a number is a bad reply", async () => {
    const { provider } = await startBare({ GetCredit: answer("GetCredit", "") });
    expect(await failureOf(Promise.resolve(provider.credit?.read(never)))).toMatchObject({
      code: "bad-reply",
      certain: true,
    });
  });
});

describe("a look at the account", () => {
  const lines = [line, "+982164063188"];
  const byIsRead = (unread: number, read: number) => (call: { body: string }) =>
    answer("GetInboxCount", call.body.includes("<isRead>false") ? unread : read);
  const counts =
    (unread: number, read: number) =>
    (call: Parameters<ReturnType<typeof xml>>[0], response: Parameters<ReturnType<typeof xml>>[1]) =>
      xml(200, byIsRead(unread, read)(call))(call, response);
  const factsOf = (facts: readonly StatusFact[] | undefined, aspect: StatusFact["aspect"]) =>
    (facts ?? []).filter((fact) => fact.aspect === aspect);

  it("tells that all is well, and sends and marks nothing", async () => {
    const { provider, panel } = await startBare({
      GetCredit: answer("GetCredit", 5),
      GetInboxCount: counts(3, 40),
      GetUserNumbersList: answer("GetUserNumbersList", "<string>9830001234</string><string>02164063188</string>"),
      sendWsdl: wsdl("send"),
      incomingWsdl: wsdl("incoming-messages"),
    });
    expect(await provider.status?.read(lines, never)).toEqual([
      { aspect: "access", outcome: "good", detail: "credit 5" },
      { aspect: "line", line, outcome: "good", detail: "a number of the account" },
      { aspect: "line", line: "+982164063188", outcome: "good", detail: "a number of the account" },
      { aspect: "inbox", outcome: "good", detail: "3 unread, 40 read" },
      { aspect: "contract", outcome: "good", detail: "send.asmx: its own WSDL is read and is as ours" },
      { aspect: "contract", outcome: "good", detail: "IncomingMessages.asmx: its own WSDL is read and is as ours" },
    ]);
    const called = panel.calls.map(({ headers }) => String(headers.soapaction ?? ""));
    expect(called.filter((name) => /Send|Schedule|Update|New/.test(name))).toEqual([]);
  });

  it("never throws for a panel that refuses everything", async () => {
    const { provider } = await startBare({
      GetCredit: xml(500, fixture("fault-11")),
      GetInboxCount: html(403),
      sendWsdl: html(500),
    });
    const facts = await provider.status?.read([line], never);
    expect(facts?.map(({ aspect, outcome }) => `${aspect} ${outcome}`)).toEqual([
      "access bad",
      "line unknown",
      "inbox bad",
      "contract unknown",
      "contract unknown",
    ]);
    expect(facts?.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^bad-reply: Server Server was unable/),
      expect.stringContaining("needs the panel's own WSDL"),
      expect.stringContaining("address-refused"),
      "send.asmx: its own WSDL could not be read (HTTP 500); ours is used",
      "IncomingMessages.asmx: its own WSDL could not be read (HTTP 404); ours is used",
    ]);
  });

  it("takes the contract of another service for none", async () => {
    const { provider } = await startBare({ sendWsdl: wsdl("incoming-messages"), incomingWsdl: wsdl("send") });
    expect(factsOf(await provider.status?.read([], never), "contract").map(({ detail }) => detail)).toEqual([
      "send.asmx: its own WSDL could not be read (no WSDL of this service); ours is used",
      "IncomingMessages.asmx: its own WSDL could not be read (no WSDL of this service); ours is used",
    ]);
  });

  it("doubts a login whose credit is 0 and whose inbox is empty", async () => {
    const GetCredit = answer("GetCredit", 0);
    const empty = await startBare({ GetCredit, GetInboxCount: counts(0, 0) });
    expect(factsOf(await empty.provider.status?.read([], never), "access")).toMatchObject([
      { outcome: "bad", detail: "credit 0: the panel also answers 0 to a wrong login" },
    ]);
    const used = await startBare({ GetCredit, GetInboxCount: counts(0, 7) });
    expect(factsOf(await used.provider.status?.read([], never), "access")).toEqual([
      { aspect: "access", outcome: "good", detail: "credit 0" },
    ]);
  });

  it("names a line that is not the account's, and each difference of a contract", async () => {
    const { provider } = await startBare({
      GetUserNumbersList: answer("GetUserNumbersList", "<string>50001111</string>"),
      sendWsdl: wsdl("send").replace('name="isRead"', 'name="IsRead"'),
      incomingWsdl: wsdl("incoming-messages"),
    });
    const facts = await provider.status?.read([line], never);
    expect(factsOf(facts, "line")).toMatchObject([
      { line, outcome: "bad", detail: "not among the 1 numbers of the account" },
    ]);
    expect(factsOf(facts, "contract").map(({ outcome, detail }) => `${outcome} ${detail}`)).toEqual([
      "good send.asmx: its own WSDL is read",
      "unknown send.asmx: GetInboxCount: parameter isRead is called IsRead",
      "good IncomingMessages.asmx: its own WSDL is read and is as ours",
    ]);
  });
});

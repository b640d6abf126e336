import { describe, expect, it } from "vitest";
import { everythingIn, failureOf, never } from "./deps.ts";
import { apiKey, byAction, formOf, line, peer, readFixture, recorded, start } from "./mydnspanel.start.ts";
import { json, type PanelAnswer } from "./panel-server.ts";

const page: PanelAnswer = json(502, "<html>");
const cut: PanelAnswer = ({ socket }) => void socket.destroy();

describe("reports", () => {
  const toOne = (number: string, send: number) => ({
    result: "1",
    data: { count: "1", archive: "false", receivers: [{ number, processingStatus: "2", sendStatus: String(send) }] },
  });

  it("are asked for once a send, with its number for each receiver", async () => {
    const { provider, forms } = await start(recorded("reportSend-several"));
    const ids = ["9121234567", "9351234567", "9901234567"].map((number) => ({ id: `7/${number}`, batch: "7" }));
    expect((await provider.reports?.fetch(ids, never))?.map(({ id, state }) => [id, state])).toEqual([
      ["7/9121234567", "delivered"],
      ["7/9351234567", "pending"],
      ["7/9901234567", "failed"],
    ]);
    expect(forms()).toEqual([{ action: "reportSend", sendID: "7" }]);
  });

  it("find the send in the id where the batch is lost", async () => {
    const { provider, forms } = await start(recorded("reportSend-several"));
    expect(await provider.reports?.fetch([{ id: "7/9121234567" }], never)).toMatchObject([{ state: "delivered" }]);
    await provider.reports?.fetch([{ id: "7/9121234567", batch: "8" }], never);
    expect(forms()).toMatchObject([{ sendID: "7" }, { sendID: "8" }]);
  });

  it("are asked for two sends at once and no more", async () => {
    let [open, most] = [0, 0];
    const { provider, forms } = await start((call, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        json(200, toOne("9121234567", 3))(call, response);
      }, 20);
    });
    const ids = Array.from({ length: 7 }, (_, at) => ({ id: String(at + 10) }));
    expect(await provider.reports?.fetch(ids, never)).toHaveLength(7);
    expect(most).toBe(2);
    expect(new Set(forms().map((form) => form.sendID)).size).toBe(7);
  });

  const some =
    (failure: PanelAnswer): PanelAnswer =>
    (call, response) => {
      const { sendID } = formOf(call);
      if (sendID === "1") json(200, toOne("9121234567", 3))(call, response);
      else if (sendID === "2") json(200, { result: "-6" })(call, response);
      else failure(call, response);
    };

  it("leave out a send that the panel does not know", async () => {
    const { provider } = await start(some(page));
    expect(await provider.reports?.fetch([{ id: "2" }], never)).toEqual([]);
  });

  it("tell what was told where a part fails, and fail where nothing was", async () => {
    const { provider } = await start(some(json(200, { result: "-1" })));
    expect(await provider.reports?.fetch([{ id: "1" }, { id: "2" }, { id: "3" }], never)).toMatchObject([
      { id: "1", state: "delivered" },
    ]);
    const failing = provider.reports?.fetch([{ id: "3" }, { id: "2" }], never);
    expect(await failureOf(Promise.resolve(failing))).toMatchObject({ code: "bad-credentials", certain: true });
  });

  it("of one send that fail hide no other's", async () => {
    const { provider, forms } = await start(some(json(200, { result: "999" })));
    const ids = Array.from({ length: 9 }, (_, at) => ({ id: String(9 - at) }));
    expect(await provider.reports?.fetch(ids, never)).toMatchObject([{ id: "1", state: "delivered" }]);
    expect(forms()).toHaveLength(9);
  });

  it.each([
    ["a wrong key", json(200, { result: "-1" }), "bad-credentials"],
    ["a refused address", json(200, { result: "-5" }), "address-refused"],
    ["a cut", cut, "no-answer"],
    ["too many calls", json(429, "slow down"), "rate-limited"],
  ])("are asked for no more after %s", async (_, answer, code) => {
    const { provider, panel } = await start(answer);
    const ids = Array.from({ length: 20 }, (_one, at) => ({ id: String(at + 1) }));
    expect(await failureOf(Promise.resolve(provider.reports?.fetch(ids, never)))).toMatchObject({ code });
    expect(panel.calls.length).toBeLessThanOrEqual(2);
  });

  it("are asked for twenty at most, and never for none", async () => {
    const { provider, panel } = await start(page);
    for (const count of [0, 21]) {
      const ids = Array.from({ length: count }, (_, at) => ({ id: String(at) }));
      expect(await failureOf(Promise.resolve(provider.reports?.fetch(ids, never)))).toMatchObject({
        code: "bad-request",
      });
    }
    expect(panel.calls).toEqual([]);
  });

  it("that fail, fail certainly", async () => {
    const { provider } = await start(cut);
    const call = provider.reports?.fetch([{ id: "1" }], never);
    expect(await failureOf(Promise.resolve(call))).toMatchObject({ code: "no-answer", certain: true });
    expect(provider.reports).toMatchObject({ idsPerCall: 20 });
  });
});

describe("credit", () => {
  it("is a number of which nobody says what it counts", async () => {
    const { provider, forms } = await start(json(200, { result: "1", data: { credit: "۱٬۲۵۰" } }));
    expect(await provider.credit?.read(never)).toEqual([{ unit: "raw", amount: 1250 }]);
    expect(forms()).toEqual([{ action: "credit" }]);
  });

  it("without a number is a bad reply", async () => {
    const { provider } = await start(json(200, { result: "1" }));
    const call = provider.credit?.read(never);
    expect(await failureOf(Promise.resolve(call))).toMatchObject({ code: "bad-reply", certain: true });
  });
});

describe("contacts", () => {
  const contacts = { phoneBook: 5, fields: { birthday: "FYa12346", city: "FYb1" } };
  const added = { action: "newContact", phoneId: "5", cNumber: "9121234567" };

  it("are offered only where they are configured", async () => {
    expect((await start(page)).provider.contacts).toBeUndefined();
    expect((await start(page, { contacts })).provider.contacts?.fields).toEqual(["birthday", "city"]);
  });

  it("are added with the panel's ids of their fields, as real JSON", async () => {
    const { provider, forms } = await start(recorded("newContact-fields"), { contacts, receiverForm: "international" });
    const fields = { birthday: '1360/06/06"', city: "شیراز" };
    expect(await provider.contacts?.add({ peer, fields }, never)).toEqual({
      refused: [{ field: "birthday", vendor: "-2 value not valid" }],
    });
    const { cFields = "", ...rest } = forms()[0] ?? {};
    expect(rest).toEqual(added);
    expect(JSON.parse(cFields)).toEqual({ FYa12346: '1360/06/06"', FYb1: "شیراز" });
  });

  it("are an object in JSON, and have no fields where none are given", async () => {
    const { panel, provider } = await start(json(200, { result: "1" }), { contacts, encoding: "json" });
    expect(await provider.contacts?.add({ peer, fields: { city: "x" } }, never)).toEqual({ refused: [] });
    await provider.contacts?.add({ peer, fields: {} }, never);
    expect(panel.calls.map((call): unknown => JSON.parse(call.body))).toEqual([
      { ...added, phoneId: 5, cFields: { FYb1: "x" } },
      { ...added, phoneId: 5 },
    ]);
  });

  it.each([
    [{ peer, fields: { shoeSize: "42" } }, "bad-request"],
    [{ peer: "+4915112345678", fields: {} }, "bad-recipient"],
  ])("are refused without a call: %j", async (contact, code) => {
    const { panel, provider } = await start(json(200, { result: "1" }), { contacts });
    const call = provider.contacts?.add(contact, never);
    expect(await failureOf(Promise.resolve(call))).toMatchObject({ code, certain: true });
    expect(panel.calls).toEqual([]);
  });

  it("of which a field is refused in words show no key", async () => {
    const { provider } = await start(json(200, { result: "1", fields: { message: `no ${apiKey}` } }), { contacts });
    expect(await provider.contacts?.add({ peer, fields: { city: "x" } }, never)).toEqual({
      refused: [{ field: "city", vendor: "no ***" }],
    });
  });

  it("that the panel refuses are a failure", async () => {
    const { provider } = await start(json(200, { result: "803" }), { contacts });
    const call = provider.contacts?.add({ peer, fields: {} }, never);
    expect(await failureOf(Promise.resolve(call))).toMatchObject({
      code: "bad-recipient",
      vendor: "803 number not valid",
    });
  });
});

describe("the inbox", () => {
  const open = async (answer: PanelAnswer) => {
    const { provider, forms } = await start(answer, { pollSeconds: 0.5, backlogHours: 2 });
    const { inbox } = provider;
    if (inbox?.mode !== "poll") throw new Error("expected to be polled");
    return { inbox, forms, fetch: () => inbox.fetch([line], never) };
  };

  it("is asked for as a whole, as often as is configured", async () => {
    const { inbox, fetch, forms } = await open(recorded("receivedMessages"));
    expect(inbox).toMatchObject({ scope: "account", everySeconds: 0.5, backlogHours: 2 });
    expect(inbox).not.toHaveProperty("catchUp");
    await fetch();
    expect(forms()).toEqual([{ action: "receivedMessages" }]);
  });

  it("hands over the answer as it came, and reads it later", async () => {
    const { inbox, fetch } = await open(recorded("receivedMessages"));
    const answer = await fetch();
    expect(answer).toBe(readFixture("receivedMessages").text);
    expect((await inbox.parse(answer, [line])).sms).toMatchObject([{ line, peer }, { line: "50009999" }]);
  });

  it.each([
    ["nothing to show", 200, '{"result":"401"}'],
    ["a form that nobody knows", 200, '{ "messages": 5 }'],
    ["a page", 200, "<html>"],
    ["a list under an unknown code", 200, '{"result":"9","data":[{"text":"x","from":"1"}]}'],
    ["a list under an HTTP error", 500, '{"result":"1","data":[{"text":"x","from":"1"}]}'],
  ])("keeps %s", async (_, http, text) => {
    expect(await (await open(json(http, text))).fetch()).toBe(text);
  });

  it.each([
    [200, '{"result":"-1"}', "bad-credentials"],
    [200, '{"result":"-5","data":[{"text":"x","from":"1"}]}', "address-refused"],
    [200, '{"result":"999"}', "bad-reply"],
    [502, "<html>", "bad-reply"],
    [404, "", "busy"],
  ])("fails for certain with HTTP %i %j", async (http, text, code) => {
    const { fetch } = await open(json(http, text));
    expect(await failureOf(fetch())).toMatchObject({ code, certain: true });
  });

  it("takes an answer of several megabytes", async () => {
    const text = JSON.stringify({ result: "1", data: [{ from: "9121234567", text: "x".repeat(3_000_000) }] });
    const { fetch } = await open(json(200, text));
    expect((await fetch()).length).toBe(text.length);
  });
});

it("there is no history: the one list there is belongs to the poll", async () => {
  const { provider } = await start(recorded("receivedMessages"));
  expect(provider).not.toHaveProperty("history");
});

describe("the status", () => {
  const list = (data: unknown) => byAction({ status: { result: "1" }, receivedMessages: { result: "1", data } });
  const lineFact = { aspect: "line", outcome: "unknown" };
  const inboxFact = {
    aspect: "inbox",
    outcome: "unknown",
    detail: expect.stringContaining("not read here"),
    advice: expect.stringContaining("chapar check --read-inbox"),
  };
  const startStatus = async (answer: PanelAnswer) => {
    const { provider, forms } = await start(answer);
    const { status } = provider;
    if (!status?.readInbox) throw new Error("this panel tells no status of its inbox");
    return { status, readInbox: status.readInbox, actions: () => forms().map(({ action }) => action) };
  };
  const read = async (answer: PanelAnswer, lines: readonly string[] = [line]) => {
    const { status, actions } = await startStatus(answer);
    const facts = await status.read(lines, never);
    expect(actions()).toEqual(["status"]);
    expect(everythingIn(facts)).not.toContain(apiKey);
    return facts;
  };
  const readInbox = async (answer: PanelAnswer) => {
    const started = await startStatus(answer);
    const facts = await started.readInbox([line], never);
    expect(started.actions()).toEqual(["receivedMessages"]);
    expect(everythingIn(facts)).not.toContain(apiKey);
    return facts;
  };

  it("tells that the service is open, and leaves the inbox to the bridge", async () => {
    expect(await read(list([{ text: "secret", from: "1" }]))).toMatchObject([
      { aspect: "access", outcome: "good", detail: "the web service is open" },
      inboxFact,
      lineFact,
    ]);
  });

  it("tells a refusal as a fact, with what to do", async () => {
    expect(await read(json(200, { result: "-3", message: apiKey }))).toMatchObject([
      {
        aspect: "access",
        outcome: "bad",
        detail: "account-closed: -3 the account's documents are not approved: ***",
        advice: expect.stringContaining("documents"),
      },
      inboxFact,
      lineFact,
    ]);
  });

  it("tells that a panel which says nothing cannot be worked with", async () => {
    expect(await read(cut)).toMatchObject([
      { aspect: "access", outcome: "bad", detail: expect.stringMatching(/^no-answer: /), failure: "no-answer" },
      inboxFact,
      lineFact,
    ]);
  });

  it("says nothing of lines where there are none", async () => {
    expect((await read(list([]), [])).map((fact) => fact.aspect)).toEqual(["access", "inbox"]);
  });

  describe("of the inbox, for whoever asks for just that", () => {
    it("tells which names the list of SMS uses, and nothing of what stands in them", async () => {
      const facts = await readInbox(
        list([{ messageID: 5, sender: "9121234567", text: "secret", receiveDate: "1405/09/01", Part: 1, isRead: "0" }]),
      );
      expect(facts).toEqual([
        {
          aspect: "inbox",
          outcome: "good",
          detail:
            "1 SMS listed, 1 can be read; understood: id (messageID), from (sender), text (text), date (receiveDate); without to",
        },
        { aspect: "contract", outcome: "unknown", detail: "fields of an incoming SMS that are not used: Part, isRead" },
      ]);
      expect(everythingIn(facts)).not.toMatch(/secret|9121234567/);
    });

    it("tells a list that is empty, one that cannot be read, and one that is none", async () => {
      expect(await readInbox(list([]))).toEqual([{ aspect: "inbox", outcome: "good", detail: "no SMS listed" }]);
      expect(await readInbox(list([{ payload: "x" }]))).toMatchObject([
        { aspect: "inbox", outcome: "bad", advice: expect.stringContaining("open an issue") },
        { aspect: "contract", detail: expect.stringContaining("payload") },
      ]);
      expect(await readInbox(list("x"))).toMatchObject([
        { aspect: "inbox", outcome: "bad", detail: "the answer holds no list" },
      ]);
    });

    it("hides a key that the list has among its names", async () => {
      const facts = await readInbox(list([{ sender: "9121234567", text: "x", [apiKey]: 1 }]));
      expect(facts[1]?.detail).toContain("***");
    });

    it("tells a refusal as a fact, and that the panel says nothing, too", async () => {
      expect(await readInbox(json(200, { result: "-3", message: apiKey }))).toMatchObject([
        { aspect: "inbox", outcome: "bad", detail: expect.stringMatching(/^account-closed: -3 .*\*\*\*$/) },
      ]);
      expect(await readInbox(cut)).toMatchObject([
        { aspect: "inbox", outcome: "bad", detail: expect.stringMatching(/^no-answer: /) },
      ]);
    });
  });
});

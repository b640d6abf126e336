import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createPhones } from "../../src/sandbox/phone.ts";
import type { SoapPanelMode } from "../../src/sandbox/soap-panel/modes.ts";
import {
  type SoapPanelOptions,
  type SoapPanelSimulator,
  startSoapPanelSimulator,
} from "../../src/sandbox/soap-panel/server.ts";
import { createTimers, worldClock } from "../../src/sandbox/timers.ts";

const line = "30001234";
const firstId = "9007199254740993";
const secondId = "9007199254740994";
const thirdId = "9007199254740995";
const login = "<username>sandbox</username><password>sandbox-password</password>";
const badLogin = "<username>sandbox</username><password>wrong</password>";
let panel: SoapPanelSimulator;

async function start(options: SoapPanelOptions = {}): Promise<void> {
  await panel?.stop();
  panel = await startSoapPanelSimulator({ deliverAfterMs: 40, ...options });
}

beforeEach(() => start());
afterEach(async () => {
  await panel.stop();
  expect(panel.network.crashes).toEqual([]);
});

interface Answer {
  http: number;
  body: string;
}

async function post(file: string, body: string, headers: Record<string, string>): Promise<Answer> {
  const signal = AbortSignal.timeout(400);
  const response = await fetch(`${panel.url}/${file}`, { method: "POST", headers, body, signal });
  return { http: response.status, body: await response.text() };
}

const envelope = (inner: string) =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inner}</s:Body></s:Envelope>`;

function call(file: string, operation: string, fields: string): Promise<Answer> {
  return post(file, envelope(`<${operation} xmlns="http://tempuri.org/">${fields}</${operation}>`), {
    "content-type": "text/xml; charset=utf-8",
    soapaction: `"http://tempuri.org/${operation}"`,
  });
}

const toSend = (operation: string, fields = login) => call("send.asmx", operation, fields);
const toInbox = (operation: string, fields = `${login}<from>${line}</from>`) =>
  call("IncomingMessages.asmx", operation, fields);

const all = ({ body }: Answer, name: string): string[] =>
  [...body.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => text);
const one = (answer: Answer, name: string): string | undefined => all(answer, name)[0];

interface Sending {
  to?: string[];
  from?: string;
  text?: string;
  more?: string;
  credentials?: string;
}

const smsFields = ({ to = ["09120000001"], from = line, text = "سلام", more = "", credentials = login }: Sending) =>
  `${credentials}<to>${to.map((number) => `<string>${number}</string>`).join("")}</to><from>${from}</from><text>${text}</text>${more}`;
const send = (sending: Sending = {}) => toSend("SendSms", smsFields(sending));
const verdict = async (answer: Promise<Answer>) => one(await answer, "SendSmsResult");
const delivery = async (id = firstId) => one(await toSend("GetDelivery", `<recId>${id}</recId>`), "GetDeliveryResult");
const update = async (id = firstId) =>
  one(await toSend("UpdateDelivery", `<recId>${id}</recId>`), "UpdateDeliveryResult");
const idsOf = async (operation: string, fields?: string) => all(await toInbox(operation, fields), "MsgID");

describe("sending", () => {
  test("gives one id for each receiver, past 53 bits, in their order, and a byte for each", async () => {
    panel.account.blocked.add("0935 000 0003");
    const answer = await send({
      to: ["09120000001", "989120000002", "9350000003", "12"],
      text: "یک &lt; دو\r\nسه",
      more: "<isflash>true</isflash><udh>050003</udh><recId><long>0</long></recId><status>0</status>",
    });
    expect(answer.http).toBe(200);
    expect(answer.body).toContain(
      '<SendSmsResponse xmlns="http://tempuri.org/"><SendSmsResult>1</SendSmsResult>' +
        `<recId><long>${firstId}</long><long>${secondId}</long><long>${thirdId}</long><long>0</long></recId>` +
        "<status>AAABAQ==</status></SendSmsResponse>",
    );
    expect(panel.ledger.map(({ id, receiver }) => [id, receiver])).toEqual([
      [firstId, "09120000001"],
      [secondId, "989120000002"],
      [thirdId, "9350000003"],
    ]);
    const sms = { line, text: "یک < دو\nسه", parts: 1, isFlash: true, udh: "050003", batch: 0 };
    expect(panel.ledger[0]).toMatchObject(sms);
    expect(panel.deliveryOf(thirdId)).toBe(2);
  });

  test("works over SOAP 1.2, whose operation may stand in the body alone", async () => {
    const body = envelope(
      `<t:GetCredit xmlns:t="http://tempuri.org/">${login.replace(/<(\/?)/g, "<$1t:")}</t:GetCredit>`,
    );
    const soap12 = body.replace("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope");
    for (const contentType of ["application/soap+xml", 'application/soap+xml; action="http://tempuri.org/GetCredit"']) {
      const answer = await post("Send.asmx", soap12, { "content-type": contentType });
      expect(one(answer, "GetCreditResult")).toBe("1000");
      expect(answer.body).toContain("http://www.w3.org/2003/05/soap-envelope");
    }
  });

  test.each<[string, Sending, SoapPanelOptions, string]>([
    ["a wrong password", { credentials: badLogin }, {}, "0"],
    ["no password", { credentials: "<username>sandbox</username>" }, {}, "0"],
    ["names in another case", { credentials: login.replaceAll("username", "UserName") }, {}, "0"],
    ["names of another namespace", { credentials: login.replace("<username", '<username xmlns="x:y"') }, {}, "0"],
    ["a foreign line", { from: "30009999" }, {}, "5"],
    ["a filtered word", { text: "وام فوری" }, { filteredWords: ["وام"] }, "7"],
    ["a day's limit", { text: "س".repeat(71) }, { dailyLimit: 1 }, "3"],
    ["101 receivers", { to: Array.from({ length: 101 }, () => "09120000001") }, {}, "4"],
    ["too little credit", { to: ["09120000001", "09120000002"] }, { credit: 1 }, "2"],
    ["everything wrong but the login", { from: "1", text: "وام" }, { filteredWords: ["وام"], credit: 0 }, "5"],
  ])("%s is refused, and nothing is taken", async (_what, sending, options, result) => {
    await start(options);
    const answer = await send(sending);
    expect([answer.http, one(answer, "SendSmsResult"), all(answer, "long")]).toEqual([200, result, []]);
    expect(panel.ledger).toEqual([]);
    expect(panel.account.credit).toBe(options.credit ?? 1000);
  });

  test("costs parts times receivers", async () => {
    await send({ to: ["09120000001", "09120000002"], text: "س".repeat(71) });
    expect(one(await toSend("GetCredit"), "GetCreditResult")).toBe("996");
    expect(one(await toSend("GetCredit", badLogin), "GetCreditResult")).toBe("0");
  });

  test("can wait for a time on the clocks of Tehran", async () => {
    const due = performance.timeOrigin + performance.now() + 1000;
    const wall = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tehran", dateStyle: "short", timeStyle: "medium" });
    const more = `<scheduleDateTime>${wall.format(due).replace(" ", "T")}</scheduleDateTime>`;
    expect(one(await toSend("ScheduleSms", smsFields({ more })), "ScheduleSmsResult")).toBe("1");
    expect(one(await toSend("ScheduleSms", smsFields({ credentials: badLogin })), "ScheduleSmsResult")).toBe("0");
    await panel.waitFor(() => panel.ledger.length === 1);
    expect(Math.abs((panel.ledger[0]?.at ?? 0) - due)).toBeLessThan(1100);
  });

  test("shows in the sent lists under the id of the receipt", async () => {
    await send({ to: ["989120000001"] });
    const sent = await toInbox("GetSentSMSIsNotReadList");
    expect(["MsgID", "Sender", "Receiver", "Body", "Parts", "IsRead"].map((name) => one(sent, name))).toEqual([
      firstId,
      line,
      "9120000001",
      "سلام",
      "1",
      "false",
    ]);
    await toInbox("UpdateMessagesIsRead", `${login}<msgIds><long>${firstId}</long></msgIds>`);
    expect(await idsOf("GetSentSMSIsNotReadList")).toEqual([]);
    expect(await idsOf("GetSentSMSIsReadList")).toEqual([firstId]);
  });
});

describe("delivery", () => {
  test("is 9 until an update of any SMS of the same call, and then what it was at that moment", async () => {
    panel.willEnd("0912 000 0002", 3);
    await send({ to: ["09120000001", "09120000002"] });
    await panel.waitFor(() => panel.deliveryOf(firstId) === 1 && panel.deliveryOf(secondId) === 3);
    expect([await delivery(), await delivery(secondId)]).toEqual(["9", "9"]);
    expect(await update(secondId)).toBe("1");
    expect([await delivery(), await delivery(secondId)]).toEqual(["1", "3"]);
  });

  test("goes from 0 over 8 to 1, and shows only what was updated", async () => {
    await start({ deliverAfterMs: 160 });
    await send();
    await update();
    expect(await delivery()).toBe("0");
    await new Promise((resolve) => setTimeout(resolve, 90));
    expect(await delivery()).toBe("0");
    await update();
    expect(await delivery()).toBe("8");
  });

  test("knows bad ids, and an interval where there is one", async () => {
    await start({ updateIntervalMs: 60_000 });
    await send();
    expect([await delivery("77"), await update("77")]).toEqual(["100", "0"]);
    expect([await update(), await update()]).toEqual(["1", "100"]);
  });

  test("may be set by hand, visible at once", async () => {
    await send();
    for (const code of [2, 5, 11, 16]) {
      panel.setDelivery(firstId, code);
      expect(await delivery()).toBe(String(code));
    }
  });
});

describe("the inbox", () => {
  test("keeps an SMS with its id past 53 bits, the time of Tehran and the sender without its zero", async () => {
    const at = Date.UTC(2026, 7, 1, 20, 30, 5);
    await panel.receive({ from: "+989120000009", to: "+9830001234", text: 'سلام <&> "x"', time: at });
    const { body } = await toInbox("GetReceiveSMSIsNotReadList");
    expect(body).toContain(
      `<GetReceiveSMSIsNotReadListResult><Message><MsgID>${firstId}</MsgID><MsgType>1</MsgType>` +
        '<Body>سلام &lt;&amp;&gt; "x"</Body><SendDate>2026-08-02T00:00:05</SendDate>' +
        `<Sender>9120000009</Sender><Receiver>${line}</Receiver><Parts>1</Parts><IsRead>false</IsRead></Message>`,
    );
  });

  test("hands out each new SMS once, for its line alone, and leaves it unread", async () => {
    await start({ lines: [line, "30005678"] });
    await panel.receive({ from: "09120000009", to: line, text: "یک" });
    expect(await idsOf("GetNewMessagesList", `${login}<from>30005678</from>`)).toEqual([]);
    expect(await idsOf("GetNewMessagesList")).toEqual([firstId]);
    await panel.receive({ from: "09120000009", to: line, text: "دو" });
    expect(await idsOf("GetNewMessagesList")).toEqual([secondId]);
    expect(await idsOf("GetNewMessagesList")).toEqual([]);
    expect(await idsOf("GetReceiveSMSIsNotReadList")).toEqual([firstId, secondId]);
    expect(panel.received.map(({ isRead, handedOut }) => [isRead, handedOut])).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  test("can also go on giving what is new until it is read", async () => {
    await start({ newConsumes: false });
    await panel.receive({ from: "09120000009", to: line, text: "یک" });
    expect(await idsOf("GetNewMessagesList")).toEqual([firstId]);
    expect(await idsOf("GetNewMessagesList")).toEqual([firstId]);
    await toInbox("UpdateMessagesIsRead", `${login}<msgIds><long>${firstId}</long></msgIds>`);
    expect(await idsOf("GetNewMessagesList")).toEqual([]);
  });

  test("marks read and unread, and counts", async () => {
    for (const text of ["یک", "دو"]) await panel.receive({ from: "09120000009", to: line, text });
    const count = async (isRead: boolean) =>
      one(await toSend("GetInboxCount", `${login}<isRead>${isRead}</isRead>`), "GetInboxCountResult");
    const ids = `<msgIds><long>${secondId}</long><long>5</long></msgIds>`;
    expect(one(await toInbox("UpdateMessagesIsRead", badLogin + ids), "UpdateMessagesIsReadResult")).toBe("0");
    expect(one(await toInbox("UpdateMessagesIsRead", login + ids), "UpdateMessagesIsReadResult")).toBe("1");
    expect([await count(false), await count(true)]).toEqual(["1", "1"]);
    expect(await idsOf("GetReceiveSMSIsReadList")).toEqual([secondId]);
    expect(one(await toInbox("UpdateMessagesIsNotRead", login + ids), "UpdateMessagesIsNotReadResult")).toBe("1");
    expect([await count(false), await count(true)]).toEqual(["2", "0"]);
  });

  test("lists the account's lines, and gives a bad login empty lists", async () => {
    await panel.receive({ from: "09120000009", to: line, text: "یک" });
    expect(all(await toInbox("GetUserNumbersList"), "string")).toEqual([line]);
    for (const operation of ["GetUserNumbersList", "GetNewMessagesList", "GetReceiveSMSIsNotReadList"]) {
      const answer = await toInbox(operation, `${badLogin}<from>${line}</from>`);
      expect([answer.http, answer.body.includes(`<${operation}Result />`)]).toEqual([200, true]);
    }
    expect(panel.received[0]?.handedOut).toBe(false);
  });

  test.each([line, "9830001234", "+98 3000 1234", "۳۰۰۰۱۲۳۴"])("is reached by dialling %s", async (dialled) => {
    expect(panel.owns(dialled)).toBe(true);
    await panel.receive({ from: "09120000009", to: dialled, text: "یک" });
    expect(panel.received[0]?.to).toBe(line);
  });

  test("belongs to the network of handsets", async () => {
    const timers = createTimers(worldClock);
    const phones = createPhones({ panels: [panel], timers, defaultLine: line });
    const customer = phones.phone("0912 000 0001");
    expect(await customer.sends("سلام")).toEqual({ status: 200, body: "" });
    expect(panel.received[0]).toMatchObject({ from: "09120000001", to: line, text: "سلام" });
    await send({ text: "در خدمتم" });
    await customer.gets("در خدمتم");
    await panel.waitFor(() => panel.deliveryOf(firstId) === 1);
    phones.stop();
    timers.stop();
  });
});

describe("what cannot be read", () => {
  const headers = { "content-type": "text/xml", soapaction: '"http://tempuri.org/GetCredit"' };
  const inGetCredit = (fields: string) => envelope(`<GetCredit xmlns="http://tempuri.org/">${fields}</GetCredit>`);

  test.each([
    ["no XML", "hello"],
    ["nothing", ""],
    ["half an envelope", inGetCredit(login).slice(0, -20)],
    ["a DTD", `<!DOCTYPE x [<!ENTITY e "y">]>${inGetCredit("").slice(21)}`],
    ["a control character", inGetCredit("<username>\u0001</username>")],
    ["a reference to one", inGetCredit("<username>&#x1;</username>")],
    ["an unknown entity", inGetCredit("<username>&nbsp;</username>")],
  ])("%s is a fault with 400", async (_what, body) => {
    const answer = await post("send.asmx", body, headers);
    expect([answer.http, one(answer, "faultcode")]).toEqual([400, "soap:Client"]);
  });

  test("unknown operations, those of the other service, values of no such type, and calls without action are 500", async () => {
    for (const answer of [
      await toSend("SendSms2"),
      await toSend("constructor"),
      await toSend("GetNewMessagesList"),
      await toSend("GetDelivery", "<recId>9223372036854775808</recId>"),
      await send({ more: "<isflash>yes</isflash>" }),
      await post("send.asmx", inGetCredit(login), { "content-type": "text/xml" }),
    ]) {
      expect([answer.http, one(answer, "faultcode")]).toEqual([500, "soap:Client"]);
    }
  });

  test("other paths, verbs and content types are none of SOAP's", async () => {
    const status = async (path: string, init?: RequestInit) => (await fetch(panel.network.url + path, init)).status;
    expect(await status("/post/other.asmx")).toBe(404);
    expect(await status("/send.asmx")).toBe(404);
    expect(await status("/post/send.asmx")).toBe(200);
    expect(await status("/post/send.asmx", { method: "PUT" })).toBe(405);
    expect(await status("/post/send.asmx", { method: "POST", body: "{}" })).toBe(415);
  });
});

describe("on demand", () => {
  test.each<[SoapPanelMode, number]>([
    [{ kind: "silent" }, 1],
    [{ kind: "cut" }, 1],
    [{ kind: "unreadable" }, 1],
    [{ kind: "cut-before" }, 0],
    [{ kind: "html" }, 0],
    [{ kind: "status", status: 502 }, 0],
    [{ kind: "status", status: 502, accepting: true }, 1],
    [{ kind: "fault" }, 0],
  ])("in mode %j the caller learns nothing, and %i SMS are taken", async (mode, taken) => {
    panel.mode({ ...mode, times: 1 });
    expect(one(await toSend("GetCredit"), "GetCreditResult")).toBe("1000");
    const answer = await send().catch(() => undefined);
    expect(answer && one(answer, "SendSmsResult")).toBeUndefined();
    expect(panel.ledger).toHaveLength(taken);
    expect(await verdict(send())).toBe("1");
  });

  test("it answers any number, with or without taking, or gives fewer ids", async () => {
    panel.mode({ kind: "result", code: 4, times: 1 });
    expect(await verdict(send())).toBe("4");
    expect(panel.ledger).toEqual([]);
    panel.mode({ kind: "result", code: 6, accepting: true, times: 1 });
    const queued = await send();
    expect([one(queued, "SendSmsResult"), all(queued, "long")]).toEqual(["6", [firstId]]);
    panel.mode({ kind: "fewer-ids", times: 1 });
    expect(all(await send({ to: ["09120000001", "09120000002"] }), "long")).toEqual([secondId]);
  });

  test("a mode hits one operation by its name, or everything", async () => {
    panel.mode({ kind: "fault", on: "GetNewMessagesList" });
    expect((await toInbox("GetNewMessagesList")).http).toBe(500);
    expect(await verdict(send())).toBe("1");
    panel.mode({ kind: "cut", on: "GetNewMessagesList" });
    await panel.receive({ from: "09120000009", to: line, text: "یک" });
    await expect(toInbox("GetNewMessagesList")).rejects.toThrow();
    expect(panel.received[0]?.handedOut).toBe(true);
    panel.mode({ kind: "html", on: "all" });
    expect((await fetch(`${panel.url}/send.asmx?WSDL`)).status).toBe(403);
    panel.mode({ kind: "slow", ms: 60, on: "all" });
    const begin = performance.now();
    await toSend("GetCredit");
    expect(performance.now() - begin).toBeGreaterThan(50);
  });

  test("the answers look as those of other members of the family do", async () => {
    panel.odd({ status: "unsignedByte", recIdItem: "string" });
    expect((await send()).body).toContain(
      `<recId><string>${firstId}</string></recId><status><unsignedByte>0</unsignedByte></status>`,
    );
    panel.odd({ status: "int" });
    expect((await send()).body).toContain("<status><int>0</int></status>");

    await panel.receive({ from: "09120000009", to: line, text: "یک", time: Date.UTC(2026, 7, 1, 6) });
    const names = { GetReceiveSMSIsNotReadList: "GetReceiveSMSIsNotReadAResult" };
    panel.odd({ resultNames: names, messageName: "MessagesBL", nesting: "diffgram", extraFields: true, numbers: "98" });
    const nested = await toInbox("GetReceiveSMSIsNotReadList");
    expect(nested.body).toMatch(
      /<GetReceiveSMSIsNotReadAResult><diffgr:diffgram [^>]*><NewDataSet xmlns=""><MessagesBL>/,
    );
    expect([one(nested, "UserID"), one(nested, "Sender")]).toEqual(["4711", "989120000009"]);

    panel.odd({ msgId: "zero", sendDate: "offset" });
    const zero = await toInbox("GetReceiveSMSIsNotReadList");
    expect([one(zero, "MsgID"), one(zero, "SendDate")]).toEqual(["0", "2026-08-01T09:30:00+03:30"]);
    panel.odd({ msgId: "absent" });
    expect(await idsOf("GetReceiveSMSIsNotReadList")).toEqual([]);

    panel.odd({ empty: "nil" });
    expect((await toInbox("GetReceiveSMSIsReadList")).body).toContain(
      '<GetReceiveSMSIsReadListResult xsi:nil="true" />',
    );
    panel.odd({ empty: "absent" });
    expect((await toInbox("GetReceiveSMSIsReadList")).body).toContain(
      '<GetReceiveSMSIsReadListResponse xmlns="http://tempuri.org/" />',
    );
    panel.odd();
    expect(await idsOf("GetReceiveSMSIsNotReadList")).toEqual([firstId]);
  });
});

describe("the contract", () => {
  const read = async (path: string) => {
    const response = await fetch(`${panel.url}/${path}`);
    return { http: response.status, type: response.headers.get("content-type"), body: await response.text() };
  };

  test.each(["send.asmx?WSDL", "Send.asmx?wsdl", "IncomingMessages.asmx?WSDL", "incomingmessages.asmx?Wsdl"])(
    "%s names this server and none of our doubts",
    async (path) => {
      const { http, type, body } = await read(path);
      expect([http, type]).toEqual([200, "text/xml; charset=utf-8"]);
      expect(body).toContain(`address location="${panel.url}/`);
      expect(body).not.toMatch(/PANEL-DOMAIN|GUESS|RECONSTRUCTED/);
    },
  );

  test("can be missing, a web page, changed, or without the operations that are only guessed", async () => {
    panel.wsdl("none");
    expect((await read("send.asmx?WSDL")).http).toBe(404);
    panel.wsdl("html");
    expect(await read("send.asmx?WSDL")).toMatchObject({ http: 200, type: "text/html; charset=utf-8" });
    panel.wsdl((original) => original.replaceAll("GetCredit", "GetMoney"));
    expect((await read("send.asmx?WSDL")).body).toContain("GetMoneyResult");
    panel.wsdl("without-guesses");
    const contracts = (await read("send.asmx?WSDL")).body + (await read("IncomingMessages.asmx?WSDL")).body;
    expect(contracts).not.toMatch(/UpdateDelivery|ScheduleSms|GetSentSMS|UpdateMessages|GetUserNumbersList/);
    expect(contracts).toMatch(/GetDeliveryResponse[\s\S]*GetReceiveSMSIsNotReadListResponse/);
    expect((await toSend("UpdateDelivery", "<recId>1</recId>")).http).toBe(500);
    expect(await verdict(send())).toBe("1");
  });

  test("may name its parameters otherwise, and then those names alone are understood", async () => {
    await start({ rename: { username: "userName", password: "passWord", from: "fromNumber", recId: "recID" } });
    const { body } = await read("send.asmx?WSDL");
    expect(body).toContain('name="userName" type="s:string"');
    expect(body).toContain('name="fromNumber" type="s:string"');
    expect(body).not.toContain('name="username"');
    const credentials = "<userName>sandbox</userName><passWord>sandbox-password</passWord>";
    expect(await verdict(send())).toBe("0");
    expect(await verdict(send({ credentials }))).toBe("5");
    const renamed = smsFields({ credentials }).replaceAll(/(<\/?)from>/g, "$1fromNumber>");
    expect(all(await toSend("SendSms", renamed), "long")).toEqual([firstId]);
  });
});

test("calls are kept with their results and without the password", async () => {
  await send({ to: ["09120000001", "09120000002"] });
  await toInbox("GetSentSMSIsNotReadList");
  await toSend("GetDelivery", "<recId>x</recId>");
  expect(panel.calls.map(({ operation, result }) => [operation, result])).toEqual([
    ["SendSms", "1"],
    ["GetSentSMSIsNotReadList", "2"],
    ["GetDelivery", undefined],
  ]);
  expect(panel.calls[0]?.fields).toEqual({
    username: "sandbox",
    to: ["09120000001", "09120000002"],
    from: line,
    text: "سلام",
  });
  expect(JSON.stringify(panel.calls)).not.toContain(panel.account.password);
});

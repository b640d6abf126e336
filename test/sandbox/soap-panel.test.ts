import { describe, expect, test } from "vitest";
import type { SoapPanelOptions } from "../../src/sandbox/soap-panel/server.ts";
import {
  all,
  badLogin,
  envelope,
  firstId,
  idsOf,
  line,
  login,
  one,
  panel,
  post,
  type Sending,
  secondId,
  send,
  smsFields,
  start,
  startForEach,
  thirdId,
  toInbox,
  toSend,
} from "./soap-panel.start.ts";

startForEach();

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

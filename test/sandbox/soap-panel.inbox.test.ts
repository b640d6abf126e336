import { describe, expect, test } from "vitest";
import { createPhones } from "../../src/sandbox/phone.ts";
import { createTimers, worldClock } from "../../src/sandbox/timers.ts";
import {
  all,
  badLogin,
  firstId,
  idsOf,
  line,
  login,
  one,
  panel,
  secondId,
  send,
  start,
  startForEach,
  toInbox,
  toSend,
} from "./soap-panel.start.ts";

startForEach();

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

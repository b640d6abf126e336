import { describe, expect, test } from "vitest";
import type { SoapPanelMode } from "../../src/sandbox/soap-panel/modes.ts";
import {
  all,
  firstId,
  idsOf,
  line,
  one,
  panel,
  secondId,
  send,
  startForEach,
  toInbox,
  toSend,
  verdict,
} from "./soap-panel.start.ts";
import { muteModes } from "./wire-modes.ts";

startForEach();

describe("on demand", () => {
  test.each<[SoapPanelMode, number]>([...muteModes, [{ kind: "fault" }, 0]])(
    "in mode %j the caller learns nothing, and %i SMS are taken",
    async (mode, taken) => {
      panel.mode({ ...mode, times: 1 });
      expect(one(await toSend("GetCredit"), "GetCreditResult")).toBe("1000");
      const answer = await send().catch(() => undefined);
      expect(answer && one(answer, "SendSmsResult")).toBeUndefined();
      expect(panel.ledger).toHaveLength(taken);
      expect(await verdict(send())).toBe("1");
    },
  );

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

import { describe, expect, test } from "vitest";
import { call, firstId, line, panel, post, send, start, startForEach } from "./mydnspanel.start.ts";

startForEach();

describe("reportSend", () => {
  const receiverOf = (number: string, processingStatus: string, sendStatus: string) => ({
    number,
    processingStatus,
    sendStatus,
  });

  test("looks as in the manual, down to the handset", async () => {
    await send({ receivers: "989120000000" });
    await panel.waitFor(() => panel.statusOf(firstId, "9120000000")?.send === 3);
    const answer = await post({ action: "reportSend", sendID: firstId });
    expect(await answer.text()).toBe(
      '{"result":"1","data":{"count":"1","archive":"false","receivers":[{"number":"9120000000","processingStatus":"2","sendStatus":"3"}]}}',
    );
  });

  test("walks with time and stays at 2/1 while the handset is away", async () => {
    let now = 1_000_000;
    let due = () => {};
    const after = (_ms: number, run: () => void) => {
      due = run;
      return () => {};
    };
    await start({ deliverAfterMs: 100, clock: { now: () => now, after } });
    let arrive = () => {};
    panel.attach({ carry: (_sms, delivered) => (arrive = delivered) });
    await send();
    const seen: string[] = [];
    const look = () => {
      const status = panel.statusOf(firstId, "9120000001");
      seen.push(`${status?.processing}/${status?.send}`);
    };
    for (const at of [0, 30, 60, 80, 100_000]) {
      now = 1_000_000 + at;
      look();
    }
    due();
    look();
    arrive();
    look();
    expect(seen).toEqual(["0/-1", "1/-1", "2/0", "2/1", "2/1", "2/1", "2/3"]);
  });

  test("each receiver has its own end, and a returned one gives its price back", async () => {
    await start({ credit: 10 });
    panel.willEnd("0912 000 0001", { processing: 4, send: -1 });
    panel.willEnd("9120000002", { processing: 2, send: 5 });
    await send({ receivers: "9120000001,9120000002,9120000003" });
    await panel.waitFor(() => panel.statusOf(firstId, "9120000003")?.send === 3);
    panel.setStatus(firstId, "09120000003", { processing: 2, send: 6 });
    expect(await call("reportSend", { sendID: firstId })).toMatchObject({
      data: {
        count: "3",
        receivers: [
          receiverOf("9120000001", "4", "-1"),
          receiverOf("9120000002", "2", "5"),
          receiverOf("9120000003", "2", "6"),
        ],
      },
    });
    expect(panel.account.credit).toBe(8);
  });

  test("an end that is delivery still needs the handset", async () => {
    panel.willEnd("9120000001", { processing: 2, send: 3 });
    const carried: unknown[] = [];
    panel.attach({ carry: (sms) => carried.push(sms) });
    await send();
    await expect.poll(() => carried).toHaveLength(1);
    expect(panel.statusOf(firstId, "9120000001")).toEqual({ processing: 2, send: 1 });
  });

  test("an unknown id is -6, an archived send has no receivers", async () => {
    expect(await call("reportSend", { sendID: "77" })).toEqual({ result: "-6" });
    expect(await call("reportSend")).toEqual({ result: "-6" });
    await send({ receivers: "9120000001,9120000002" });
    panel.archive(firstId);
    const archived = { result: "1", data: { count: "2", archive: "true", receivers: [] } };
    expect(await call("reportSend", { sendID: firstId })).toEqual(archived);
    await start({ archiveAfterMs: 0, values: "numbers" });
    await send();
    const bare = { result: 1, data: { count: 1, archive: true, receivers: [] } };
    expect(await call("reportSend", { sendID: firstId })).toEqual(bare);
  });

  test("what is handed to the network is the text from the line", async () => {
    const carried: unknown[] = [];
    panel.attach({ carry: (sms) => carried.push(sms) });
    await send();
    await expect.poll(() => carried).toEqual([{ from: line, to: "9120000001", text: "سلام" }]);
  });
});

import { describe, expect, test } from "vitest";
import type { ListOptions } from "../../src/sandbox/mydnspanel/list.ts";
import { call, line, panel, post, start, startForEach } from "./mydnspanel.start.ts";

startForEach();

describe("receivedMessages", () => {
  const at = Date.UTC(2026, 10, 25, 9, 0, 7);
  const receive = (text: string, time: number | string = at) =>
    panel.receive({ from: "0912 000 0001", to: line, text, time });
  const list = () => call("receivedMessages");
  const texts = async () =>
    [...JSON.stringify(await list()).matchAll(/"text":"(\w+)"/g)].map(([, text]) => text).join("");
  const entry = { id: "9307199254740993", from: "9120000001", to: line, text: "a", date: "2026-11-25 12:30:07" };
  const { id: _id, ...withoutId } = entry;

  test("is 401 while there is nothing, and nothing is pushed", async () => {
    expect(await list()).toEqual({ result: "401" });
    expect(await receive("a")).toEqual({ status: 200, body: "" });
    expect(await list()).toEqual({ result: "1", data: { messages: [entry] } });
    expect([panel.owns(line), panel.owns("50009999")]).toEqual([true, false]);
  });

  test.each<[ListOptions, object]>([
    [{ place: "data" }, { data: [entry] }],
    [{ place: "receivedMessages" }, { receivedMessages: [entry] }],
    [{ place: "data", isMap: true }, { data: { [entry.id]: entry } }],
    [{ place: "list", without: ["id"] }, { list: [withoutId] }],
    [{ place: "list", without: ["id", "to", "date"] }, { list: [{ from: "9120000001", text: "a" }] }],
    [
      { place: "list", names: { id: "msgId", from: "sender", to: "line", text: "body", date: "receiveDate" } },
      { list: [{ msgId: entry.id, sender: entry.from, line, body: "a", receiveDate: entry.date }] },
    ],
    [
      { place: "list", isTimeApart: true, names: { time: "clock" } },
      { list: [{ ...entry, date: "2026-11-25", clock: "12:30:07" }] },
    ],
    [
      { place: "list", isTimeApart: true, without: ["id", "to", "date"] },
      { list: [{ from: "9120000001", text: "a" }] },
    ],
    [{ place: "list", dates: "jalali" }, { list: [{ ...entry, date: "1405/09/04 12:30" }] }],
    [{ place: "list", dates: "epoch-seconds" }, { list: [{ ...entry, date: String(at / 1000) }] }],
    [{ place: "list", dates: "epoch-milliseconds" }, { list: [{ ...entry, date: String(at) }] }],
    [
      { place: "list", dates: "jalali", digits: "persian" },
      { list: [{ ...entry, from: "۹۱۲۰۰۰۰۰۰۱", to: "۵۰۰۰۴۳۲۱", date: "۱۴۰۵/۰۹/۰۴ ۱۲:۳۰" }] },
    ],
    [{ place: "list", numbers: "+98" }, { list: [{ ...entry, from: "+989120000001" }] }],
    [{ place: "list", numbers: "as-written" }, { list: [{ ...entry, from: "0912 000 0001" }] }],
  ])("may look as %j says", async (options, fields) => {
    await receive("a");
    panel.list(options);
    expect(await list()).toEqual({ result: "1", ...fields });
  });

  test("a time that is a text is listed as it is", async () => {
    await receive("a", "yesterday");
    expect(JSON.stringify(await list())).toContain('"date":"yesterday"');
  });

  test("ids and moments may be bare numbers", async () => {
    await start({ numericIds: true, values: "numbers" });
    await receive("a");
    panel.list({ place: "data", without: ["from", "to"], dates: "epoch-seconds" });
    expect(await (await post({ action: "receivedMessages" })).text()).toBe(
      `{"result":1,"data":[{"id":9307199254740993,"text":"a","date":${at / 1000}}]}`,
    );
  });

  test("all is listed at every poll, newest first, or oldest first, or the last few", async () => {
    for (const text of "abc") await receive(text);
    expect([await texts(), await texts()]).toEqual(["cba", "cba"]);
    panel.list({ order: "oldest-first" });
    expect(await texts()).toBe("abc");
    panel.list({ window: 2 });
    expect(await texts()).toBe("cb");
  });

  test("reading may take messages away, all at once or by pages of the oldest", async () => {
    for (const text of "abc") await receive(text);
    panel.list({ page: 2 });
    expect([await texts(), await texts()]).toEqual(["ab", "c"]);
    expect(await list()).toEqual({ result: "401" });
    for (const text of "de") await receive(text);
    panel.list({ isConsuming: true });
    expect(await texts()).toBe("ed");
    expect(await list()).toEqual({ result: "401" });
  });

  test("a message may be deleted from the middle, and its id does not come back", async () => {
    for (const text of "abc") await receive(text);
    panel.remove(1);
    await receive("d");
    expect(await texts()).toBe("dca");
    expect(panel.received.map(({ id }) => id.slice(-1))).toEqual(["3", "5", "6"]);
    expect(() => panel.remove(9)).toThrow(RangeError);
  });

  test("any text may be the answer, for those who may ask", async () => {
    panel.raw("[1,");
    expect(await (await post({ action: "receivedMessages" })).text()).toBe("[1,");
    panel.account.hasAccess = false;
    expect(await list()).toEqual({ result: "-2" });
    panel.account.hasAccess = true;
    panel.raw(undefined);
    expect(await list()).toEqual({ result: "401" });
  });
});

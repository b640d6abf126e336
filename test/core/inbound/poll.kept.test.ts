import { expect, onTestFinished, test } from "vitest";
import { ProviderError } from "../../../src/core/ports/provider-error.ts";
import { away, fails, openWorld } from "../open-world.ts";
import { dated, polled } from "./polled.ts";

// What is remembered of an inbox from one answer, and from one process, to the next.

const noticesOf = (desk: { notices: { kind: string }[] }, kind: string) =>
  desk.notices.filter((notice) => notice.kind === kind);

test("the first contact is when the inbox was opened, also where the panel answers days later", async () => {
  const first = await polled();
  first.inbox.list = fails("unreachable");
  first.inbox.unread = fails("unreachable");
  await first.start();
  await first.pass(1000);
  await first.stop();
  first.clock.pass(3 * 86_400_000);
  const again = await polled({}, { store: first.store, clock: first.clock });
  again.inbox.list = () => [dated("while the panel was down", 60)];
  await again.start();
  await again.pass(1000);
  expect(again.posted()).toEqual(["while the panel was down"]);
});

test("entries with ids and no times, or with times that nobody understands, do not flood at first contact either", async () => {
  for (const time of [undefined, { written: "دیروز" }]) {
    const { start, pass, inbox, posted, support } = await polled();
    const entry = (n: number) => ({ text: `sms ${n}`, panelId: String(n + 1), ...(time ? { time } : {}) });
    const many = Array.from({ length: 300 }, (_, n) => entry(n));
    inbox.list = () => many;
    await start();
    await pass(30_000);
    inbox.list = () => [...many, entry(300)];
    await pass(30_000);
    expect(posted()).toEqual(["sms 300"]);
    expect(noticesOf(support, "skipped-backlog")).toMatchObject([{ count: 300 }]);
  }
});

test("an answer that cannot be read makes nothing new of the list after it", async () => {
  const { start, pass, inbox, posted } = await polled();
  const list = ["a", "b", "c", "d"].map((text) => ({ text }));
  inbox.list = () => list;
  await start();
  await pass(30_000);
  const { fetch } = inbox;
  inbox.fetch = async () => '{"garbled":true}';
  await pass(30_000);
  inbox.fetch = fetch;
  inbox.list = () => [...list, { text: "e" }];
  await pass(30_000);
  expect(posted()).toEqual(["a", "b", "c", "d", "e"]);
});

test("ids that come again with other texts are no ids: each text is shown once, and equal ones of one answer all", async () => {
  const { start, pass, inbox, posted } = await polled();
  inbox.list = () => ["بله", "نه", "نه"].map((text) => ({ text, panelId: "1" }));
  await start();
  await pass(60 * 60_000, 10_000);
  expect(posted()).toEqual(["بله", "نه", "نه"]);
});

test("how many were kept as seen is told until the desk has shown it, also after a restart", async () => {
  const first = await polled();
  first.support.notify = away;
  first.inbox.list = () => [dated("years ago", -1_000_000)];
  await first.start();
  await first.pass(60_000);
  await first.stop();
  const again = await polled({}, { store: first.store, clock: first.clock });
  again.inbox.list = () => [dated("years ago", -1_000_000)];
  await again.start();
  await again.pass(120_000, 1000);
  expect(noticesOf(again.support, "skipped-backlog")).toMatchObject([{ line: "30001", count: 1 }]);
});

test("hundreds of entries that cannot be read are told about once, however often they are listed", async () => {
  const { start, pass, inbox, support } = await polled();
  let count = 0;
  inbox.list = () => [...Array.from({ length: 150 }, (_, n) => ({ peer: `?${n}` })), dated(`${++count}`, count)];
  await start();
  await pass(6 * 3_600_000, 60_000);
  expect(noticesOf(support, "unreadable")).toHaveLength(1);
});

test("what a failed call, or a dead process, left unconfirmed is confirmed by the next one", async () => {
  const first = await polled({
    confirm: async () => {
      throw new ProviderError("unreachable", "away", { certain: true });
    },
  });
  first.inbox.list = () => [dated("a", 0, "1")];
  await first.start();
  await first.pass(5000);
  await first.stop();
  const again = await polled({}, { store: first.store, clock: first.clock });
  again.inbox.list = () => [dated("a", 0, "1")];
  await again.start();
  await again.pass(60_000);
  expect(again.inbox.confirmed).toEqual([["1"]]);
});

test("an id that the panel refuses to hear of holds up no other, and each is confirmed once", async () => {
  const { start, pass, inbox } = await polled();
  const list = Array.from({ length: 120 }, (_, n) => dated(`sms ${n}`, n, String(n + 1)));
  inbox.list = () => list;
  inbox.confirm = async (ids) => {
    if (ids.includes("1")) throw new ProviderError("rejected", "no such id", { certain: true });
    inbox.confirmed.push([...ids]);
  };
  await start();
  await pass(20_000);
  for (let n = 120; n < 125; n += 1) {
    list.push(dated(`sms ${n}`, n, String(n + 1)));
    await pass(20_000);
  }
  const ids = inbox.confirmed.flat();
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(25);
});

test("with a bad login no second question is asked, and both answer for it are few", async () => {
  const { start, pass, inbox } = await polled({ everySeconds: 1 });
  inbox.list = fails("bad-credentials");
  await start();
  await pass(60_000);
  expect(inbox.asked.filter(({ question }) => question === "catchUp")).toEqual([]);
});

test("a stop waits for the answer that is on its way, and asks nothing more", async () => {
  const { start, settle, bridge, clock, inbox, records } = await polled();
  let answer: (text: string) => void = () => undefined;
  inbox.fetch = () => new Promise((resolve) => (answer = resolve));
  void start();
  await settle();
  const stopping = bridge.stop(4000);
  clock.pass(1000);
  answer(JSON.stringify([dated("handed out while we stopped", 1)]));
  await stopping;
  expect(await records.inbound.range("seq", { limit: 10 })).toMatchObject([{ text: "handed out while we stopped" }]);
  expect(inbox.asked).toEqual([]);
});

test("a template that goes over to another panel keeps each value at its name", async () => {
  const got: string[] = [];
  const templates = (send: () => void) => ({
    valuesOf: (names: unknown) => (Array.isArray(names) ? names.map(String) : []),
    async send({ template, values }: { template: unknown; values: readonly string[] }) {
      send();
      got.push(
        [template]
          .flat()
          .map((name, at) => `${name}=${values[at]}`)
          .join(),
      );
      return { ids: ["t"] };
    },
  });
  const opened = await openWorld({
    fallback: ["30002"],
    templates: { code: { first: ["name", "code"], second: ["code", "name"] } },
    first: { templates: templates(fails("no-credit")) },
  });
  onTestFinished(opened.stop);
  Object.assign(opened.second, { templates: templates(() => undefined) });
  await opened.start();
  const template = { name: "code", values: ["سارا", "1234"] };
  await opened.bridge.outbound.accept({ id: "x", thread: "support/+989120000000", text: "t", template });
  await opened.pass(5000);
  expect(got).toEqual(["code=1234,name=سارا"]);
});

import { expect, onTestFinished, test } from "vitest";
import type { Inbound } from "../../../src/core/model/message.ts";
import { ProviderError } from "../../../src/core/ports/provider-error.ts";
import { inboundSpec } from "../../../src/core/records.ts";
import { createPaperInbox } from "../inbound/paper-inbox.ts";
import { openWorld, sara } from "../open-world.ts";

const dayMs = 86_400_000;

async function world() {
  const inbox = createPaperInbox();
  const opened = await openWorld({ first: { inbox }, keepMs: 30 * dayMs });
  onTestFinished(opened.stop);
  await opened.start();
  return { ...opened, inbox };
}

test("messages go when their time is over, and no sooner", async () => {
  const { receive, answer, bridge, clock, pass, records, find } = await world();
  await receive("سلام");
  const id = await answer("در خدمتم");
  await pass(700_000, 5000);
  clock.pass(29 * dayMs);
  expect(await bridge.sweep()).toBe(0);
  clock.pass(dayMs);
  expect(await bridge.sweep()).toBe(2);
  // Telegram does not bring it again, and nothing can be pressed under it any more.
  expect(await find(id)).toBeUndefined();
  for (const press of [bridge.outbound.tryAgain, bridge.outbound.sendNow, bridge.outbound.cancel]) {
    expect((await press(id, 1, sara)).outcome).toBe("unknown");
  }
  expect(await records.inbound.range("thread", { equal: ["support/+989120000000"], limit: 10 })).toEqual([]);
  expect(await bridge.sweep()).toBe(0);
});

test("the key that a program made stays, so that it never becomes another SMS", async () => {
  const { bridge, clock, pass, find, first } = await world();
  const draft = { id: "alert-7", thread: "support/+989120000000", text: "راز" };
  await bridge.outbound.accept(draft);
  await pass(700_000, 5000);
  clock.pass(31 * dayMs);
  expect(await bridge.sweep()).toBe(1);
  expect(await find("alert-7")).toMatchObject({ text: "", peer: "", state: "cancelled", swept: true });
  expect((await bridge.outbound.accept(draft)).isNew).toBe(false);
  for (const press of [bridge.outbound.tryAgain, bridge.outbound.sendNow, bridge.outbound.cancel]) {
    expect((await press("alert-7", 1, sara)).outcome).toBe("late");
  }
  expect((await bridge.outbound.edit("alert-7", "دیگر")).outcome).toBe("late");
  await pass(5000);
  expect(first.sent).toHaveLength(1);
});

test("with a time shorter than Telegram repeats its updates, the key of an answer stays that long", async () => {
  const opened = await openWorld({ keepMs: dayMs / 2 });
  onTestFinished(opened.stop);
  await opened.start();
  const id = await opened.answer("راز");
  await opened.pass(700_000, 5000);
  opened.clock.pass(dayMs);
  expect(await opened.bridge.sweep()).toBe(1);
  expect(await opened.find(id)).toMatchObject({ text: "", swept: true });
});

test("of what is swept nothing is left but its key, and a panel that still lists it brings nothing new", async () => {
  const { inbox, bridge, clock, pass, records, support } = await world();
  const [listed, numbered] = [
    { text: "راز", time: { written: "x", at: clock.now() } },
    { text: "راز دیگر", panelId: "77" },
  ];
  inbox.list = () => [listed, numbered];
  await pass(20_000);
  expect(support.posts).toHaveLength(2);
  clock.pass(31 * dayMs);
  expect(await bridge.sweep()).toBe(2);
  inbox.list = () => [listed, numbered, { text: "تازه", time: { written: "y", at: clock.now() } }];
  await pass(120_000, 5000);
  expect(support.posts.map(({ text }) => text)).toEqual(["راز", "راز دیگر", "تازه"]);
  for (const { id } of support.posts.slice(0, 2)) {
    const kept = await records.inbound.get(id);
    expect(kept?.swept).toMatch(/^[\w-]{24}$/);
    expect(JSON.stringify(kept)).not.toMatch(/راز|989120000000/);
    expect(Object.keys(inboundSpec.format?.(requireKept(kept)) ?? {})).toEqual(["id", "swept"]);
  }
  // In no list any more, so that nothing which is read through an index meets it.
  expect(await records.inbound.range("seq", { limit: 10 })).toHaveLength(1);
});

test("what is not finished stays: an SMS that was never shown, and an answer that still waits", async () => {
  const { receive, bridge, clock, records, support } = await world();
  support.before = () => {
    throw new Error("nothing can be shown");
  };
  await receive("هنوز دیده نشده");
  await bridge.outbound.accept({ id: "held", thread: "support/+989120000000", text: "؟", hold: { why: "forward" } });
  clock.pass(60 * dayMs);
  expect(await bridge.sweep()).toBe(0);
  expect(await records.inbound.range("postDue", { limit: 10 })).toHaveLength(1);
});

test("another SMS under the id of one that was swept is another SMS", async () => {
  const { inbox, bridge, clock, pass, support } = await world();
  inbox.list = () => [{ text: "پیش از کوچ", panelId: "1" }];
  await pass(20_000);
  clock.pass(31 * dayMs);
  await bridge.sweep();
  inbox.list = () => [{ text: "پس از کوچ", panelId: "1" }];
  await pass(30_000);
  expect(support.posts.map(({ text }) => text)).toEqual(["پیش از کوچ", "پس از کوچ"]);
});

test("an imported SMS stays as long as others that came when it was imported", async () => {
  const { bridge, clock, pass, records, support } = await world();
  const panelTime = clock.now() - 29 * dayMs;
  const now = clock.now();
  await records.inbound.create("imported", {
    id: "imported",
    desk: "support",
    thread: "support/+989120000000",
    provider: "first",
    line: "30001",
    peer: "+989120000000",
    text: "از گذشته",
    at: now,
    panelTime,
    seq: panelTime * 1000,
    repeats: 0,
    postDue: now,
    handed: now,
    past: true,
  });
  await pass(5000);
  expect(support.posts).toHaveLength(1);
  clock.pass(2 * dayMs);
  await bridge.sweep();
  expect(await bridge.inbound.findByPost("support:1")).toBeDefined();
});

test("what is pressed while it is swept is either done or late, and never half", async () => {
  const { answer, bridge, clock, pass, records, find, first } = await world();
  first.before = () => {
    throw new ProviderError("rejected", "no", { certain: true });
  };
  const id = await answer("سلام");
  await pass(1000);
  clock.pass(31 * dayMs);
  const range = records.outbound.range.bind(records.outbound);
  let isPressed = false;
  let pressed: string | undefined;
  Object.assign(records.outbound, {
    async range(...args: Parameters<typeof range>) {
      const found = await range(...args);
      if (args[0] === "order" && !isPressed) {
        isPressed = true;
        pressed = (await bridge.outbound.tryAgain(id, 1, sara)).outcome;
      }
      return found;
    },
  });
  await bridge.sweep();
  expect([pressed, (await find(id))?.text]).toEqual(["done", "سلام"]);
});

function requireKept(message: Inbound | undefined): Inbound {
  if (message === undefined) throw new Error("its key is gone");
  return message;
}

import { expect, test } from "vitest";
import { call, startWorld, type World, withBridge } from "./start-world.ts";

const number = "09121234567";
const minuteMs = 60_000;

function sendIn(world: World, ...argv: readonly string[]) {
  return call(["send", "--config", world.file, "--line", world.panels[0].lines[0], "--to", number, ...argv]);
}

/** With its zone. */
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
/** Waits until a time has passed. */
async function isOver(written: string): Promise<void> {
  while (Date.now() <= Date.parse(written)) await new Promise((resolve) => setTimeout(resolve, 50));
}
/** As people in Tehran write it. */
const tehran = (at: number) => new Date(at + 3.5 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

test("a running bridge keeps it until its time: done at once, and it leaves then", async () => {
  const world = await startWorld();
  await withBridge(world, async () => {
    const at = Date.now() + 1500;
    expect(await sendIn(world, "--at", new Date(at).toISOString(), "سلام")).toEqual({
      code: 0,
      out: `scheduled: leaves at ${tehran(at)} (Asia/Tehran)`,
      err: "",
    });
    expect(world.asanak.ledger).toEqual([]);
    await world.phones.phone(number).gets("سلام");
    expect(world.asanak.ledger[0]?.at).toBeGreaterThanOrEqual(at);
  });
});

test("where no bridge runs it is kept all the same, and said to need one; the next one sends it", async () => {
  const world = await startWorld();
  const { code, out } = await sendIn(world, "--at", inMs(1500), "--wait", "0", "سلام");
  expect(code).toBe(0);
  expect(out).toMatch(/^scheduled: leaves at .* if a bridge runs then; none runs now, so start it/);
  await withBridge(world, async () => {
    expect(world.asanak.ledger).toEqual([]);
    await world.phones.phone(number).gets("سلام");
  });
});

test("a panel that can keep it gets it at once, with and without a bridge", async () => {
  const world = await startWorld({ panels: ["soap-panel"] });
  const kept = { code: 0, out: expect.stringMatching(/^scheduled: the panel took it and keeps it until /) };
  expect(await sendIn(world, "--at", inMs(10 * minuteMs), "alone")).toMatchObject(kept);
  await withBridge(world, async () => {
    expect(await sendIn(world, "--at", inMs(10 * minuteMs), "together")).toMatchObject(kept);
  });
  const calls = world.soapPanel.calls.filter(({ operation }) => operation === "ScheduleSms");
  expect(calls).toHaveLength(2);
  expect(world.soapPanel.ledger).toEqual([]);
  expect(world.phones.phone(number).received()).toEqual([]);
});

test("the same key twice sends once, and asking again without a time takes nothing back", async () => {
  const world = await startWorld();
  const at = inMs(2000);
  for (const more of [["--at", at], ["--at", at], []]) {
    const again = await sendIn(world, "--key", "reminder-7", "--wait", "0", ...more, "سلام");
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/^scheduled: leaves at /) });
  }
  await withBridge(world, async () => {
    expect((await sendIn(world, "--key", "reminder-7", "--at", at, "سلام")).out).toMatch(/^scheduled/);
    await world.phones.phone(number).gets("سلام");
    expect(await sendIn(world, "--key", "reminder-7", "سلام")).toMatchObject({ code: 0 });
  });
  expect(world.asanak.ledger).toHaveLength(1);
});

test("a retry after its time tells what became of it, and sends nothing more", async () => {
  const world = await startWorld();
  const at = inMs(1500);
  const again = (...more: readonly string[]) => sendIn(world, "--key", "reminder-7", "--at", at, ...more);
  await withBridge(world, async () => {
    expect(await again("سلام")).toMatchObject({ code: 0, out: expect.stringMatching(/^scheduled: leaves at /) });
    await world.phones.phone(number).gets("سلام");
    await isOver(at);
    expect(await again("سلام")).toMatchObject({ code: 0, out: expect.stringMatching(/^(sent|delivered)/), err: "" });
    expect(await again("another text")).toMatchObject({
      code: 2,
      out: "nothing was sent: this --key belongs to another SMS; take a new one",
    });
  });
  expect(await again("سلام")).toMatchObject({ code: 0, out: expect.stringMatching(/^(sent|delivered)/), err: "" });
  expect(world.asanak.ledger).toHaveLength(1);
});

test("a retry after its time tells a failure, too; one that still waits leaves now, once", async () => {
  const world = await startWorld();
  const at = inMs(1500);
  const again = (key: string, text: string) => sendIn(world, "--key", key, "--at", at, text);
  expect(await again("late", "نه خیلی دیر")).toMatchObject({ code: 0, out: expect.stringMatching(/none runs now/) });
  await withBridge(world, async () => undefined);
  await isOver(at);
  expect(world.asanak.ledger).toEqual([]);
  expect(await again("late", "نه خیلی دیر")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^(sent|delivered)/),
  });
  expect(await again("late", "نه خیلی دیر")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^(sent|delivered)/),
  });
  expect(world.asanak.ledger).toHaveLength(1);

  const soon = inMs(1000);
  const refused = () => sendIn(world, "--key", "refused", "--at", soon, "no credit");
  expect(await refused()).toMatchObject({ code: 0 });
  world.asanak.account.credit = 0;
  await isOver(soon);
  const first = await refused();
  expect(first).toMatchObject({ code: 1, out: expect.stringMatching(/^failed: certainly not sent \(no-credit/) });
  expect(await refused()).toEqual(first);
  expect(world.asanak.ledger).toHaveLength(1);
});

test("a time that is over is refused where nothing is stored under the key, with and without a bridge", async () => {
  const world = await startWorld();
  const refused = {
    code: 2,
    out: "",
    err: expect.stringMatching(/^chapar: --at is over already: .*\n\nchapar send /s),
  };
  const late = () => sendIn(world, "--key", "never-used", "--at", inMs(-minuteMs), "x");
  expect(await late()).toEqual(refused);
  await withBridge(world, async () => {
    expect(await late()).toEqual(refused);
  });
  expect(world.asanak.ledger).toEqual([]);
  // And it stays unused.
  expect(await sendIn(world, "--key", "never-used", "x")).toMatchObject({ code: 0 });
  expect(world.asanak.ledger).toHaveLength(1);
});

test("a time is read as Tehran's, in either calendar; what is over, too far or no time is bad usage", async () => {
  const world = await startWorld();
  const year = 86_400_000 * 365;
  const bad = [
    ["--at", "tomorrow"],
    ["--at", "09:00"],
    ["--at", inMs(minuteMs).slice(0, 10)],
    ["--at", inMs(-minuteMs)],
    ["--at", inMs(31 * 24 * 60 * minuteMs)],
    ["--at", "1399/01/01 09:00"],
    ["--at", tehran(Date.now() + year)],
    ["--at", inMs(minuteMs), "--delivered"],
  ];
  for (const argv of bad) {
    const { code, out, err } = await sendIn(world, ...argv, "x");
    expect({ argv, code, out }).toEqual({ argv, code: 2, out: "" });
    expect(err).toMatch(/^chapar: --(at|delivered) .*\n\nchapar send /s);
  }
  expect(world.asanak.calls).toEqual([]);

  const at = Date.now() + 24 * 60 * minuteMs;
  const persian = new Intl.DateTimeFormat("en-u-ca-persian", {
    timeZone: "Asia/Tehran",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  })
    .formatToParts(at)
    .filter(({ type }) => type !== "literal" && type !== "era");
  const [month, day, years] = persian.map(({ value }) => value);
  const clock = tehran(at).slice(11);
  for (const written of [tehran(at), tehran(at).replace(" ", "T"), `${years}/${month}/${day} ${clock}`]) {
    expect((await sendIn(world, "--at", written, "x")).out).toContain(`leaves at ${tehran(at)} (Asia/Tehran)`);
  }
});

test("a panel that can tell is asked before an SMS without an answer counts as uncertain", async () => {
  const world = await startWorld({ panels: ["soap-panel"] });
  world.soapPanel.mode({ kind: "cut", times: 1 });
  expect(await sendIn(world, "found")).toMatchObject({ code: 0, out: "sent: the panel took it" });
  world.soapPanel.mode({ kind: "cut", times: 1 });
  const hurried = await sendIn(world, "--wait", "0.5", "hurried");
  expect(hurried).toMatchObject({
    code: 3,
    out: expect.stringMatching(/^uncertain: it may have been sent, do not repeat/),
  });
  expect(world.soapPanel.ledger.map(({ text }) => text)).toEqual(["found", "hurried"]);
});

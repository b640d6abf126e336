import { expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { loadConfig } from "../../src/config/load.ts";
import { openOptOuts } from "../../src/core/automatic/opt-outs.ts";
import { createRetention } from "../../src/core/keeping/retention.ts";
import { foldNumber } from "../../src/core/model/phone.ts";
import type { Log } from "../../src/core/ports/log.ts";
import { openRecords } from "../../src/core/records.ts";
import { openStore } from "../../src/store/open.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { call, startWorld, type World } from "./start-world.ts";

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const number = "09121234567";

function sendIn(world: World, ...argv: readonly string[]) {
  const line = world.asanak.account.lines[0] ?? "";
  return call(["send", "--config", world.file, "--line", line, "--to", number, ...argv]);
}

async function withBridge<T>(world: World, run: () => Promise<T>): Promise<T> {
  const { config } = await loadConfig(world.file, {});
  const app = await createApp(config, { log: silent });
  try {
    await app.start();
    return await run();
  } finally {
    await app.stop();
  }
}

test("by itself: done once the panel took it", async () => {
  const world = await startWorld();
  expect(await sendIn(world, "سلام")).toMatchObject({ code: 0, out: "sent: the panel took it" });
  await world.phones.phone(number).gets("سلام");
});

test("with --delivered: done once the handset has it", async () => {
  const world = await startWorld();
  expect(await sendIn(world, "--delivered", "سلام")).toMatchObject({ code: 0, out: "delivered" });
});

test("through the running bridge, which sends it", async () => {
  const world = await startWorld();
  await withBridge(world, async () => {
    expect(await sendIn(world, "--delivered", "سلام")).toMatchObject({ code: 0, out: "delivered" });
  });
  expect(world.phones.phone(number).received()).toEqual(["سلام"]);
});

test("whoever opted out gets nothing: certainly not sent, with a bridge and without one", async () => {
  const world = await startWorld();
  const { config } = await loadConfig(world.file, {});
  const store = await openStore(config.store, { clock: createSystemClock(), log: silent });
  await openRecords(store);
  const optOuts = await openOptOuts({ store });
  await optOuts.set(foldNumber(world.asanak.account.lines[0] ?? ""), foldNumber(number), { wants: "out", at: 1 });
  await store.close();
  const refused = { code: 1, out: expect.stringContaining("certainly not sent (opted-out)") };
  expect(await sendIn(world, "تخفیف")).toMatchObject(refused);
  await withBridge(world, async () => {
    expect(await sendIn(world, "باز هم")).toMatchObject(refused);
  });
  expect(world.asanak.ledger).toEqual([]);
});

test("in its line's quiet hours it is done when it is on disk, and tells when it leaves", async () => {
  const world = await startWorld();
  const minuteMs = 60_000;
  const hour = Math.floor((Date.now() + 3.5 * 60 * minuteMs) / (60 * minuteMs)) % 24;
  // From the beginning of this hour in Tehran to its end, and the next.
  const quiet = hour === 23 ? "23-1" : `${hour}-${hour + 2 > 24 ? 24 : hour + 2}`;
  await world.configure((raw) => ({
    ...raw,
    lines: Object.fromEntries(Object.entries(raw.lines).map(([line, settings]) => [line, { ...settings, quiet }])),
  }));
  const held = /^scheduled: its line is quiet until then, and it leaves at \S+ \d{2}:00/;
  expect(await sendIn(world, "سلام")).toMatchObject({ code: 0, out: expect.stringMatching(held) });
  await withBridge(world, async () => {
    expect(await sendIn(world, "باز هم")).toMatchObject({ code: 0, out: expect.stringMatching(held) });
  });
  expect(world.asanak.ledger).toEqual([]);
});

test("the same key twice sends once, by itself and through a bridge alike", async () => {
  const world = await startWorld();
  expect((await sendIn(world, "--key", "alert-7", "down")).code).toBe(0);
  expect((await sendIn(world, "--key", "alert-7", "down")).code).toBe(0);
  await withBridge(world, async () => {
    expect((await sendIn(world, "--key", "alert-7", "down")).code).toBe(0);
  });
  expect(world.asanak.ledger).toHaveLength(1);
  expect((await sendIn(world, "down")).code).toBe(0);
  expect(world.asanak.ledger).toHaveLength(2);
});

test("a key that belongs to another SMS is refused", async () => {
  const world = await startWorld();
  await sendIn(world, "--key", "alert-7", "down");
  expect(await sendIn(world, "--key", "alert-7", "up again")).toMatchObject({ code: 2 });
  expect(world.asanak.ledger).toHaveLength(1);
});

test("under the key of an SMS that has been swept nothing is sent, and nothing is claimed of that one", async () => {
  const world = await startWorld();
  await sendIn(world, "--delivered", "--key", "alert-7", "down");
  const { config } = await loadConfig(world.file, {});
  const clock = createSystemClock();
  const store = await openStore(config.store, { clock, log: silent });
  const later = { now: () => clock.now() + 400 * 86_400_000, after: clock.after };
  await createRetention({ records: await openRecords(store), clock: later, keepMs: 365 * 86_400_000 })();
  await store.close();
  expect(await sendIn(world, "--key", "alert-7", "down")).toMatchObject({
    code: 3,
    out: expect.stringMatching(/^an SMS of long ago stands under this key/),
  });
  expect(world.asanak.ledger).toHaveLength(1);
});

test("what the panel refuses is certainly not sent", async () => {
  const world = await startWorld();
  world.asanak.mode({ kind: "refuse", refusal: "badDestination" });
  expect(await sendIn(world, "سلام")).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^failed: certainly not sent \(bad-recipient/),
  });
});

test("a panel that cannot be reached in time: taken back, certainly not sent, and not sent later either", async () => {
  const world = await startWorld();
  await world.asanak.network.refuse();
  expect(await sendIn(world, "--wait", "0.5", "سلام")).toMatchObject({
    code: 1,
    out: expect.stringMatching(/certainly not sent within 0.5 s/),
  });
  await world.asanak.network.listen();
  await withBridge(world, () => new Promise((resolve) => setTimeout(resolve, 700)));
  expect(world.asanak.ledger).toEqual([]);
});

test("a connection cut after the panel took it is uncertain", async () => {
  const world = await startWorld();
  world.asanak.mode({ kind: "cut" });
  const { code, out } = await sendIn(world, "سلام");
  expect(code).toBe(3);
  expect(out).toMatch(/^uncertain: it may have been sent, do not repeat/);
});

test("no delivery report in time is told as such", async () => {
  const world = await startWorld();
  world.phones.phone(number).switchOff();
  const { code, out } = await sendIn(world, "--delivered", "--wait", "0.8", "سلام");
  expect(code).toBe(3);
  expect(out).toMatch(/^sent, and no delivery report after 0.8 s/);
});

test("what else waits in the store is left to the next run", async () => {
  const world = await startWorld();
  await world.asanak.network.refuse();
  const { config } = await loadConfig(world.file, {});
  const app = await createApp(config, { log: silent });
  const waiting = {
    id: "other",
    thread: "support/+989120000000",
    text: "later",
    line: config.desks.support?.line ?? "",
  };
  await app.bridge.outbound.accept(waiting);
  await app.stop();
  await world.asanak.network.listen();
  expect((await sendIn(world, "now")).code).toBe(0);
  expect(world.asanak.ledger.map(({ text }) => text)).toEqual(["now"]);
});

test("bad usage is told before anything is sent", async () => {
  const world = await startWorld();
  const common = ["send", "--config", world.file];
  const line = world.asanak.account.lines[0] ?? "";
  const calls = [
    [...common, "--to", number, "x"],
    [...common, "--line", line, "x"],
    [...common, "--line", "30009999", "--to", number, "x"],
    [...common, "--line", line, "--to", "Asanak", "x"],
    [...common, "--line", line, "--to", number],
    [...common, "--line", line, "--to", number, " "],
    [...common, "--line", line, "--to", number, "two", "words"],
    [...common, "--line", line, "--to", number, "--wait", "soon", "x"],
    [...common, "--line", line, "--to", number, "--key", "", "x"],
  ];
  for (const argv of calls) expect(await call(argv)).toMatchObject({ code: 2, out: "" });
  expect(world.asanak.calls).toEqual([]);
});

test("everything that is missing is named at once, before the configuration is looked for", async () => {
  const { code, err } = await call(["send", "--config", "/nowhere/config.json"]);
  expect(code).toBe(2);
  expect(err).toMatch(/^chapar: missing: --line .*, --to .*, the text\n/);
  const some = await call(["send", "--config", "/nowhere/config.json", "--to", number, "hi"]);
  expect(some.err).toMatch(/^chapar: missing: --line \([^)]*\)\n/);
});

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createSupervisor } from "../../src/sandbox/bridge/supervisor.ts";
import { createTimers, worldClock } from "../../src/sandbox/timers.ts";

/** Says that it listens, as a bridge does, and ends when it is told to. */
const listening = `
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(1));
console.log("chapar listens on http://127.0.0.1:9");
`;

async function openSupervisor() {
  const folder = await mkdtemp(join(tmpdir(), "chapar-supervisor-"));
  const entry = join(folder, "bridge.mjs");
  await writeFile(entry, listening);
  const timers = createTimers(worldClock);
  const world = { store: "first" };
  const supervisor = createSupervisor({
    program: { entry, folder, logLevel: "silent", tell: () => undefined },
    config: () => ({ store: world.store, providers: {} }),
    timers,
  });
  onTestFinished(async () => {
    await supervisor.end();
    timers.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const written = async () => JSON.parse(await readFile(join(folder, "config.json"), "utf8")).store;
  return { supervisor, world, written };
}

test("a change is made between two processes, and the second gets the configuration of then", async () => {
  const { supervisor, world, written } = await openSupervisor();
  await supervisor.start();
  expect(await written()).toBe("first");
  await supervisor.change(() => {
    expect(supervisor.url).toBeUndefined();
    world.store = "second";
  });
  expect([supervisor.state, await written()]).toEqual(["running", "second"]);
  expect(supervisor.events.map(({ asked }) => asked.replace(/\d+$/, "N"))).toEqual([
    "chapar run ()",
    "kill -TERM N",
    "chapar run ()",
  ]);
});

test("a change that cannot be made is told, and the bridge is up again as it was", async () => {
  const { supervisor, written } = await openSupervisor();
  await supervisor.start();
  const change = supervisor.change(() => {
    throw new Error("there is no such panel");
  });
  await expect(change).rejects.toThrow("there is no such panel");
  expect([supervisor.state, supervisor.url, await written()]).toEqual(["running", "http://127.0.0.1:9", "first"]);
});

test("one that is down stays down at a change", async () => {
  const { supervisor, world } = await openSupervisor();
  await supervisor.change(() => {
    world.store = "second";
  });
  expect([supervisor.state, world.store, supervisor.events]).toEqual(["down", "second", []]);
});

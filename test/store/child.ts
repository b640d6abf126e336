import { writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { openRaw } from "../../src/store/connection.ts";
import { openLock } from "../../src/store/lock.ts";
import { openStore } from "../../src/store/open.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { createErrorLog, sampleSpec } from "./sample.ts";

/** Another process on the same store. It says what it did in lines; a line is written before the next step begins. */
const [, , task = "", uri = "", count = "0"] = process.argv;
const clock = createSystemClock();
const deps = { clock, log: createErrorLog() };

const say = (line: string) => writeSync(1, `${line}\n`);

const tasks: Readonly<Record<string, () => Promise<void>>> = {
  async "create the same keys"() {
    const samples = await (await openStore(uri, deps)).collection(sampleSpec);
    await forEach(Number(count), async (n) => {
      if (await samples.create(`k${n}`, { text: `${process.pid}` })) say(`k${n}`);
    });
  },
  async "add and claim"() {
    const samples = await (await openStore(uri, deps)).collection(sampleSpec);
    for (let n = 0; n < Number(count); n++) {
      await samples.update("n", (current) => ({ text: "n", count: (current?.count ?? 0) + 1 }));
    }
    for (;;) {
      const claimed = await samples.claimDue("due", { now: clock.now(), leaseMs: 60_000, limit: 5 });
      if (claimed.length === 0) return;
      for (const { text } of claimed) say(text);
    }
  },
  async "write for ever"() {
    const samples = await (await openStore(uri, deps)).collection(sampleSpec);
    await forEach(Number.POSITIVE_INFINITY, async (n) => {
      const key = `${process.pid}-${n}`;
      await samples.create(key, { text: key, order: n });
      say(`created ${key}`);
      await samples.update(key, (current) => current && { ...current, count: 1 });
      say(`updated ${key}`);
    });
  },
  /** Keeps all others from writing for so many milliseconds. */
  async "hold the file"() {
    const connection = await openRaw(uri.replace("sqlite://", ""), { table: "chapar_probe", busyMs: 5000 });
    await connection.query("BEGIN EXCLUSIVE");
    say("held");
    await pause(Number(count));
    await connection.query("COMMIT");
    await connection.close();
    say("let go");
  },
  async "hold the lock"() {
    await openLock(uri, deps);
    say("held");
    setInterval(() => undefined, 1000);
  },
};

/** Sixteen at a time, so that they share commits. */
async function forEach(total: number, step: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const run = async () => {
    while (next < total) await step(next++);
  };
  await Promise.all(Array.from({ length: 16 }, run));
}

await tasks[task]?.();

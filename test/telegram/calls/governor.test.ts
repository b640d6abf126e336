import { setImmediate as turn } from "node:timers/promises";
import { GrammyError } from "grammy";
import { beforeEach, describe, expect, it } from "vitest";
import { createGovernor, type Governor } from "../../../src/telegram/calls/governor.ts";
import type { Job } from "../../../src/telegram/calls/jobs.ts";
import { createFakeClock, type FakeClock } from "../../support/fake-clock.ts";
import { createGate } from "../gate.ts";
import { silentLog } from "../silent-log.ts";

const group = "-100";
const limits = { groupPerMinute: 20, privatePerSecond: 1, globalPerSecond: 30 };

function tooMany(seconds: number): GrammyError {
  const facts = {
    ok: false,
    error_code: 429,
    description: "Too Many Requests",
    parameters: { retry_after: seconds },
  } as const;
  return new GrammyError("Call failed", facts, "sendMessage", {});
}

describe("the governor", () => {
  let clock: FakeClock;
  let governor: Governor;
  /** When each call ran, and what it was. */
  let calls: { name: string; at: number }[];

  beforeEach(() => {
    clock = createFakeClock(0);
    calls = [];
    governor = createGovernor({ clock, limits, log: silentLog });
  });

  const names = () => calls.map((call) => call.name);

  function ask(name: string, job: Partial<Job<string>> = {}): Promise<string> {
    const call = async () => {
      calls.push({ name, at: clock.now() });
      return name;
    };
    return governor.run({ chat: group, kind: "message", priority: "post", call, ...job });
  }

  /** Lets time go by in small steps, and what waits for promises happen between them. */
  async function pass(ms: number, step = 250): Promise<void> {
    for (let left = ms; left > 0; left -= step) {
      await settle();
      clock.pass(Math.min(step, left));
    }
    await settle();
  }

  async function settle(): Promise<void> {
    for (let i = 0; i < 40; i += 1) await turn();
  }

  function mostIn(spanMs: number): number {
    const counts = calls.map(({ at }) => calls.filter((other) => other.at >= at && other.at < at + spanMs).length);
    return Math.max(...counts);
  }

  it("runs at once what nothing stands in the way of", async () => {
    await expect(ask("first")).resolves.toBe("first");
    expect(calls).toEqual([{ name: "first", at: 0 }]);
  });

  it("never sends more than the group's limit in any 60 seconds, and drops nothing", async () => {
    const all = Promise.all(Array.from({ length: 70 }, (_, index) => ask(`m${index}`)));
    await pass(7000, 500);
    for (let i = 0; i < 10; i += 1) void ask(`late${i}`);
    await pass(260_000, 2000);
    await all;
    expect(calls).toHaveLength(80);
    expect(mostIn(60_000)).toBe(20);
    expect(names().filter((name) => name.startsWith("m"))).toEqual(Array.from({ length: 70 }, (_, i) => `m${i}`));
  });

  it("keeps half of a minute for ticks, however many cards wait", async () => {
    for (let i = 0; i < 30; i += 1) void ask(`card${i}`, { kind: "edit", priority: "card" });
    await pass(10_000);
    const cards = names().length;
    expect(cards).toBeLessThanOrEqual(11);
    expect(cards).toBeGreaterThan(5);
    for (let i = 0; i < 9; i += 1) void ask(`tick${i}`, { kind: "edit", priority: "tick" });
    await settle();
    await pass(1000);
    expect(names().slice(cards)).toEqual(Array.from({ length: 9 }, (_, i) => `tick${i}`));
    await pass(300_000, 1000);
    expect(calls).toHaveLength(39);
    expect(mostIn(60_000)).toBeLessThanOrEqual(20);
  });

  it("lets a private chat have one message a second", async () => {
    for (let i = 0; i < 4; i += 1) void ask(`m${i}`, { chat: "77" });
    await pass(3100, 100);
    expect(calls.map((call) => call.at)).toEqual([0, 1000, 2000, 3000]);
  });

  it("keeps all chats together under the overall limit", async () => {
    for (let chat = 1; chat <= 50; chat += 1) void ask(`c${chat}`, { chat: String(chat) });
    await pass(500);
    expect(calls).toHaveLength(30);
    await pass(1000);
    expect(calls).toHaveLength(50);
  });

  it("counts new messages and edits apart", async () => {
    for (let i = 0; i < 25; i += 1) void ask(`m${i}`);
    for (let i = 0; i < 25; i += 1) void ask(`e${i}`, { kind: "edit", priority: "tick" });
    await pass(2000);
    expect(names().filter((name) => name.startsWith("m"))).toHaveLength(20);
    expect(names().filter((name) => name.startsWith("e"))).toHaveLength(20);
  });

  it("serves posts before answers before ticks, each in the order they came", async () => {
    const jobs = ["tick", "answer", "post", "tick", "answer", "post"] as const;
    for (let i = 0; i < 20; i += 1) void ask("filler");
    await settle();
    for (const [index, priority] of jobs.entries()) void ask(`${priority}${index}`, { priority });
    await pass(61_000, 1000);
    expect(names().slice(20)).toEqual(["post2", "post5", "answer1", "answer4", "tick0", "tick3"]);
  });

  it("runs one call of a chat at a time, so that order holds on a slow connection too", async () => {
    const gate = createGate<string>();
    const slow = governor.run({ chat: group, kind: "message", priority: "post", call: () => gate.promise });
    const next = ask("next");
    await settle();
    expect(names()).toEqual([]);
    gate.resolve("slow");
    await expect(slow).resolves.toBe("slow");
    await expect(next).resolves.toBe("next");
  });

  it("runs only the newest of the waiting jobs of one key, and gives its result to all who asked", async () => {
    for (let i = 0; i < 20; i += 1) void ask("filler", { kind: "edit" });
    await settle();
    const older = ask("older", { kind: "edit", priority: "tick", key: "mark" });
    const other = ask("other", { kind: "edit", priority: "tick" });
    const newer = ask("newer", { kind: "edit", priority: "tick", key: "mark" });
    await pass(61_000, 1000);
    await expect(Promise.all([older, newer, other])).resolves.toEqual(["newer", "newer", "other"]);
    expect(names().slice(20)).toEqual(["newer", "other"]);
  });

  it("moves a job forward when its newer form is more urgent", async () => {
    for (let i = 0; i < 20; i += 1) void ask("filler");
    await settle();
    void ask("waiting", { priority: "tick", key: "mark" });
    void ask("answer", { priority: "answer" });
    void ask("failed", { priority: "post", key: "mark" });
    await pass(61_000, 1000);
    expect(names().slice(20)).toEqual(["failed", "answer"]);
  });

  it("is silent in a chat for exactly as long as a 429 says, then repeats that job first", async () => {
    let refusals = 1;
    const call = async () => {
      calls.push({ name: "refused", at: clock.now() });
      if (refusals-- > 0) throw tooMany(7);
      return "done";
    };
    const tick = governor.run({ chat: group, kind: "message", priority: "tick", call });
    const post = ask("post");
    await settle();
    const edit = ask("edit", { kind: "edit" });
    const elsewhere = ask("elsewhere", { chat: "-200" });
    await pass(6900, 100);
    expect(names()).toEqual(["refused", "elsewhere"]);
    await pass(200, 100);
    await expect(Promise.all([tick, post, edit, elsewhere])).resolves.toEqual(["done", "post", "edit", "elsewhere"]);
    expect(calls.filter((made) => made.name !== "elsewhere").map(({ at }) => at)).toEqual([0, 7000, 7000, 7000]);
    expect(names().indexOf("refused", 1)).toBeLessThan(names().indexOf("post"));
  });

  it("repeats the newest form of a job that was answered 429", async () => {
    const gate = createGate<string>();
    const first = governor.run({ chat: group, kind: "edit", priority: "tick", key: "mark", call: () => gate.promise });
    const second = ask("newest", { kind: "edit", priority: "tick", key: "mark" });
    gate.reject(tooMany(3));
    await pass(3000);
    await expect(Promise.all([first, second])).resolves.toEqual(["newest", "newest"]);
    expect(names()).toEqual(["newest"]);
  });

  it("hands every other failure to the one who asked, and goes on", async () => {
    const failing = governor.run({
      chat: group,
      kind: "message",
      priority: "post",
      call: () => Promise.reject(new Error("network")),
    });
    const next = ask("next");
    await expect(failing).rejects.toThrow("network");
    await expect(next).resolves.toBe("next");
  });

  it("refuses what waits when it stops, lets the call in flight end, and leaves no timer", async () => {
    const gate = createGate<string>();
    const inFlight = governor.run({ chat: group, kind: "message", priority: "post", call: () => gate.promise });
    const waiting = expect(ask("waiting")).rejects.toMatchObject({ name: "DeskError", code: "unreachable" });
    let isStopped = false;
    const stopped = governor.stop().then(() => {
      isStopped = true;
    });
    await waiting;
    await settle();
    expect(isStopped).toBe(false);
    gate.resolve("ended");
    await stopped;
    await expect(inFlight).resolves.toBe("ended");
    await expect(ask("late")).rejects.toMatchObject({ code: "unreachable" });
    await governor.stop();
    await pass(120_000, 5000);
    expect(names()).toEqual([]);
  });

  it("refuses a job answered 429 while it stops, instead of leaving it for ever", async () => {
    const gate = createGate<string>();
    const inFlight = governor.run({ chat: group, kind: "message", priority: "post", call: () => gate.promise });
    const refused = expect(inFlight).rejects.toMatchObject({ code: "unreachable" });
    const stopped = governor.stop();
    gate.reject(tooMany(60));
    await stopped;
    await refused;
  });
});

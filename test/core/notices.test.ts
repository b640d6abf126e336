import { expect, test } from "vitest";
import { createNoticeBoard } from "../../src/core/notices.ts";
import { type Desk, DeskError } from "../../src/core/ports/desk.ts";
import type { Log } from "../../src/core/ports/log.ts";
import { createRegistry } from "../../src/core/registry.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { noon } from "./messages.ts";

test("a notice that waits for its desk is logged with code and reason alone, each time it is tried", async () => {
  const clock = createFakeClock(noon);
  const logged: object[] = [];
  const log: Log = { debug() {}, info() {}, warn: (facts) => void logged.push(facts), error() {}, child: () => log };
  const never = () => Promise.reject(new Error("not called here"));
  const desk: Desk = {
    id: "support",
    markAfterMs: 3000,
    post: never,
    mark: never,
    notify: () => Promise.reject(new DeskError("unreachable", "Telegram: ECONNREFUSED", { cause: new Error("deep") })),
  };
  const registry = createRegistry({
    providers: [],
    desks: [{ desk, rules: { line: "30001234", giveUpMs: 1 } }],
    lines: new Map([["30001234", { provider: "asanak", desk: "support", fallback: [] }]]),
    deskOfProvider: new Map([["asanak", "support"]]),
    templates: new Map(),
  });
  const board = createNoticeBoard({ registry, clock, log });
  board.tell("asanak", { kind: "unreadable", provider: "asanak" });
  const line = { desk: "support", notice: "unreadable", code: "unreachable", reason: "Telegram: ECONNREFUSED" };
  await expect.poll(() => logged).toEqual([line]);
  clock.pass(10_000);
  await expect.poll(() => logged).toEqual([line, line]);
  board.stop();
});

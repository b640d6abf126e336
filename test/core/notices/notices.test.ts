import { expect, test } from "vitest";
import { createNoticeBoard } from "../../../src/core/notices/notices.ts";
import { type Desk, DeskError, type Notice } from "../../../src/core/ports/desk.ts";
import type { Log } from "../../../src/core/ports/log.ts";
import { createRegistry } from "../../../src/core/registry.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { silentLog } from "../bridge-parts.ts";
import { noon } from "../messages.ts";

function open(notify: Desk["notify"], log: Log = silentLog) {
  const clock = createFakeClock(noon);
  const never = () => Promise.reject(new Error("not called here"));
  const told = { bulk: never, remind: never, echo: never, erase: never };
  const ways = { post: never, mark: never, card: never, hideCodes: never, ...told };
  const desk: Desk = { id: "support", markAfterMs: 3000, ...ways, notify };
  const registry = createRegistry({
    providers: [],
    desks: [{ desk, rules: { line: "30001234", giveUpMs: 1, collisionMs: 1, undoMs: 0, maxParts: 6 } }],
    lines: new Map([["30001234", { provider: "asanak", desk: "support", fallback: [] }]]),
    deskOfProvider: new Map([["asanak", "support"]]),
    templates: new Map(),
  });
  return { clock, board: createNoticeBoard({ registry, clock, log }) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("a notice that waits for its desk is logged with code and reason alone, each time it is tried", async () => {
  const logged: object[] = [];
  const log: Log = { debug() {}, info() {}, warn: (facts) => void logged.push(facts), error() {}, child: () => log };
  const away = new DeskError("unreachable", "Telegram: ECONNREFUSED", { cause: new Error("deep") });
  const { clock, board } = open(() => Promise.reject(away), log);
  void board.tell("asanak", { kind: "unreadable", provider: "asanak" });
  const line = { desk: "support", notice: "unreadable", code: "unreachable", reason: "Telegram: ECONNREFUSED" };
  await expect.poll(() => logged).toEqual([line]);
  clock.pass(10_000);
  await expect.poll(() => logged).toEqual([line, line]);
  board.stop();
});

test("notices of one desk are shown in the order they came, however long the first has to wait", async () => {
  const shown: Notice["kind"][] = [];
  let isAway = true;
  const { clock, board } = open(async ({ kind }) => {
    if (isAway) throw new DeskError("unreachable", "away");
    shown.push(kind);
  });
  const down = board.tell("asanak", { kind: "provider-down", provider: "asanak", code: "no-answer" });
  await settle();
  clock.pass(7000);
  const up = board.tell("asanak", { kind: "provider-up", provider: "asanak" });
  isAway = false;
  clock.pass(10_000);
  expect(await Promise.all([down, up])).toEqual(["shown", "shown"]);
  expect(shown).toEqual(["provider-down", "provider-up"]);
});

test("how telling ended is told: shown, refused, given up after an hour, or cut off by the end", async () => {
  let answer: DeskError | undefined = new DeskError("refused", "no");
  const { clock, board } = open(() => (answer ? Promise.reject(answer) : Promise.resolve()));
  const tell = () => board.tell("asanak", { kind: "unreadable", provider: "asanak" });
  expect(await tell()).toBe("refused");
  answer = undefined;
  expect(await tell()).toBe("shown");
  answer = new DeskError("not-ready", "no chat yet");
  const late = tell();
  for (let n = 0; n < 361; n++) {
    await settle();
    clock.pass(10_000);
  }
  expect(await late).toBe("late");
  const cutOff = tell();
  board.stop();
  expect([await cutOff, await tell()]).toEqual(["late", "late"]);
});

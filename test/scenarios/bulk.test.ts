import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import type { PanelKind, Simulators } from "../../src/sandbox/start.ts";
import { call, startChild, startWorld, type World, withBridge } from "../cli/start-world.ts";

// Thousands of SMS, and processes of their own, on machines that have other things to do.
vi.setConfig({ testTimeout: 180_000 });

const panels = ["asanak", "soap-panel", "mydnspanel"] as const;
const account = { credit: 1_000_000 };
const worldOf = (kind: PanelKind) =>
  startWorld({ panels: [kind], account, soapPanel: account, mydnspanel: account, deliverAfterMs: 50 });

const number = (n: number) => `0912${String(n).padStart(7, "0")}`;
const numbers = (count: number) => Array.from({ length: count }, (_, n) => number(n));

/** The calls that send, in the panel's own words. */
function sendCalls({ asanak, soapPanel, mydnspanel }: Simulators): readonly { readonly at: number }[] {
  return [
    ...asanak.calls.filter(({ method }) => method.endsWith("sendsms")),
    ...soapPanel.calls.filter(({ operation }) => operation === "SendSms"),
    ...mydnspanel.calls.filter(({ action }) => action === "send"),
  ];
}

/** Every SMS that a panel took, with the receiver as ten digits. */
function taken({ asanak, soapPanel, mydnspanel }: Simulators): { receiver: string; text: string }[] {
  const all = [...asanak.ledger, ...soapPanel.ledger, ...mydnspanel.ledger.flatMap(receiversOf)];
  return all.map(({ receiver, text }) => ({ receiver: receiver.slice(-10), text }));
}

function receiversOf(sms: { readonly receiver: string; readonly text: string }) {
  return sms.receiver.split(",").map((receiver) => ({ receiver, text: sms.text }));
}

function lineOf(world: World): string {
  return world.panels[0].lines[0];
}

async function listIn(world: World, content: string): Promise<string> {
  const file = join(dirname(world.file), "list");
  await writeFile(file, content);
  return file;
}

async function argumentsFor(world: World, count: number, textOf?: (n: number) => string): Promise<string[]> {
  const common = ["send", "--config", world.file, "--line", lineOf(world)];
  if (!textOf) return [...common, "--to-file", await listIn(world, numbers(count).join("\n")), "به همه"];
  const rows = numbers(count).map((to, n) => JSON.stringify({ to, text: textOf(n) }));
  return [...common, "--each", await listIn(world, rows.join("\n"))];
}

function expectOnceEach(world: World, count: number, textOf: (n: number) => string = () => "به همه"): void {
  const wanted = numbers(count).map((to, n) => `${to.slice(1)} ${textOf(n)}`);
  expect(
    taken(world)
      .map(({ receiver, text }) => `${receiver} ${text}`)
      .sort(),
  ).toEqual(wanted.sort());
}

describe.each(panels)("over %s", (kind) => {
  test("one text to 230 receivers is three calls, and each report comes back to its own receiver", async () => {
    const world = await worldOf(kind);
    const argv = await argumentsFor(world, 230);
    const { code, out } = await call([...argv, "--delivered", "--wait", "60"]);
    expect([code, out]).toEqual([0, "230 SMS: 230 delivered"]);
    expect(sendCalls(world)).toHaveLength(3);
    expectOnceEach(world, 230);
  });

  test("different texts leave in the fewest calls that the panel knows", async () => {
    const world = await worldOf(kind);
    const textOf = (n: number) => `متن ${n}`;
    const { code } = await call(await argumentsFor(world, 30, textOf));
    expect(code).toBe(0);
    expect(sendCalls(world)).toHaveLength(kind === "asanak" ? 1 : 30);
    expectOnceEach(world, 30, textOf);
  });

  test("an answer without a word leaves its whole call uncertain, and the others get theirs", async () => {
    const world = await worldOf(kind);
    const simulators = { asanak: world.asanak, "soap-panel": world.soapPanel, mydnspanel: world.mydnspanel };
    simulators[kind].mode({ kind: "cut", times: 1 });
    const { code, out } = await call(await argumentsFor(world, 150));
    // The SOAP panel lists what it has sent, which settles it.
    expect(code).toBe(kind === "soap-panel" ? 0 : 3);
    if (kind !== "soap-panel") expect(out).toMatch(/^150 SMS: .*(?:50|100) uncertain\n/);
    expectOnceEach(world, 150);
  });
});

test("a receiver that Asanak leaves out of its ids makes the whole call uncertain, and no other", async () => {
  const world = await worldOf("asanak");
  world.asanak.account.blacklist.add(number(3));
  await world.configure((raw) => ({
    ...raw,
    providers: { asanak: { ...raw.providers.asanak, sendToBlacklist: false } },
  }));
  const { code, out } = await call(await argumentsFor(world, 150));
  expect(code).toBe(3);
  expect(out).toMatch(/^150 SMS: .*100 uncertain\nuncertain, do not repeat:\n/);
  expect(taken(world)).toHaveLength(149);
});

test.each([
  ["one text", undefined],
  ["different texts", (n: number) => `سلام، شمارهٔ ${n}`],
] as const)(
  "ten thousand receivers of %s cost a hundred calls at Asanak, and no second sees too many",
  async (_what, textOf) => {
    const world = await worldOf("asanak");
    const { code, out } = await call(await argumentsFor(world, 10_000, textOf));
    expect(code).toBe(0);
    expect(out).not.toContain("\n");
    const calls = sendCalls(world);
    expect(calls).toHaveLength(100);
    expect(calls.filter(({ at }, n) => at - (calls[n - 10]?.at ?? 0) < 1000)).toEqual([]);
    expectOnceEach(world, 10_000, textOf);
  },
);

test("through the running bridge it is a hundred calls as well", async () => {
  const world = await worldOf("asanak");
  await withBridge(world, async () => {
    const { code, out } = await call([...(await argumentsFor(world, 10_000)), "--wait", "120"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^10000 SMS: [^\n]*$/);
  });
  expect(sendCalls(world)).toHaveLength(100);
  expectOnceEach(world, 10_000);
});

describe("killed in the middle", () => {
  test("by itself: what was on the wire is uncertain, the rest goes on under the key, nobody gets it twice", async () => {
    const world = await worldOf("asanak");
    world.asanak.mode({ kind: "slow", ms: 100 });
    const count = 3000;
    const argv = [...(await argumentsFor(world, count)), "--key", "k"];
    for (const calls of [4, 12, 20]) {
      const child = startChild(argv);
      await vi.waitFor(() => expect(sendCalls(world).length).toBeGreaterThanOrEqual(calls), {
        timeout: 60_000,
        interval: 5,
      });
      child.signal("SIGKILL");
      await child.ended;
    }
    world.asanak.mode({ kind: "normal" });
    const { code, out } = await call(argv);
    expect(code).toBe(3);
    const [head = "", ...rest] = out.split("\n");
    const uncertain = Number(/(\d+) uncertain/.exec(head)?.[1]);
    // At most three calls of bulk are on the wire at once.
    expect(uncertain).toBeLessThanOrEqual(3 * 3 * 100);
    expect(rest.length).toBe(uncertain + 1);
    const got = taken(world).map(({ receiver }) => receiver);
    expect(new Set(got).size).toBe(got.length);
    // Who did not get it is among those that nobody knows about.
    const doubtful = new Set(rest.map((line) => line.slice(1, 11)));
    expect(numbers(count).filter((one) => !got.includes(one.slice(1)) && !doubtful.has(one.slice(1)))).toEqual([]);
  });

  test("the bridge: the next one goes on, the command that waits sees it through, nobody gets it twice", async () => {
    const world = await worldOf("asanak");
    world.asanak.mode({ kind: "slow", ms: 100 });
    const count = 2000;
    const first = startChild(["run", "--config", world.file]);
    await first.says(/^chapar listens on /);
    const argv = [...(await argumentsFor(world, count)), "--key", "k", "--wait", "120"];
    const sending = startChild(argv);
    await vi.waitFor(() => expect(sendCalls(world).length).toBeGreaterThanOrEqual(5), { timeout: 60_000, interval: 5 });
    first.signal("SIGKILL");
    await first.ended;
    const second = startChild(["run", "--config", world.file]);
    await second.says(/^chapar listens on /);
    expect([0, 3]).toContain(await sending.ended);
    const got = taken(world).map(({ receiver }) => receiver);
    expect(new Set(got).size).toBe(got.length);
    expect(got.length).toBeGreaterThanOrEqual(count - 300);
    expect(sending.text()).toMatch(new RegExp(`^${count} SMS: `, "m"));
    expect(sending.text()).not.toMatch(/\d+ (?:failed|waiting)/);
  });
});

test("interrupted, it tells how it stands; run again, it goes on", async () => {
  const world = await worldOf("asanak");
  world.asanak.mode({ kind: "slow", ms: 200 });
  const argv = [...(await argumentsFor(world, 2000)), "--key", "k"];
  const child = startChild(argv);
  await vi.waitFor(() => expect(sendCalls(world).length).toBeGreaterThanOrEqual(4), { timeout: 60_000, interval: 5 });
  child.signal("SIGINT");
  expect(await child.ended).toBe(3);
  expect(child.text()).toMatch(/^2000 SMS: \d+ .*\d+ waiting$/m);
  expect(child.text()).toContain("run it again with --key k to go on with it");
  const leftAt = sendCalls(world).length;
  await pause(1000);
  expect(sendCalls(world)).toHaveLength(leftAt);
  world.asanak.mode({ kind: "normal" });
  expect((await call(argv)).code).toBe(0);
  expectOnceEach(world, 2000);
});

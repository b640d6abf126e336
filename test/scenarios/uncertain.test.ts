import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AsanakMode } from "../../src/sandbox/asanak/modes.ts";
import { panelKinds } from "../../src/sandbox/start.ts";
import { openConversation, withProviders } from "./open-topic.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";

/** A minute in life, in a world that is twenty times faster. */
const longMs = 20 * 60_000;
const impatient = {
  configure: (config: { providers: { asanak?: object } }) => ({
    ...config,
    providers: { asanak: { ...config.providers.asanak, timeoutSeconds: 0.5 } },
  }),
};

async function answerInto(bridge: Bridge, mode: AsanakMode) {
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  const topic = await bridge.desk.topicOf("09120000000");
  await topic.shows("سلام");
  bridge.asanak.mode(mode);
  return { customer, reply: topic.operatorSays("در خدمتم") };
}

test.each<AsanakMode>([
  { kind: "silent" },
  { kind: "cut" },
  { kind: "unreadable" },
  { kind: "status", status: 502, accepting: true },
])("a panel that takes the SMS and then is %j leaves one SMS, a question, and no second SMS", async (mode) => {
  const bridge = await startBridge(impatient);
  const { customer, reply } = await answerInto(bridge, mode);
  const mark = await reply.isMarked("⚠");
  expect(mark.buttons.flat()).toHaveLength(2);
  await pause(1500);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
});

test("«Send again» sends once, however often and by whomever it is pressed", async () => {
  const bridge = await startBridge(impatient);
  const { customer, reply } = await answerInto(bridge, { kind: "silent" });
  const mark = await reply.isMarked("⚠");
  bridge.asanak.mode({ kind: "normal" });
  const [again = ""] = mark.buttons.flat();
  const [sara, reza] = bridge.operators;
  for (const person of [sara, reza, sara]) if (person) bridge.group.press(person, mark, again);
  await reply.isMarked("✓✓");
  await pause(500);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم", "در خدمتم"]);
});

test("«It was sent» settles it and says who did it", async () => {
  const bridge = await startBridge(impatient);
  const { customer, reply } = await answerInto(bridge, { kind: "silent" });
  const mark = await reply.isMarked("⚠");
  const [sara] = bridge.operators;
  if (sara) bridge.group.press(sara, mark, mark.buttons.flat()[1] ?? "");
  const settled = await reply.isMarked("✓");
  expect(settled.text).toContain("سارا");
  expect(settled.buttons).toEqual([]);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
});

test("what was on the wire when the bridge stopped is asked about after the restart and does not leave again", async () => {
  const bridge = await startBridge({
    configure: (config) => ({ ...config, desks: { support: { ...config.desks.support, ticks: "reaction" } } }),
  });
  const { customer, reply } = await answerInto(bridge, { kind: "silent" });
  await bridge.asanak.waitFor(() => bridge.sentTo(customer).length === 1);
  await bridge.restart();
  await reply.isMarked("⚠");
  await pause(500);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
});

test.each(panelKinds)(
  "«Send again» of two operators in the same instant sends once over %s, and the mark says who asked",
  async (kind) => {
    const bridge = await startBridge({ panels: [kind], speed: 20, ...withProviders({ timeoutSeconds: 15 }) });
    const { customer, topic } = await openConversation(bridge, "09120000000");
    const [{ simulator }] = bridge.panels;
    const heal = simulator.network.fault({ kind: "cut", match: ({ method }) => method === "POST" });
    const reply = topic.operatorSays("در خدمتم");
    const mark = await bridge.telegram.waitFor(() => reply.marks().find(({ text }) => text.startsWith("⚠")), longMs);
    expect(mark.buttons.flat()).toHaveLength(2);
    heal();
    const [sara, reza] = bridge.operators;
    if (!sara || !reza) return expect.unreachable();
    const [again = ""] = mark.buttons.flat();
    const presses = [reza, sara, reza, sara].map((by) => bridge.group.press(by, mark, again));
    await bridge.telegram.waitFor(
      () => presses.every(({ answer }) => answer !== undefined),
      longMs,
      "every press answered",
    );
    const done = await bridge.telegram.waitFor(() => reply.marks().find(({ text }) => text.startsWith("✓✓")), longMs);
    // The one who wrote it was not the first to press.
    expect(done.text).toContain("رضا");
    expect(new Set(presses.map(({ answer }) => answer?.text)).size).toBe(2);
    expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
  },
  60_000,
);

test("a press that Telegram gives again after a restart sends no third SMS", async () => {
  const bridge = await startBridge(impatient);
  const { customer, reply } = await answerInto(bridge, { kind: "silent", times: 1 });
  const mark = await reply.isMarked("⚠");
  const [again = ""] = mark.buttons.flat();
  const [sara = bridge.telegram.user()] = bridge.operators;
  // What is read is not confirmed, so that the next run reads it again.
  bridge.telegram.network.fault({ kind: "cut", match: ({ path, body }) => confirms(path, body) });
  bridge.group.press(sara, mark, again);
  await bridge.phones.waitFor(() => customer.received().length === 2, 8000);
  await bridge.stop();
  expect(bridge.telegram.pendingUpdates()).toBeGreaterThan(0);
  bridge.telegram.network.heal();
  await bridge.restart();
  await bridge.telegram.waitFor(() => bridge.telegram.pendingUpdates() === 0, 8000);
  await reply.isMarked("✓✓");
  await pause(500);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم", "در خدمتم"]);
});

test("a button of an older attempt, pressed when the newer one is in doubt too, only hears that it is done", async () => {
  const bridge = await startBridge(impatient);
  const { customer, reply } = await answerInto(bridge, { kind: "silent" });
  const mark = await reply.isMarked("⚠");
  // The mark cannot be changed, so that the old buttons stay.
  const allow = bridge.telegram.fail("editMessageText", { code: 502, description: "Bad Gateway", times: 1000 });
  const [sara = bridge.telegram.user()] = bridge.operators;
  const [again = "", was = ""] = mark.buttons.flat();
  bridge.group.press(sara, mark, again);
  await bridge.asanak.waitFor(() => bridge.sentTo(customer).length === 2, 8000);
  await pause(1500);
  bridge.asanak.mode({ kind: "normal" });
  const presses = [again, was, again].map((button) => bridge.group.press(sara, mark, button));
  await bridge.telegram.waitFor(() => presses.every(({ answer }) => answer !== undefined), 8000);
  for (const { answer } of presses) expect(answer?.text).toContain("قبلاً انجام شده");
  allow();
  const isNewer = () => reply.marks()[0]?.isEdited;
  await bridge.telegram.waitFor(isNewer, 45_000, "the mark of the newer attempt");
  expect(reply.marks()[0]?.text).toMatch(/^⚠/u);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم", "در خدمتم"]);
}, 60_000);

test("«It was sent» and «Send again» in the same instant: the first counts, the other hears that it is done", async () => {
  const bridge = await startBridge(impatient);
  const { customer, reply } = await answerInto(bridge, { kind: "silent", times: 1 });
  const mark = await reply.isMarked("⚠");
  const [again = "", was = ""] = mark.buttons.flat();
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) return expect.unreachable();
  const presses = [bridge.group.press(reza, mark, was), bridge.group.press(sara, mark, again)];
  await bridge.telegram.waitFor(() => presses.every(({ answer }) => answer !== undefined), 8000);
  const settled = await reply.isMarked("✓");
  expect(settled.text).toContain("رضا");
  await bridge.restart();
  await pause(700);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
});

test.each(panelKinds)(
  "what was on the wire to %s when the bridge stopped does not leave again by itself, start after start",
  async (kind) => {
    const bridge = await startBridge({ panels: [kind], speed: 20 });
    const { customer, topic } = await openConversation(bridge, "09120000000");
    const [{ simulator }] = bridge.panels;
    let sends = 0;
    const heal = simulator.network.fault({
      kind: "silent",
      match({ method, path, body }) {
        const isSend = method === "POST" && /sendsms|SendSms|"?action"?\W+send\b/.test(`${path} ${Buffer.from(body)}`);
        sends += isSend ? 1 : 0;
        return isSend;
      },
    });
    const reply = topic.operatorSays("در خدمتم");
    await bridge.telegram.waitFor(() => sends > 0 && simulator.ledger.length === 1, longMs);
    await bridge.restart();
    heal();
    const final = /^(⚠|✓✓)/u;
    await bridge.telegram.waitFor(() => reply.marks().some(({ text }) => final.test(text)), longMs, "⚠, or proof");
    for (let starts = 0; starts < 2; starts++) await bridge.restart();
    await pause(700);
    expect(sends).toBe(1);
    expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
  },
  60_000,
);

/** Whether a call of getUpdates confirms what it has read. */
function confirms(path: string, body: Uint8Array): boolean {
  return path.endsWith("/getUpdates") && Buffer.from(body).toString("utf8").includes("offset");
}

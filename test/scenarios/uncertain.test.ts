import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AsanakMode } from "../../src/sandbox/asanak/modes.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";

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

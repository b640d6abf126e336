import { expect, test } from "vitest";
import { startBridge } from "./start-bridge.ts";

test("somebody who is not in the group presses «Send again» in vain", async () => {
  const bridge = await startBridge({
    configure: (config) => ({
      ...config,
      providers: { asanak: { ...config.providers.asanak, timeoutSeconds: 0.5 } },
    }),
  });
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  const topic = await bridge.desk.topicOf("09120000000");
  await topic.shows("سلام");
  bridge.asanak.mode({ kind: "silent" });
  const reply = topic.operatorSays("در خدمتم");
  const mark = await reply.isMarked("⚠");
  bridge.asanak.mode({ kind: "normal" });
  const outsider = bridge.telegram.user({ name: "رهگذر" });
  const press = bridge.group.press(outsider, mark, mark.buttons.flat()[0] ?? "");
  await bridge.telegram.waitFor(() => press.answer);
  expect(press.answer).toMatchObject({ showAlert: true });
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
});

test("in `replies` layout a reply to one's own answer goes to the same customer", async () => {
  const bridge = await startBridge({
    configure: (config) => ({ ...config, desks: { support: { ...config.desks.support, layout: "replies" } } }),
  });
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  const room = bridge.desk.topicView(undefined);
  const post = await room.shows("سلام");
  const first = room.operatorSays("بفرمایید", { replyTo: post });
  const mark = await first.isMarked("✓✓");
  room.operatorSays("در خدمتم", { replyTo: first.message });
  await customer.gets("در خدمتم");
  room.operatorSays("منتظرم", { replyTo: mark });
  await customer.gets("منتظرم");
});

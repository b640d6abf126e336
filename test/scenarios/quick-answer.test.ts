import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Store } from "../../src/core/ports/store.ts";
import { openStore } from "../../src/store/open.ts";
import { startBridge } from "./start-bridge.ts";

/** The real store, in which it takes a while until a topic is kept. */
const openSlowly: typeof openStore = async (uri, deps) => {
  const store = await openStore(uri, deps);
  return {
    ...store,
    async collection(spec) {
      const collection = await store.collection(spec);
      if (spec.name !== "topics") return collection;
      const slow: typeof collection.put = async (...topic) => {
        await pause(500);
        await collection.put(...topic);
      };
      return { ...collection, put: slow };
    },
  } satisfies Store;
};

test("an answer in a topic that has just been made, and is not stored yet, is the customer's", async () => {
  const bridge = await startBridge({ parts: { openStore: openSlowly } });
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  // As soon as there is a topic, before anything stands in it.
  const topic = await bridge.desk.topicOf("09120000000");
  await topic.operatorSays("در خدمتم").isMarked("✓✓");
  expect(customer.received()).toEqual(["در خدمتم"]);
});

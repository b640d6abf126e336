import { expect, test, vi } from "vitest";
import { startBridge } from "./start-bridge.ts";

vi.setConfig({ testTimeout: 120_000 });

test.each([
  ["where the panel takes four calls at once", 4],
  ["where it takes one", 1],
])("an operator's answer leaves within two batches while ten thousand texts wait, %s", async (_where, inFlight) => {
  const world = await startBridge({
    account: { credit: 1_000_000 },
    configure: ({ providers, ...config }) => ({
      ...config,
      providers: { asanak: { ...providers.asanak, inFlight } },
    }),
  });
  const { phone, desk, asanak, app, config } = world;
  const customer = phone("09350000000");
  await customer.sends("سلام");
  const topic = await desk.topicOf("09350000000");
  await topic.shows("سلام");

  asanak.mode({ kind: "slow", ms: 700 });
  const line = config.desks.support?.line ?? "";
  const all = Array.from({ length: 10_000 }, (_, n) => `0912${String(n).padStart(7, "0")}`);
  for (const number of all) phone(number);
  await Promise.all(
    all.map((number, n) => {
      const draft = { id: `bulk-${n}`, thread: `support/+98${number.slice(1)}`, text: "به همه", line };
      return app.bridge.outbound.accept({ ...draft, lane: "bulk" });
    }),
  );
  const sends = () => asanak.calls.filter(({ method }) => method === "sendsms");
  await vi.waitFor(() => expect(sends().length).toBeGreaterThan(3), { timeout: 30_000, interval: 5 });

  const reply = topic.operatorSays("در خدمتم");
  const before = sends().length;
  await customer.gets("در خدمتم");
  const answer = sends().findIndex(({ fields }) => fields.message === "در خدمتم");
  expect(answer).toBeGreaterThanOrEqual(before);
  // Those that were on the wire already had left before it; of those behind it at most two left first.
  expect(answer - before).toBeLessThanOrEqual(2 + inFlight - 1);
  await reply.isMarked("✓✓");
  expect(sends().length).toBeLessThan(100);
  expect(world.problems).toEqual([]);
});

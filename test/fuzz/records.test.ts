import fc from "fast-check";
import { expect, test } from "vitest";
import { openRaw } from "../../src/store/connection.ts";
import { startBridge } from "../scenarios/start-bridge.ts";
import { damaged, wildJson, wildText } from "./arbitraries.ts";

test("whatever stands in the store, the bridge starts beside it and works", { timeout: 60_000 }, async () => {
  const bridge = await startBridge();
  const customer = bridge.phone("09120000000");
  await customer.sends("پیش از خرابی");
  const topic = await bridge.desk.topicOf("09120000000");
  await topic.shows("پیش از خرابی");
  await bridge.stop();

  const record = wildJson(
    [
      "id",
      "text",
      "thread",
      "line",
      "seq",
      "postDue",
      "state",
      "attempt",
      "order",
      "due",
      "markDue",
      "reportDue",
      "value",
      "expires",
      "at",
    ],
    ["a", "sending", "queued", "uncertain", "nonsense", 0, 1, -1, 1e15, null, true, [], {}, "support/+989120000000"],
  );
  const row = fc
    .oneof(
      record.map((value) => JSON.stringify({ value })),
      record.map((value) => JSON.stringify(value)),
      // SQLite itself keeps what is no JSON out of a table with indexes.
      damaged(['{"value":{"id":"a","text":"b","thread":"c","line":"d","seq":1,"postDue":1}}']),
      wildText().map((text) => JSON.stringify(text)),
    )
    .filter(isJson);
  const connection = await openRaw(bridge.config.store.replace("sqlite://", ""), {
    table: "chapar_probe",
    busyMs: 1_000,
  });
  const tables = (await connection.query("SELECT name FROM sqlite_schema WHERE type = 'table'")).map(({ name }) =>
    String(name),
  );
  const kept = tables.filter((name) =>
    ["inbound", "outbound", "unreadable", "botOnce", "earlyEdits", "pairings"].some((one) => name.endsWith(one)),
  );
  expect(kept.length).toBeGreaterThan(3);
  for (const [n, text] of fc.sample(row, { numRuns: 200, seed: 20_261_125 }).entries()) {
    const table = kept[n % kept.length] ?? "";
    await connection.query(`INSERT OR REPLACE INTO "${table}" (key, value) VALUES (?, ?)`, [`damaged-${n}`, text]);
  }
  await connection.close();

  await bridge.restart();
  await customer.sends("پس از خرابی");
  await topic.shows("پس از خرابی");
  topic.operatorSays("در خدمتم");
  await customer.gets("در خدمتم");
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
});

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

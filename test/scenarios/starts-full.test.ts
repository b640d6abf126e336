import { expect, onTestFinished, test } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Collection, Store } from "../../src/core/ports/store.ts";
import { StoreError } from "../../src/core/ports/store.ts";
import { openRecords } from "../../src/core/records.ts";
import { openStore } from "../../src/store/open.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { silentLog } from "../core/bridge-parts.ts";
import { outbound } from "../core/messages.ts";
import { startBridge } from "./start-bridge.ts";

/** The real store on a disk that takes nothing while it is full. */
function fullDisk() {
  let isFull = true;
  const write = <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) =>
    async function written(...args: A): Promise<R> {
      if (isFull) throw new StoreError("unavailable", "SQLITE_FULL");
      return run(...args);
    };
  const open: typeof openStore = async (uri, deps) => {
    const store = await openStore(uri, deps);
    return {
      ...store,
      probe: write(store.probe),
      async collection(spec) {
        const found = await store.collection(spec);
        const { put, create, update, delete: remove, claimDue } = found;
        const written: Partial<Collection<never>> = { delete: write(remove), claimDue: write(claimDue) as never };
        return { ...found, ...written, put: write(put), create: write(create), update: write(update) };
      },
    } satisfies Store;
  };
  return {
    open,
    free() {
      isFull = false;
    },
  };
}

test("started on a full disk it opens its doors and says 503, and takes up what was left when there is space", async () => {
  const bridge = await startBridge();
  const customer = bridge.phone("09120000000");
  await bridge.stop();
  const deps = { clock: createSystemClock(), log: silentLog };
  const store = await openStore(bridge.config.store, deps);
  const left = outbound({ desk: "support", state: "sending", attempt: 1, claimedAt: deps.clock.now(), due: 1 });
  await (await openRecords(store)).outbound.create(left.id, left);
  await store.close();

  const disk = fullDisk();
  const app = await createApp(bridge.config, { log: silentLog, openStore: disk.open });
  onTestFinished(() => app.stop());
  const starting = app.start();
  await expect.poll(() => isListening(app), { timeout: 10_000 }).toBe(true);
  bridge.connect(app.url);
  expect((await customer.sends("سلام")).status).toBe(503);
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
  disk.free();
  await starting;
  expect((await customer.sends("سلام")).status).toBe(200);
  const topic = await bridge.desk.topicOf("09120000000");
  await topic.shows("سلام");
  expect((await app.bridge.outbound.find(left.id))?.state).toBe("uncertain");
});

test("an SMS that comes before the bridge has started is shown", async () => {
  const bridge = await startBridge();
  const customer = bridge.phone("09120000000");
  await bridge.stop();
  const app = await createApp(bridge.config, { log: silentLog });
  onTestFinished(() => app.stop());
  await app.bridge.inbound.accept("asanak", [
    { line: "982164063188", peer: customer.number, text: "زود", time: { written: "now", at: Date.now() } },
  ]);
  await app.start();
  await (await bridge.desk.topicOf("09120000000")).shows("زود");
});

async function isListening(app: { readonly url: string }): Promise<boolean> {
  try {
    return (await fetch(`${app.url}/healthz`)).ok;
  } catch {
    return false;
  }
}

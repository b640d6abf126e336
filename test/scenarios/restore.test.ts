import { once } from "node:events";
import { copyFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { startProcess } from "./start-process.ts";

const [asked, pushed] = ["09120000001", "09120000002"];

test("a store that is restored sends nothing by itself that may have left since, and brings what the panels still list", async () => {
  const world = await startProcess((config) => config, { panels: ["asanak", "mydnspanel"] });
  const { desk, asanak, mydnspanel, group, telegram } = world;
  const store = join(world.folder, "chapar.sqlite");
  const copy = join(world.folder, "copy.sqlite");
  const customer = world.phone(pushed);
  const lister = world.phone(asked);
  const takenBy = (panel: typeof asanak | typeof mydnspanel, text: string) =>
    panel.ledger.filter((sms) => sms.text === text).length;

  const bridge = await world.start();
  await customer.sends("اولین پیامک");
  const topic = await desk.topicOf(pushed);
  await topic.shows("اولین پیامک");
  const known = topic.operatorSays("جواب پیش از نسخه");
  await known.isMarked("✓✓");
  await lister.sends("دومین پیامک", { to: "50004321" });
  const listed = await desk.topicOf(asked);
  await listed.shows("دومین پیامک");

  asanak.mode({ kind: "status", status: 429 });
  const waiting = topic.operatorSays("در صف");
  await waiting.isMarked("⏳");
  const backup = await world.chapar("backup", "--config", world.file, copy);
  expect(backup).toMatchObject({ code: 0, output: expect.stringContaining(copy) });

  // What the copy does not know.
  asanak.mode({ kind: "normal" });
  await waiting.isMarked("✓✓");
  await lister.sends("بعد از نسخه", { to: "50004321" });
  await listed.shows("بعد از نسخه");
  const after = topic.operatorSays("جواب بعد از نسخه");
  await after.isMarked("✓✓");
  bridge.kill("SIGKILL");
  await once(bridge, "exit");
  const late = topic.operatorSays("وقتی خاموش بود");

  await copyFile(copy, store);
  if ((await stat(`${store}-wal`)).size > 0) {
    expect(await world.run()).toMatchObject({ code: 1, output: expect.stringMatching(/Remove .*-wal/) });
  }
  await rm(`${store}-wal`, { force: true });
  await rm(`${store}-shm`, { force: true });
  const restored = await world.start();

  const question = await waiting.isMarked("⚠");
  expect(question.buttons.flat()).toHaveLength(2);
  await late.isMarked("⏳");
  await listed.shows("بعد از نسخه");
  await telegram.waitFor(
    () => listed.messages().filter(({ text }) => text.includes("بعد از نسخه")).length === 2,
    15_000,
    "what the panel still lists, once more",
  );
  await telegram.waitFor(
    () => group.messages("general").find(({ text }) => text.includes("نسخه‌ی پشتیبانِ")),
    15_000,
    "news of the restored store",
  );
  await pause(3000);
  for (const text of ["جواب پیش از نسخه", "در صف", "جواب بعد از نسخه"]) expect(takenBy(asanak, text), text).toBe(1);
  expect(takenBy(asanak, "وقتی خاموش بود")).toBe(0);
  for (const text of ["اولین پیامک", "دومین پیامک"]) {
    const posts = group.messages().filter((one) => one.from.isBot && one.text.includes(text));
    expect(
      posts.filter(({ replyTo }) => replyTo === undefined),
      text,
    ).toHaveLength(1);
  }

  // A person decides, once; and it is a bridge like any other, after another kill too.
  waiting.press("دوباره بفرست");
  await waiting.isMarked("✓✓");
  late.press("حالا بفرست");
  await late.isMarked("✓✓");
  const fresh = topic.operatorSays("تازه");
  await fresh.isMarked("✓✓");
  restored.kill("SIGKILL");
  await once(restored, "exit");
  await world.start();
  const last = topic.operatorSays("آخری");
  await last.isMarked("✓✓");
  expect(takenBy(asanak, "در صف")).toBe(2);
  for (const text of ["وقتی خاموش بود", "تازه", "آخری"]) expect(takenBy(asanak, text), text).toBe(1);
}, 120_000);

import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { startProcess } from "./start-process.ts";

const seen = (world: Awaited<ReturnType<typeof startProcess>>, text: string) =>
  world.telegram.waitFor(
    () => world.group.messages().find((one) => one.from.isBot && one.text.includes(text)),
    10_000,
    text,
  );

test("kill -9 loses nothing and doubles nothing; the next start has the store at once", async () => {
  const world = await startProcess();
  const customer = world.phone("09120000000");
  const first = await world.start();
  await customer.sends("پیش از مرگ");
  const post = await seen(world, "پیش از مرگ");
  world.asanak.mode({ kind: "silent" });
  const [sara = world.telegram.user()] = world.operators;
  const where = post.topicId === undefined ? {} : { topic: post.topicId };
  const answer = world.group.say(sara, "روی سیم", where);
  await world.asanak.waitFor(() => world.asanak.ledger.length === 1);
  await world.telegram.network.refuse();
  expect((await customer.sends("در نبود تلگرام")).status).toBe(200);
  first.kill("SIGKILL");
  await once(first, "exit");

  world.group.say(sara, "هنگام خاموشی", where);
  world.asanak.mode({ kind: "normal" });
  await world.telegram.network.listen();
  await world.start();
  await seen(world, "در نبود تلگرام");
  await customer.gets("هنگام خاموشی", 10_000);
  const mark = await world.telegram.waitFor(
    () => world.group.messages().find((one) => one.replyTo === answer.id && one.text.startsWith("⚠")),
    10_000,
  );
  expect(mark.buttons.flat()).toHaveLength(2);
  await pause(300);
  expect(world.asanak.ledger.map(({ text }) => text)).toEqual(["روی سیم", "هنگام خاموشی"]);
  const shown = world.group.messages().filter(({ text }) => text.includes("پیش از مرگ"));
  expect(shown).toHaveLength(1);
}, 40_000);

test("a second `run` on the same store says who owns it and exits 1, and the first goes on", async () => {
  const world = await startProcess();
  const first = await world.start();
  const second = await world.run();
  expect(second.code).toBe(1);
  expect(second.output).toContain(String(first.pid));
  await world.phone("09120000000").sends("هنوز هست");
  await seen(world, "هنوز هست");
}, 40_000);

test("SIGTERM stops within five seconds, exits 0, and what has no answer yet is asked about after the next start", async () => {
  const world = await startProcess();
  const bridge = await world.start();
  const customer = world.phone("09120000000");
  await customer.sends("سلام");
  const post = await seen(world, "سلام");
  world.asanak.mode({ kind: "silent" });
  const [sara = world.telegram.user()] = world.operators;
  const where = post.topicId === undefined ? {} : { topic: post.topicId };
  const answer = world.group.say(sara, "بی‌جواب", where);
  await world.asanak.waitFor(() => world.asanak.ledger.length === 1);
  const askedAt = Date.now();
  bridge.kill("SIGTERM");
  const [code] = await once(bridge, "exit");
  expect(code).toBe(0);
  expect(Date.now() - askedAt).toBeLessThan(6000);
  await world.start();
  await world.telegram.waitFor(
    () => world.group.messages().find((one) => one.replyTo === answer.id && one.text.startsWith("⚠")),
    10_000,
  );
  expect(world.asanak.ledger).toHaveLength(1);
}, 40_000);

test("`chapar send` goes through the running bridge, the same key once; without a bridge it sends by itself", async () => {
  const world = await startProcess();
  const customer = world.phone("09120000000");
  const words = ["send", "--config", world.file, "--line", "982164063188", "--to", customer.number, "--wait", "10"];
  const bridge = await world.start();
  expect(await world.chapar(...words, "--key", "order-1", "سفارش آماده است")).toMatchObject({ code: 0 });
  expect(await world.chapar(...words, "--key", "order-1", "سفارش آماده است")).toMatchObject({ code: 0 });
  expect(await world.chapar(...words, "--delivered", "رسید؟")).toMatchObject({ code: 0 });
  bridge.kill("SIGTERM");
  await once(bridge, "exit");
  expect(await world.chapar(...words, "بدون پل")).toMatchObject({ code: 0 });
  world.asanak.mode({ kind: "refuse", refusal: { http: 406, code: 1010, message: "Destination list is not valid." } });
  expect(await world.chapar(...words, "رد")).toMatchObject({ code: 1 });
  expect(world.asanak.ledger.map(({ text }) => text)).toEqual(["سفارش آماده است", "رسید؟", "بدون پل"]);
}, 60_000);

import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { withoutDirection } from "../../src/telegram/texts/direction.ts";
import { startUnset } from "./start-init.ts";
import { startChild } from "./start-world.ts";

// Processes of their own take their time to begin where many run at once.
vi.setConfig({ testTimeout: 120_000 });

test("what init printed, done step by step by a stranger, leads to an answered SMS; what the group lacks is told on the way", async () => {
  const world = await startUnset();
  const { telegram, asanak, phones } = world;
  const owner = telegram.user({ name: "Owner" });
  const bot = () => group.messages().filter(({ from, service }) => from.isBot && service === undefined);
  const says = (text: string) =>
    telegram.waitFor(() => bot().find((one) => withoutDirection(one.text).includes(text)), 30_000, text);

  const { code, text } = await world.init({ ...world.answers, desk: { language: "fa" } });
  expect(code).toBe(0);
  const [, path = ""] = /^https:\/\/sms\.example\.com(\/hooks\/asanak\/[\w-]{32,})$/m.exec(text) ?? [];
  const [, argv = ""] = /: (?:npx )?chapar (run --config .*)$/m.exec(text) ?? [];
  const [pair = ""] = /^\/pair [A-Z2-9]{8}$/m.exec(text) ?? [];
  expect(argv).toBe(`run --config ${join(world.folder, "config.json")}`);

  // The bot is a member only, as it is when it has just been added.
  const group = telegram.group({ title: "فروشگاه", forum: true, bot: "member" });
  group.add(owner, "creator");
  const bridge = startChild(argv.split(" "));
  const url = (await bridge.says(/^chapar listens on /)).replace("chapar listens on ", "").trim();
  asanak.registerWebhook(url + path);
  const customer = phones.phone("09120000000");
  await customer.sends("سلام، باز هستید؟");

  group.say(owner, pair);
  const welcome = await says("وصل شد!");
  expect(welcome.replyTo).toBeDefined();
  expect(withoutDirection(welcome.text)).toContain("• مدیر بودن، با اجازه‌ی «مدیریت تاپیک‌ها (Manage Topics)»");
  // What had waited comes all the same, where it can.
  await says("سلام، باز هستید؟");

  group.setBot("administrator");
  await says("حالا دیگر چیزی کم ندارم");
  await customer.sends("هنوز منتظرم");
  const topic = await telegram.waitFor(() => group.topics()[0], 30_000);
  await telegram.waitFor(() => group.messages(topic.id).find((one) => one.text.includes("هنوز منتظرم")), 30_000);
  const answer = group.say(owner, "بله، تا ساعت نه", { topic: topic.id });
  await customer.gets("بله، تا ساعت نه");
  await telegram.waitFor(() => bot().find((one) => one.replyTo === answer.id && one.text.startsWith("✓")), 30_000);
  expect(asanak.ledger.map((sms) => sms.text)).toEqual(["بله، تا ساعت نه"]);

  bridge.signal("SIGTERM");
  expect(await bridge.ended).toBe(0);
  expect(bot().filter((one) => one.text.includes("چیزی کم ندارم"))).toHaveLength(1);
});

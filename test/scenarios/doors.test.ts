import { expect, test } from "vitest";
import type { PushVariant } from "../../src/sandbox/asanak/push.ts";
import { asanakHook } from "../../src/sandbox/bridge-config.ts";
import { startBridge } from "./start-bridge.ts";

test("updates by webhook: the bridge registers, answers leave, a repeated and a forged update change nothing", async () => {
  const bridge = await startBridge({
    configure: (config) => ({
      ...config,
      telegram: { ...config.telegram, updates: "webhook" },
      server: { ...config.server, publicUrl: "https://sms.example.com" },
    }),
  });
  const call = await bridge.telegram.waitFor(() => bridge.telegram.callsOf("setWebhook").at(-1), 8000);
  const { url, secret_token: secret } = call.parameters as { url: string; secret_token: string };
  const path = new URL(url).pathname;
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  const topic = await bridge.desk.topicOf("09120000000");
  await topic.shows("سلام");

  const update = (id: number, text: string) => ({
    update_id: id,
    message: {
      message_id: 9000 + id,
      date: Math.floor(Date.now() / 1000),
      chat: bridge.group.chat,
      from: bridge.operators[0],
      message_thread_id: topic.id,
      is_topic_message: true,
      text,
    },
  });
  const deliver = (body: unknown, token = secret) =>
    fetch(bridge.app.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": token },
      body: JSON.stringify(body),
    });
  expect((await deliver(update(2, "دوم"), "forged")).status).toBe(404);
  expect((await deliver(update(2, "دوم"))).status).toBe(200);
  expect((await deliver(update(1, "اول"))).status).toBe(200);
  expect((await deliver(update(2, "دوم"))).status).toBe(200);
  await customer.gets("اول");
  await customer.gets("دوم");
  expect(customer.received()).toEqual(["دوم", "اول"]);
});

test("a desk without a chat is paired by its code, and what waited is shown there", async () => {
  const bridge = await startBridge({
    configure: (config) => ({ ...config, desks: { support: { line: config.desks.support.line } } }),
  });
  const customer = bridge.phone("09120000000");
  await customer.sends("پیش از جفت شدن");
  const [code] = bridge.app.pairingCodes;
  expect(code?.desk).toBe("support");
  const [owner] = bridge.operators;
  if (!owner) return expect.unreachable();
  bridge.group.say(owner, "/pair WRONGCDE");
  bridge.group.say(owner, `/pair ${code?.code}`);
  const topic = await bridge.telegram.waitFor(() => bridge.group.topics()[0], 8000);
  await bridge.desk.topicView(topic.id).shows("پیش از جفت شدن");
});

test("the panel's odd ways of calling are all one SMS each, of one customer", async () => {
  const { asanak, app, desk, phone } = await startBridge();
  const variants: PushVariant[] = [
    {},
    { method: "POST" },
    { encoding: "twice" },
    { encoding: "plus" },
    { digits: "persian" },
    { sourceForm: "bare" },
    { sourceForm: "0" },
  ];
  const texts = variants.map((variant) => `پیام ${JSON.stringify(variant)}`);
  for (const [n, variant] of variants.entries()) {
    const sms = { from: "09120000000", to: "982164063188", text: texts[n] ?? "" };
    expect((await asanak.push(sms, variant)).status).toBe(200);
  }
  asanak.registerWebhook(`${app.url}${asanakHook}?key=1`, { join: "?" });
  await phone("09120000000").sends("با دو علامت سؤال");
  const topic = await desk.topicOf("09120000000");
  await topic.shows("با دو علامت سؤال");
  expect(desk.topics()).toHaveLength(1);
  expect(topic.texts().filter((text) => text.startsWith("پیام "))).toEqual(texts);
});

test("a wrong token is 404, an unreadable call is 400 and is told once, and neither changes anything", async () => {
  const { app, desk, telegram } = await startBridge();
  expect((await fetch(`${app.url}/hooks/asanak/wrong-token-wrong-token?Source=1`)).status).toBe(404);
  for (let n = 0; n < 3; n++) expect((await fetch(`${app.url}${asanakHook}?nonsense=1`)).status).toBe(400);
  const told = () =>
    desk
      .topicView(undefined)
      .messages()
      .filter(({ from }) => from.isBot);
  await telegram.waitFor(() => told().length === 1, 5000);
  expect(desk.topics()).toEqual([]);
});

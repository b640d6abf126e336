import fc from "fast-check";
import { expect, test } from "vitest";
import { startBridge } from "../scenarios/start-bridge.ts";
import { wildJson, wildText } from "./arbitraries.ts";

test("whatever Telegram's webhook is given, nothing leaves, nobody sees a stack, and the next update counts", {
  timeout: 60_000,
}, async () => {
  const bridge = await startBridge({
    configure: (config) => ({
      ...config,
      telegram: { ...config.telegram, updates: "webhook" },
      server: { ...config.server, publicUrl: "https://sms.example.com" },
    }),
  });
  const call = await bridge.telegram.waitFor(() => bridge.telegram.callsOf("setWebhook").at(-1), 8_000);
  const { url, secret_token: secret } = call.parameters;
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  const topic = await bridge.desk.topicOf("09120000000");
  await topic.shows("سلام");

  const deliver = (body: string, token = String(secret)) =>
    fetch(bridge.app.url + new URL(String(url)).pathname, {
      method: "POST",
      headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": token },
      body,
    });
  // Never the one customer's topic together with an operator and a text: that is an SMS.
  const part = wildJson(
    [
      "message_id",
      "date",
      "chat",
      "from",
      "id",
      "type",
      "text",
      "entities",
      "offset",
      "length",
      "reply_to_message",
      "data",
      "is_bot",
      "new_chat_members",
      "migrate_to_chat_id",
      "message",
    ],
    [
      bridge.group.chat.id,
      -100,
      1,
      "1",
      1e15,
      null,
      true,
      "/send",
      "/pair AAAA",
      "/contact",
      "p:a:1:x",
      "supergroup",
      "private",
      "bot_command",
      [],
      {},
    ],
  );
  const kinds = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "channel_post",
    "poll",
    "nonsense",
  ] as const;
  const update = fc
    .record({ update_id: fc.oneof(fc.nat(), fc.constantFrom("1", null, 1.5)), kind: fc.constantFrom(...kinds), part })
    .map(({ update_id, kind, part: value }) =>
      JSON.stringify({ update_id, [kind]: kind === "callback_query" ? { ...toObject(value), id: "1" } : value }),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 5, arbitrary: update }, { weight: 1, arbitrary: wildText() }),
      fc.boolean(),
      async (body, isForged) => {
        const answer = await deliver(body, isForged ? "forged" : undefined);
        expect(isForged ? [404] : [200, 400, 503]).toContain(answer.status);
        expect(await answer.text()).not.toMatch(/node_modules|Error:|\.[jt]s:\d/);
      },
    ),
    { numRuns: 150 },
  );
  expect(customer.received()).toEqual([]);
  const message = {
    message_id: 9_001,
    date: Math.floor(Date.now() / 1000),
    chat: bridge.group.chat,
    from: bridge.operators[0],
    message_thread_id: topic.id,
    is_topic_message: true,
    text: "در خدمتم",
  };
  expect((await deliver(JSON.stringify({ update_id: 2_000_000_000, message }))).status).toBe(200);
  await customer.gets("در خدمتم");
});

/** Telegram's presses have an id, or nobody could answer them. */
function toObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

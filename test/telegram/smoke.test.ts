import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import telegramTestApi from "telegram-test-api";
import { expect, onTestFinished, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { parseConfig } from "../../src/config/load.ts";
import { startAsanakSimulator } from "../../src/sandbox/asanak/server.ts";
import { silentLog } from "./silent-log.ts";

// A Telegram that nobody here wrote: the npm package telegram-test-api knows a few methods only, in private chats, and its
// answers are poorer than Telegram's. What holds on it does not hold because our simulator agrees with our adapter.

const token = "123456:smoke-test-token";
const inboxToken = "smoke-inbox-token-1234";
const chat = 1;

// A CommonJS module whose types name its default export as an ES module would.
const TelegramServer = telegramTestApi as unknown as typeof telegramTestApi.default;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

async function start() {
  const folder = await mkdtemp(join(tmpdir(), "chapar-smoke-"));
  const telegram = new TelegramServer({ port: await freePort(), host: "127.0.0.1" });
  await telegram.start();
  const panel = await startAsanakSimulator({ deliverAfterMs: 50 });
  const { config } = parseConfig(
    JSON.stringify({
      telegram: {
        token,
        apiRoot: telegram.config.apiURL,
        limits: { groupPerMinute: 1000, privatePerSecond: 1000, globalPerSecond: 1000 },
      },
      server: { port: 0 },
      store: "sqlite://chapar.sqlite",
      providers: {
        asanak: {
          kind: "asanak",
          username: panel.account.username,
          password: panel.account.password,
          baseUrl: panel.url,
          inboxToken,
          timeoutSeconds: 0.5,
          reportSeconds: [0.2, 0.5, 1, 2],
        },
      },
      lines: { [panel.account.lines[0] ?? ""]: { provider: "asanak", desk: "oncall" } },
      desks: { oncall: { chat, layout: "replies", language: "en" } },
    }),
    { file: join(folder, "config.json"), env: {} },
  );
  const app = await createApp(config, { log: silentLog });
  await app.start();
  panel.registerWebhook(`${app.url}/hooks/asanak/${inboxToken}`);
  onTestFinished(async () => {
    await app.stop();
    await panel.stop();
    await telegram.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return { telegram, panel, client: telegram.getClient(token, { chatId: chat, timeout: 5000 }) };
}

test("on a Telegram that nobody here wrote: an SMS is shown, answered, marked, and a button works", async () => {
  const { telegram, panel, client } = await start();
  const shown = async (text: string | RegExp) => {
    for (;;) {
      const { result } = await client.getUpdates();
      const found = result.find(({ message }) => String("text" in message ? message.text : "").match(text));
      if (found) return found;
    }
  };
  await panel.push({ from: "09121234567", to: panel.account.lines[0] ?? "", text: "disk is full" });
  const post = await shown("disk is full");

  const bot = { id: 666, is_bot: true, first_name: "Test", username: "test" };
  const reply = client.makeMessage("on it", {
    reply_to_message: {
      message_id: post.messageId,
      date: 1,
      from: bot,
      chat: { id: chat, type: "private", first_name: "a" },
    },
  } as Parameters<typeof client.makeMessage>[1]);
  await client.sendMessage(reply);
  await shown(/^✓/);
  expect(panel.ledger.map(({ text }) => text)).toEqual(["on it"]);

  await client.sendCommand(client.makeCommand("/help"));
  await shown("/send");

  panel.mode({ kind: "silent" });
  await client.sendMessage({ ...reply, text: "again" });
  const mark = await shown(/^⚠/);
  const buttons = "reply_markup" in mark.message ? JSON.stringify(mark.message.reply_markup) : "";
  const data = [...buttons.matchAll(/"callback_data":"([^"]+)"/g)].map(([, value = ""]) => value);
  expect(data).toHaveLength(2);
  await client.sendCallback(
    client.makeCallbackQuery(data[1] ?? "", { message: { message_id: mark.messageId } } as never),
  );
  const textOfMark = () => {
    const message = telegram.storage.botMessages.find(({ messageId }) => messageId === mark.messageId)?.message;
    return message && "text" in message ? String(message.text) : "";
  };
  await expect.poll(textOfMark, { timeout: 5000 }).toMatch(/^✓/);
  expect(panel.ledger).toHaveLength(2);
});

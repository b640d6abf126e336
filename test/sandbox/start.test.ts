import type { Server } from "node:http";
import express from "express";
import { Bot } from "grammy";
import { afterEach, beforeEach, expect, test } from "vitest";
import { playConversation } from "../../src/sandbox/demo.ts";
import { type Simulators, startSimulators } from "../../src/sandbox/start.ts";

let simulators: Simulators;
let web: Server | undefined;
let bot: Bot | undefined;

beforeEach(async () => {
  simulators = await startSimulators({ deliverAfterMs: 20, limits: "none" });
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  web?.closeAllConnections();
  web?.close();
  web = undefined;
  await simulators.stop();
});

async function serve(app: express.Express): Promise<string> {
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, "127.0.0.1", () => resolve(listening));
  });
  web = server;
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`;
}

function clientOf(url: string) {
  return {
    post: async (path: string, body: object) => {
      const response = await fetch(`${url}/sandbox${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    get: async (path: string) => (await (await fetch(`${url}/sandbox${path}`)).json()) as Record<string, unknown>,
  };
}

/** The least that can be called a bridge: it keeps nothing and survives nothing, but it speaks to both sides. */
async function startTinyBridge(): Promise<void> {
  const { telegram, desks, providers } = simulators.bridgeConfig();
  const tiny = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } });
  bot = tiny;
  const topics = new Map<string, number>();
  const app = express();
  app.get("/hooks/asanak/:token", async (request, response) => {
    const { Source, MsgBody } = request.query as Record<string, string>;
    const peer = Source ?? "";
    const topic = topics.get(peer) ?? (await tiny.api.createForumTopic(desks.support.chat, peer)).message_thread_id;
    topics.set(peer, topic);
    await tiny.api.sendMessage(desks.support.chat, MsgBody ?? "", { message_thread_id: topic });
    response.send("OK");
  });
  tiny.on("message:text", async (context) => {
    const [peer] = [...topics].find(([, topic]) => topic === context.msg.message_thread_id) ?? [];
    const asanak = providers.asanak;
    if (peer === undefined || !asanak) return;
    const login = { username: asanak.username, password: asanak.password };
    const ask = async (method: string, fields: object) => {
      const response = await fetch(`${asanak.baseUrl}/${method}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...login, ...fields }),
      });
      return ((await response.json()) as { data: unknown[] }).data;
    };
    const [id] = await ask("sendsms", { source: desks.support.line, destination: peer, message: context.msg.text });
    const mark = await context.reply("✓", { reply_parameters: { message_id: context.msgId } });
    for (;;) {
      const [status] = (await ask("msgstatus", { msgid: String(id) })) as { Status: string }[];
      if (status?.Status === "6") break;
    }
    await context.api.editMessageText(mark.chat.id, mark.message_id, "✓✓");
  });
  void tiny.start();
  simulators.connect(await serve(app));
}

test("the conversation plays to its end over a bridge, and both sides are printed", async () => {
  await startTinyBridge();
  const lines: string[] = [];
  await playConversation(simulators, (line) => lines.push(line));
  expect(lines.filter((line) => line.endsWith("  ✓✓"))).toHaveLength(2);
  expect(lines.some((line) => line.startsWith("← سرویس کامل"))).toBe(true);
  expect(simulators.phones.phone("09121234567").received()).toHaveLength(2);
  expect(simulators.asanak.ledger).toHaveLength(2);
  expect(simulators.telegram.violations).toEqual([]);
});

test("without a bridge the conversation fails and says where", async () => {
  await expect(playConversation(simulators, () => {})).rejects.toThrow("no address is registered for inbound SMS");
  simulators.connect("http://127.0.0.1:1");
  await expect(playConversation(simulators, () => {})).rejects.toThrow("the bridge answered 0 to the panel's push");
});

test("the configuration is plain JSON with what a bridge needs", () => {
  const config = simulators.bridgeConfig();
  expect(JSON.parse(JSON.stringify(config))).toEqual(config);
  expect(config).toMatchObject({
    telegram: { token: simulators.telegram.token, apiRoot: simulators.telegram.url },
    providers: { asanak: { kind: "asanak", baseUrl: simulators.asanak.url, desk: "support" } },
    lines: { "982164063188": { provider: "asanak", desk: "support" } },
    desks: { support: { chat: simulators.group.id, line: "982164063188" } },
  });
});

test("everything can be driven and seen over HTTP", async () => {
  const { group, asanak, telegram, operators } = simulators;
  const url = await serve(express().use(simulators.control));
  const { get, post } = clientOf(url);

  expect((await get("/")).routes).toContain("GET /sandbox/calls");
  expect(await post("/phones/09120000001/sms", { text: "سلام" })).toEqual({
    status: 409,
    body: { error: "no address is registered for inbound SMS" },
  });
  expect(await get("/phones/09120000001")).toMatchObject({
    number: "09120000001",
    isOn: true,
    thread: [{ text: "سلام" }],
  });
  expect((await post("/phones/09120000001/power", { on: false })).body).toEqual({ number: "09120000001", isOn: false });

  const [sara] = operators;
  const topic = group.createTopic(sara ?? telegram.bot, "0912");
  const said = await post("/telegram/say", { user: "رضا", topic: topic.id, text: "در خدمتم" });
  expect(said.body).toMatchObject({ text: "در خدمتم", topicId: topic.id, from: { name: "رضا" } });
  expect(await get("/telegram")).toMatchObject({ topics: [{ name: "0912", messages: [{}, { text: "در خدمتم" }] }] });
  expect((await post("/telegram/say", { user: "nobody", text: "x" })).status).toBe(409);
  expect((await post("/telegram/press", { message: 1 })).status).toBe(400);
  expect((await post("/telegram/press", { message: said.body.id, text: "Cancel" })).body.error).toMatch(
    /no button "Cancel"/,
  );

  expect((await post("/asanak/mode", { kind: "status", status: 503, on: "all" })).status).toBe(200);
  expect((await fetch(`${asanak.url}/getcredit`)).status).toBe(503);
  expect((await post("/asanak/mode", { kind: "odd" })).status).toBe(400);
  expect(await get("/calls")).toMatchObject({ telegram: [], asanak: [], sms: [], violations: [] });
});

test("stopping twice is safe and closes every port", async () => {
  await simulators.stop();
  await simulators.stop();
  const { telegram, asanak, soapPanel, mydnspanel } = simulators;
  for (const { url } of [telegram, asanak, soapPanel, mydnspanel]) await expect(fetch(url)).rejects.toThrow();
});

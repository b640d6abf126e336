import { expect, test } from "vitest";
import { panelKinds } from "../../src/sandbox/start.ts";
import { openPage } from "./open-page.ts";

test("the events tell a conversation as it goes on: SMS, topic, answer, tick, button, the calls on the wire", async () => {
  const { world, listen, post, callBot } = await openPage({ panels: panelKinds });
  const { phones, group, operators, telegram } = world;
  const [sara] = operators;
  if (!sara) throw new Error("there is no operator");
  await using events = await listen();
  expect(await events.until(() => true)).toMatchObject({
    panels: [
      { kind: "asanak", trouble: "none" },
      { kind: "soap-panel", trouble: "none" },
      { kind: "mydnspanel", trouble: "none" },
    ],
    telegram: { trouble: "limited", topics: [], operators: [{ name: "سارا" }, { name: "رضا" }, { name: "مینا" }] },
  });

  await expect(phones.phone("09120000001").sends("سلام")).rejects.toThrow("no address is registered");
  const written = await events.until(({ handsets }) => handsets[0]?.thread.length === 1);
  expect(written.handsets).toMatchObject([
    { number: "09120000001", isOn: true, thread: [{ direction: "sent", text: "سلام" }] },
  ]);

  await post("/phones/09120000001/power", { on: false });
  await events.until(({ handsets }) => handsets[0]?.isOn === false);

  const topic = group.createTopic(sara, "0912 000 0001");
  const answer = group.say(sara, "در خدمتم", { topic: topic.id });
  const { message_id: sent } = await callBot<{ message_id: number }>("sendMessage", {
    chat_id: group.id,
    message_thread_id: topic.id,
    text: "✓",
    reply_parameters: { message_id: answer.id },
    reply_markup: { inline_keyboard: [[{ text: "لغو", callback_data: "cancel" }]] },
  });
  const ticked = await events.until(({ telegram: { topics } }) => topics[0]?.messages.some(({ text }) => text === "✓"));
  expect(ticked.telegram.topics[0]?.messages.at(-1)).toMatchObject({ replyTo: answer.id, buttons: [["لغو"]] });
  await callBot("editMessageText", { chat_id: group.id, message_id: sent, text: "✓✓" });
  await callBot("sendMessage", { chat_id: 1, text: "x" });
  const last = await events.until(({ log }) => log.some(({ isBad }) => isBad));
  expect(last.telegram.topics[0]?.messages.at(-1)).toMatchObject({ text: "✓✓", isEdited: true });
  expect(last.log.map(({ asked, answered }) => `${asked} → ${answered}`)).toEqual([
    "→ push Source=09120000001 MsgBody=\u2068سلام\u2069 → undefined",
    `sendMessage topic ${topic.id} “\u2068✓\u2069” → ok, message ${sent}`,
    `editMessageText message ${sent} “\u2068✓✓\u2069” → ok, message ${sent}`,
    "sendMessage “x” → 400 Bad Request: chat not found",
  ]);
  expect(JSON.stringify(last)).not.toContain(telegram.token);
});

test("no secret of a panel is in the events, and an answer that never left is called so", async () => {
  const { world, listen, post } = await openPage({ panels: panelKinds });
  const { asanak, soapPanel, mydnspanel } = world;
  const login = { username: asanak.account.username, password: asanak.account.password };
  await using events = await listen();
  const form = { source: asanak.account.lines[0], destination: "09120000001", message: "سلام" };
  await post("/panels/asanak/trouble", { trouble: "silent" });
  const call = { method: "POST", headers: { "content-type": "application/json" } };
  const gone = new AbortController();
  const unanswered = fetch(`${asanak.url}/sendsms`, {
    ...call,
    body: JSON.stringify({ ...login, ...form }),
    signal: gone.signal,
  }).catch(() => "gone");
  const state = await events.until(({ log }) => log.some(({ asked }) => asked.startsWith("POST sendsms")));
  gone.abort();
  expect(await unanswered).toBe("gone");
  expect(state.panels[0]).toMatchObject({ kind: "asanak", trouble: "silent" });
  expect(state.log).toMatchObject([{ side: "asanak", isUnanswered: true, answered: "200" }]);
  await fetch(`${mydnspanel.url}?action=credit&key=${mydnspanel.account.apiKey}`);
  const text = JSON.stringify(await events.until(({ log }) => log.some(({ side }) => side === "mydnspanel")));
  for (const secret of [login.password, soapPanel.account.password, mydnspanel.account.apiKey]) {
    expect(text).not.toContain(secret);
  }
});

test("another choice of panels is seen at once; where no bridge belongs to the world, none can be started", async () => {
  const { world, listen, post } = await openPage({ panels: panelKinds });
  await using events = await listen();
  expect(await events.until(() => true)).toMatchObject({ choice: "all", bridge: { state: "down" } });
  expect(await post("/panels", { panel: "soap-panel" })).toEqual({ status: 200, body: { panel: "soap-panel" } });
  const chosen = await events.until(({ choice }) => choice === "soap-panel");
  expect(chosen.panels).toEqual([{ kind: "soap-panel", lines: ["30001234"], trouble: "none" }]);
  expect((await post("/phones/09120000001/sms", { text: "x", to: "982164063188" })).status).toBe(409);
  expect((await post("/phones/09120000001/sms", { text: "x" })).status).toBe(200);
  expect(world.soapPanel.received).toHaveLength(1);
  expect((await post("/panels/asanak/trouble", { trouble: "slow" })).status).toBe(404);
  expect((await post("/panels", { panel: "odd" })).status).toBe(400);
  expect(await post("/bridge", { do: "start" })).toEqual({
    status: 409,
    body: { error: "no bridge belongs to this world" },
  });
  expect(await post("/bridge", { do: "kill" })).toEqual({ status: 200, body: { state: "down" } });
});

import { expect, test } from "vitest";
import { panelKinds } from "../../src/sandbox/start.ts";
import { openPage } from "./open-page.ts";

test("a question that is repeated is one line with a count, and two sends are two lines", async () => {
  const { world, listen } = await openPage({ panels: panelKinds });
  const { asanak, mydnspanel } = world;
  const { username, password, lines } = asanak.account;
  const ask = () => fetch(`${mydnspanel.url}?action=credit&key=${mydnspanel.account.apiKey}`);
  const send = () =>
    fetch(`${asanak.url}/sendsms`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username, password, source: lines[0], destination: "09120000001", message: "x" }),
    });
  for (const call of [ask, send, ask, send, ask]) await call();
  await using events = await listen();
  const { log } = await events.until(() => true);
  expect(log.map(({ asked, times }) => [asked.split(" ").slice(0, 2).join(" "), times])).toEqual([
    ["GET credit", 3],
    ["POST sendsms", 1],
    ["POST sendsms", 1],
  ]);
});

test("a text that is cut in the log leaves no direction open, so that the rest of the line stays in its place", async () => {
  const { world, listen, callBot } = await openPage({ panels: panelKinds });
  const { group, operators } = world;
  const topic = group.createTopic(operators[0] ?? expect.fail("no operator"), "0912");
  const text = `✓ رسید «\u2068${"سلام ".repeat(30)}\u2069»`;
  await callBot("sendMessage", { chat_id: group.id, message_thread_id: topic.id, text });
  await using events = await listen();
  const { log } = await events.until(() => true);
  expect(log[0]?.asked).toMatch(/^sendMessage topic \d+ “\u2068✓ رسید «\u2068[^\u2066-\u2069]+…\u2069\u2069”$/);
});

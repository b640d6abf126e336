import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openTopic } from "./open-topic.ts";
import { startBridge } from "./start-bridge.ts";

const number = "09120000000";
const line = "982164063188";
const count = (texts: readonly string[], text: string) => texts.filter((one) => one.startsWith(text)).length;

test("a push repeated with the panel's same time is one SMS, also after a restart; with another time it is a new one", async () => {
  const { bridge, topic } = await openTopic();
  const sms = { from: number, to: line, text: "کجایید؟", time: "2026-11-22 12:00:00" };
  await bridge.asanak.push(sms);
  await topic.shows(sms.text);
  await bridge.restart();
  expect((await bridge.asanak.push(sms)).status).toBe(200);
  expect((await bridge.asanak.push({ ...sms, time: "2026-11-22 12:00:05" })).status).toBe(200);
  await bridge.telegram.waitFor(() => count(topic.texts(), sms.text) === 2, 8000);
  await pause(500);
  expect(count(topic.texts(), sms.text)).toBe(2);
});

test("without any time an equal text is a repeat, until we have answered or ten minutes have passed", async () => {
  const { bridge, customer, topic } = await openTopic({ speed: 60 });
  const push = () => bridge.asanak.push({ from: number, to: line, text: "بله", time: "" });
  for (let n = 0; n < 3; n++) expect((await push()).status).toBe(200);
  await topic.shows("بله");
  topic.operatorSays("چند عدد؟");
  await customer.gets("چند عدد؟", 600_000);
  for (let n = 0; n < 2; n++) await push();
  await bridge.telegram.waitFor(() => count(topic.texts(), "بله") === 2, 600_000, "the second one");
  await pause(10_500);
  await push();
  await bridge.telegram.waitFor(() => count(topic.texts(), "بله") === 3, 600_000, "the third one");
  await pause(300);
  expect(count(topic.texts(), "بله")).toBe(3);
});

test("two equal texts of one second are two SMS where the panel gives ids or a list, one where nothing tells them apart", async () => {
  const bridge = await startBridge({ panels: ["asanak", "soap-panel", "mydnspanel"] });
  bridge.mydnspanel.list({ without: ["id"] });
  const time = "2026-11-22T12:00:00";
  const twins = ["09120000001", "09120000002", "09120000003"] as const;
  for (const from of twins) bridge.phone(from);
  for (let n = 0; n < 2; n++) {
    await bridge.soapPanel.receive({ from: twins[0], to: "30001234", text: "الو" });
    await bridge.mydnspanel.receive({ from: twins[1], to: "50004321", text: "الو" });
    await bridge.asanak.push({ from: twins[2], to: line, text: "الو", time });
  }
  const texts = await Promise.all(
    twins.map(async (from) => {
      const topic = await bridge.desk.topicOf(from);
      await topic.shows("الو");
      return topic;
    }),
  );
  await pause(2000);
  expect(texts.map((topic) => count(topic.texts(), "الو"))).toEqual([2, 2, 1]);
});

test("a push whose caller hangs up before the answer is stored, and its repeat is the same SMS", async () => {
  const { bridge, topic } = await openTopic();
  const query = new URLSearchParams({
    Destination: line,
    Source: number,
    ReceiveTime: "2026-11-22 12:00:00",
    MsgBody: "قطع شد",
  });
  const [provider = "", token = ""] = Object.entries(bridge.config.providers).flatMap(([id, settings]) =>
    "inboxToken" in settings ? [id, String(settings.inboxToken)] : [],
  );
  const path = `/hooks/${provider}/${token}?${query}`;
  const { port } = new URL(bridge.app.url);
  const socket = connect(Number(port), "127.0.0.1");
  await new Promise<void>((resolve) => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: bridge\r\n\r\n`, () => {
      socket.destroy();
      resolve();
    });
  });
  await topic.shows("قطع شد");
  expect((await fetch(`${bridge.app.url}${path}`)).status).toBe(200);
  await pause(500);
  expect(count(topic.texts(), "قطع شد")).toBe(1);
});

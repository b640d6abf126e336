import { expect, test } from "vitest";
import { asanakHook } from "../../src/sandbox/bridge-config.ts";
import { panelKinds } from "../../src/sandbox/panels.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";

const line = "982164063188";
/** What people really send, and what nobody would. `kept`: what is left of it, where that is not all. */
const texts: readonly { readonly name: string; readonly text: string; readonly kept?: string }[] = [
  { name: "markup of every kind", text: "<b>نه</b> *ستاره* _خط_ `کد` [پیوند](http://a) {x} &amp; & ]]> 100% + ?" },
  { name: "emoji sequences", text: "👩‍👩‍👧‍👦🇮🇷👍🏽❤️" },
  { name: "marks of direction", text: "قیمت \u200f12\u200e و \u202bمتن\u202c و نیم‌فاصله" },
  { name: "control characters", text: "الف\u0000\u0007\u001b[31mب\u007f", kept: "الف[31mب" },
  { name: "halves of a letter", text: "الف\ud83dب\ude00پ", kept: "الف\ufffdب\ufffdپ" },
  { name: "an SMS of 4,097 characters", text: `${"پیام بلند ".repeat(409)}پایان!!` },
];

/** All that the bot wrote in a topic below its card, put together. */
function shownIn(bridge: Bridge, topic: number | undefined): string {
  const posts = bridge.desk
    .topicView(topic)
    .messages()
    .filter(({ from, service }) => from.isBot && service === undefined);
  return posts
    .slice(1)
    .map(({ text }) => text)
    .join("");
}

/** Telegram takes the spaces away at both ends of a message, so also where a text is cut. */
function unspaced(text: string): string {
  return text.replace(/\s/g, "");
}

/** As JSON, for a form cannot carry halves of letters. */
function push(bridge: Bridge, text: string): Promise<Response> {
  const body = JSON.stringify({ Source: "09120000000", Destination: line, MsgBody: text });
  const headers = { "content-type": "application/json" };
  return fetch(bridge.app.url + asanakHook, { method: "POST", headers, body });
}

test.for(texts)("into the desk: $name arrives whole, as text and no markup", async ({ text, kept = text }) => {
  const bridge = await startBridge();
  const customer = bridge.phone("09120000000");
  expect((await push(bridge, text)).status).toBe(200);
  const topic = await bridge.desk.topicOf(customer.number);
  const isWhole = () => unspaced(shownIn(bridge, topic.id)).length >= unspaced(kept).length;
  await bridge.telegram.waitFor(isWhole, 8_000, "the whole SMS");
  const shown = shownIn(bridge, topic.id);
  expect(kept.length > 4_096 ? unspaced(shown) : shown).toBe(kept.length > 4_096 ? unspaced(kept) : kept);
  for (const { parameters } of bridge.telegram.callsOf("sendMessage"))
    expect(parameters).not.toHaveProperty("parse_mode");
});

test("into the desk: a text of 100 kB arrives whole, in order", async () => {
  const bridge = await startBridge();
  const customer = bridge.phone("09120000000");
  const text = `${Array.from({ length: 7_400 }, (_, n) => `بند ${n}`).join("، ")} پایان`;
  expect(Buffer.byteLength(text)).toBeGreaterThan(100_000);
  expect((await push(bridge, text)).status).toBe(200);
  const topic = await bridge.desk.topicOf(customer.number);
  await topic.shows("پایان");
  expect(unspaced(shownIn(bridge, topic.id))).toBe(unspaced(text));
});

test("bytes that are no UTF-8 are shown as far as they can be read", async () => {
  const bridge = await startBridge();
  const customer = bridge.phone("09120000000");
  const head = `Source=${customer.number}&Destination=${line}&MsgBody=`;
  const hook = bridge.app.url + asanakHook;
  expect((await fetch(`${hook}?${head}%D8%B3%D9%84%FF%FE%D8`)).status).toBe(200);
  const body = Buffer.concat([Buffer.from(`${head}raw `), Buffer.from([0xff, 0xd8])]);
  expect((await fetch(hook, { method: "POST", body })).status).toBe(200);
  const topic = await bridge.desk.topicOf(customer.number);
  await topic.shows("سل\ufffd");
  await topic.shows("raw \ufffd");
});

test.for(panelKinds)(
  "out through %s: what reaches the handset is what the operator wrote",
  { timeout: 60_000 },
  async (kind) => {
    const bridge = await startBridge({
      panels: [kind],
      configure: (config) => ({ ...config, desks: { support: { ...config.desks.support, maxParts: 100 } } }),
    });
    const customer = bridge.phone("09120000000");
    await customer.sends("سلام");
    const topic = await bridge.desk.topicOf(customer.number);
    await topic.shows("سلام");
    // Telegram keeps control characters and halves of letters away; a message has 4,096 characters at most.
    const written = texts.filter(({ kept }) => kept === undefined).map(({ text }) => text.slice(0, 4_096));
    for (const text of written) topic.operatorSays(text);
    await bridge.telegram.waitFor(() => bridge.sentTo(customer).length >= written.length, 30_000, "every SMS");
    expect(bridge.sentTo(customer)).toEqual(written);
  },
);

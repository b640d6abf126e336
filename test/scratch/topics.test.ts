import { test } from "vitest";
import { appendFileSync, writeFileSync } from "node:fs";
import { openConversation, openTopic, withDesk } from "../scenarios/open-topic.ts";
import { startBridge } from "../scenarios/start-bridge.ts";
const show = (t: string) => t.replace(/\u2068/g, "⟦").replace(/\u2069/g, "⟧").replace(/\u00a0/g, "⍽");
const nap = (ms: number) => new Promise((r) => setTimeout(r, ms));

test.each(["fa", "en"] as const)("topics %s", async (language) => {
  const out = `/tmp/r2h-${language}.txt`; writeFileSync(out, "");
  const log = (s: string) => appendFileSync(out, `${show(s)}\n`);
  const { bridge, topic, customer } = await openTopic(withDesk({ language, undoSeconds: 5 }));
  const g = bridge.group; const [sara, reza] = bridge.operators; if (!sara || !reza) throw new Error("x");
  const dump = (what: string, ms: readonly { text: string; buttons: readonly (readonly string[])[] }[]) => { log(`--- ${what}`); for (const m of ms) log(`${m.text.slice(0, 700)}\n   ${JSON.stringify(m.buttons)}`); };
  const say = async (text: string, more = {}) => { const s = topic.operatorSays(text, more); await nap(900); dump(`SAID ${text} ${JSON.stringify(more).slice(0, 80)}`, s.marks()); return s; };
  g.renameTopic(sara, topic.id!, "VIP مشتری");
  await nap(500); log(JSON.stringify(g.topics()));
  await say("سلام جناب"); await nap(1500); log(JSON.stringify(g.topics()));
  const u = await say("اشتباه");
  const labels = u.marks()[0]?.buttons.flat() ?? []; 
  if (labels[0]) { const p = g.press(reza, u.marks()[0]!, labels[0]); await nap(800); log(JSON.stringify(p.answer)); dump("undone", u.marks()); }
  await say("/later 9 صبح", { replyTo: undefined });
  await say("/canned add s متن");
  const menu = await say("/canned");
  const fw = await say("/block", { forward: sara }); void fw;
  await say("سلام فوروارد", { forward: reza });
  await say("/name", { attach: "photo" });
  await say("/later فردا ۹ صبح سلام", { attach: "photo" });
  await say("", { sticker: "😀" });
  await say("", { attach: "voice" });
  await say("", { location: { latitude: 1, longitude: 1 } });
  g.closeTopic(sara, topic.id!); await customer.sends("در تاپیک بسته"); await nap(1500);
  dump("closed topic", topic.messages().slice(-2)); log(JSON.stringify(g.topics()));
  await say("جواب در بسته");
  g.reopenTopic(sara, topic.id!);
  await bridge.restart();
  const p = menu.marks()[0]?.buttons.flat()[0] ? g.press(reza, menu.marks()[0]!, menu.marks()[0]!.buttons.flat()[0]!) : undefined; await nap(800); log(`after restart ${JSON.stringify(p?.answer)}`); dump("menu", menu.marks());
  const gen = bridge.desk.topicView(undefined);
  g.deleteTopic(topic.id!); await nap(200);
  const later = gen.operatorSays("/who 09120000000"); await nap(900); dump("who deleted", later.marks()); log(JSON.stringify(later.marks()[0]?.entities.filter((e) => e.type === "text_link")));
  const s = gen.operatorSays("/send 09120000000 بعد از پاک شدن"); await nap(7000); dump("send", s.marks());
  log(JSON.stringify(g.topics())); dump("new topic", g.messages().slice(-4));
  await customer.sends("باز هم"); await nap(1500); log(JSON.stringify(g.topics())); dump("new topic", g.messages().slice(-5));
  log(`got ${JSON.stringify(customer.received())} ${JSON.stringify(bridge.problems)}`);
}, 200_000);

test.each(["fa", "en"] as const)("private %s", async (language) => {
  const out = `/tmp/r2i-${language}.txt`; writeFileSync(out, "");
  const log = (s: string) => appendFileSync(out, `${show(s)}\n`);
  let chat = 0;
  const bridge = await startBridge({ configure: (config) => { chat = 0; return { ...config, desks: { support: { ...config.desks.support, language, chat: 500000001 } } }; } });
  const [sara] = bridge.operators; if (!sara) throw new Error("x");
  const pc = bridge.telegram.privateChat(sara);
  const dump = (what: string, ms: readonly { text: string; buttons: readonly (readonly string[])[] }[]) => { log(`--- ${what}`); for (const m of ms) log(`${m.text.slice(0, 700)}\n   ${JSON.stringify(m.buttons)}`); };
  pc.say(sara, "/start"); await nap(800);
  const c = bridge.phone("09120000000"); await c.sends("سلام"); await nap(1500);
  dump("all", pc.messages());
  const post = pc.messages().filter((m) => m.from.isBot).at(-1)!;
  for (const [t, r] of [["بی‌پاسخ", false], ["پاسخ", true], ["/name علی", true], ["/desk", false], ["/desk", true], ["/who", true], ["/log", false], ["/export", false], ["/forget 09120000000", false], ["/canned", true], ["/bulk", false], ["/find 0912", false], ["/pair ABCD2345", false], ["/later +1h hi", true], ["/block", true]] as const) {
    const s = pc.say(sara, t, r ? { replyTo: post.id } : {}); await nap(700); dump(`SAID ${t} ${r}`, pc.messages().filter((m) => m.replyTo === s.id));
  }
  for (const l of pc.message(post.id)?.buttons.flat() ?? []) { const p = pc.press(sara, post.id, l); await nap(500); log(`${l} ${JSON.stringify(p.answer)}`); }
  log(JSON.stringify(bridge.problems) + chat);
}, 100_000);

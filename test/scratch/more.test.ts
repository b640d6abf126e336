import { test } from "vitest";
import { appendFileSync, writeFileSync } from "node:fs";
import { openConversation, openTopic, withDesk } from "../scenarios/open-topic.ts";
import { startBridge } from "../scenarios/start-bridge.ts";

const show = (t: string) => t.replace(/\u2068/g, "⟦").replace(/\u2069/g, "⟧").replace(/\u00a0/g, "⍽");
const nap = (ms: number) => new Promise((r) => setTimeout(r, ms));

test("made up presses", async () => {
  const out = `/tmp/r2e.txt`; writeFileSync(out, "");
  const log = (s: string) => appendFileSync(out, `${show(s)}\n`);
  const { bridge, topic } = await openTopic(withDesk({ chiefs: [] }));
  const [sara, reza] = bridge.operators; if (!sara || !reza) throw new Error("x");
  const g = bridge.group;
  const dump = (what: string, ms: readonly { text: string; buttons: readonly (readonly string[])[] }[]) => { log(`--- ${what}`); for (const m of ms) log(`${m.text.slice(0, 1200)}\n   ${JSON.stringify(m.buttons)}`); };
  const card = topic.messages().find(({ text }) => text.startsWith("👤"))!;
  // raw callback data through the simulator's world: fake an update by editing keyboard? use bot API directly
  const token = bridge.telegram.token; const api = bridge.telegram.url;
  const datas = ["", "x", "p:c:0:abc", "p:z:0:abc", "p:c:999999999:x", "c:", "k:claim", "o:zzz", "s", "s:m", "s:z", "s:l:fr", "s:a:nonsense", "s:u:99999999", "s:o:-500000001", "s:o:+1", "s:o:chosen", "s:c:+999", "s:d:99:99", "b:s:zz", "f:y:zz", "f:n:zz", "t:1:2", "n:1:2:3", "\u202e", "%s", "s:u:=", "s:r:1,2,3", "s:m:x"];
  for (let i = 0; i < datas.length; i += 1) {
    const r = await fetch(`${api}/bot${token}/sendMessage`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ chat_id: g.id, text: `button ${i}`, reply_markup: { inline_keyboard: [[{ text: "go", callback_data: datas[i] || "-" }]] } }) });
    const j = await r.json() as { ok: boolean; result?: { message_id: number } };
    if (!j.ok || !j.result) { log(`${datas[i]}: ${JSON.stringify(j)}`); continue; }
    const p = g.press(sara, j.result.message_id, "go");
    for (let k = 0; k < 30 && !p.answer; k++) await nap(100);
    await nap(100);
    const m = g.message(j.result.message_id)!;
    log(`DATA ${JSON.stringify(datas[i])} -> ${JSON.stringify(p.answer)} now: ${m.text.slice(0, 60).replace(/\n/g, "\\n")}`);
  }
  const d = topic.operatorSays("/desk"); await nap(800); dump("/desk", d.marks());
  // desk buttons by admin
  const dm = d.marks()[0]!;
  for (const l of dm.buttons.flat()) {
    const p = g.press(sara, g.message(dm.id)!, l); await nap(500);
    const m = g.message(dm.id)!; dump(`desk ${l} -> ${JSON.stringify(p.answer)}`, [m]);
    const back = m.buttons.flat().at(-1)!; g.press(sara, m, back); await nap(400);
  }
  // topic manipulations
  const del = topic.operatorSays("// x");
  void del; void card;
  // forget press by reza & double
  await openConversation(bridge, "09120000001");
  const f = topic.operatorSays("/forget 09120000001"); await nap(600);
  const fm = f.marks()[0]!;
  const ps = [g.press(reza, fm, fm.buttons.flat()[0]!), g.press(sara, fm, fm.buttons.flat()[0]!), g.press(sara, fm, fm.buttons.flat()[0]!), g.press(sara, fm, fm.buttons.flat()[1]!)];
  await nap(2500); log(JSON.stringify(ps.map((p) => p.answer)));
  dump("forget", [g.message(fm.id)!, ...g.messages("general").slice(-4)]);
  dump("topic end", topic.messages().slice(-4));
  const l = topic.operatorSays("/log"); const l2 = bridge.desk.topicView(undefined).operatorSays("/log"); await nap(800);
  dump("log topic", l.marks()); dump("log general", l2.marks());
  log(`problems ${JSON.stringify(bridge.problems)}`);
}, 200_000);

test.each(["fa", "en"] as const)("replies layout and prefix %s", async (language) => {
  const out = `/tmp/r2f-${language}.txt`; writeFileSync(out, "");
  const log = (s: string) => appendFileSync(out, `${show(s)}\n`);
  const bridge = await startBridge(withDesk({ language, layout: "replies", sends: "prefix", digestAt: "09:00" }));
  const g = bridge.group; const [sara] = bridge.operators; if (!sara) throw new Error("x");
  const dump = (what: string, ms: readonly { text: string; buttons: readonly (readonly string[])[] }[]) => { log(`--- ${what}`); for (const m of ms) log(`${m.text.slice(0, 1200)}\n   ${JSON.stringify(m.buttons)}`); };
  const c = bridge.phone("09120000000"); await c.sends("سلام 11 hello"); const c2 = bridge.phone("09120000001"); await c2.sends("۱۱"); await c2.sends("لغو"); await c2.sends("شروع");
  await nap(3000);
  dump("posts", g.messages().filter((m) => m.from.isBot));
  const post = g.messages().filter((m) => m.from.isBot && m.text.includes("hello"))[0]!;
  for (const t of ["سلام", ".سلام", "/name علی", "/block", "/unblock", "/who", "/later فردا ۹ صبح x", "/canned", "/log", "/contact", "/export", "// n", "."]) {
    const s = g.say(sara, t, { replyTo: post.id }); await nap(900); dump(`SAID ${t}`, g.messages().filter((m) => m.replyTo === s.id));
  }
  dump("posts", g.messages().filter((m) => m.from.isBot && m.replyTo === undefined));
  log(`got ${JSON.stringify(c.received())} ${JSON.stringify(c2.received())} ${JSON.stringify(bridge.problems)}`);
}, 200_000);

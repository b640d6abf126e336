import { test } from "vitest";
import { appendFileSync, writeFileSync } from "node:fs";
import { openConversation, openTopic, withDesk } from "../scenarios/open-topic.ts";
import { startBridge } from "../scenarios/start-bridge.ts";
const show = (t: string) => t.replace(/\u2068/g, "⟦").replace(/\u2069/g, "⟧").replace(/\u00a0/g, "⍽");
const nap = (ms: number) => new Promise((r) => setTimeout(r, ms));

test.each([["fa", "replies"], ["en", "topics"]] as const)("remind %s %s", async (language, layout) => {
  const out = `/tmp/r2g-${language}.txt`; writeFileSync(out, "");
  const log = (s: string) => appendFileSync(out, `${show(s)}\n`);
  const bridge = await startBridge({ ...withDesk({ language, layout, reminderSeconds: [600, 1800], closeAfterSeconds: 86400 }), speed: 200 });
  const g = bridge.group; const [sara, reza] = bridge.operators; if (!sara || !reza) throw new Error("x");
  const dump = (what: string, ms: readonly { text: string; buttons: readonly (readonly string[])[] }[]) => { log(`--- ${what}`); for (const m of ms) log(`${m.text.slice(0, 1200)}\n   ${JSON.stringify(m.buttons)}`); };
  const c = bridge.phone("09120000000"); await c.sends("سلام hello 1");
  await nap(5000);
  dump("one", g.messages().filter((m) => m.from.isBot));
  const rem = g.messages().filter((m) => m.text.startsWith("⏰")).at(-1);
  if (rem) { const s = g.say(sara, "پاسخ به یادآوری", { replyTo: rem.id, ...(rem.topicId ? { topic: rem.topicId } : {}) }); await nap(2500); dump("reply to reminder", g.messages().filter((m) => m.replyTo === s.id)); }
  const c2 = bridge.phone("09120000001"); await c2.sends("a"); await c.sends("b"); const c3 = bridge.phone("09120000002"); await c3.sends("c");
  await nap(1000);
  await nap(4500);
  const many = g.messages().filter((m) => m.text.startsWith("⏰")).at(-1);
  dump("many", g.messages().filter((m) => m.from.isBot).slice(-6));
  if (many) { const s = g.say(sara, "پاسخ به فهرست", { replyTo: many.id, ...(many.topicId ? { topic: many.topicId } : {}) }); await nap(2500); dump("reply to list", g.messages().filter((m) => m.replyTo === s.id)); }
  log(`got ${JSON.stringify(c.received())} ${JSON.stringify(c2.received())} ${JSON.stringify(c3.received())} ${JSON.stringify(bridge.problems)}`);
  if (layout === "topics") {
    // topics: rename, close, delete by a person via control
    const t = g.topics(); log(JSON.stringify(t));
    log(Object.keys(g).join(","));
  }
}, 200_000);

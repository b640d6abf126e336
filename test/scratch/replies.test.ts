import { test } from "vitest";
import { appendFileSync, writeFileSync } from "node:fs";
import { openConversation, openTopic, withDesk } from "../scenarios/open-topic.ts";
import { startBridge } from "../scenarios/start-bridge.ts";

const show = (t: string) => t.replace(/\u2068/g, "⟦").replace(/\u2069/g, "⟧").replace(/\u00a0/g, "⍽");
const nap = (ms: number) => new Promise((r) => setTimeout(r, ms));

test.each(["fa", "en"] as const)("replies %s", async (language) => {
  const out = `/tmp/r2d-${language}.txt`;
  writeFileSync(out, "");
  const log = (s: string) => appendFileSync(out, `${show(s)}\n`);
  const { bridge, topic, customer } = await openTopic(withDesk({ language, collisionSeconds: 60, undoSeconds: 0 }));
  const { topic: t2, customer: c2 } = await openConversation(bridge, "09120000001");
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) throw new Error("x");
  const g = bridge.group;
  const general = bridge.desk.topicView(undefined);
  const dump = (what: string, ms: readonly { text: string; buttons: readonly (readonly string[])[] }[]) => { log(`--- ${what}`); for (const m of ms) log(`${m.text.length > 900 ? m.text.slice(0, 700) + "…" + m.text.length : m.text}\n   ${JSON.stringify(m.buttons)}`); };
  const say = async (place: typeof topic, text: string, more = {}) => {
    const s = place.operatorSays(text, more);
    for (let i = 0; i < 30 && s.marks().length === 0; i++) await nap(100);
    await nap(300);
    dump(`SAID ${text.slice(0, 100).replace(/\n/g, "\\n")} ${JSON.stringify(more).slice(0, 120)}`, s.marks());
    return s;
  };
  // bulk
  const csv = "شماره,نام\n09120000000,علی\n09120000001,<b>سارا</b>\n0912x,بد\n09120000000,دوباره\n09120000002,\n";
  const b1 = await say(general, "/bulk سلام {نام}", { file: { name: "a.csv", content: csv } });
  await say(general, "/bulk سلام {خانواده}", { file: { name: "a.csv", content: csv } });
  await say(general, "/bulk سلام", { file: { name: "a.csv", content: "09120000000" } });
  await say(general, "/bulk hi {name}", { file: { name: "a.csv", content: "number,name\n09120000000,ali" } });
  await say(general, "/bulk hi {name", { file: { name: "a.csv", content: "number,name\n09120000000,ali" } });
  await say(general, "/bulk hi", { file: { name: "a.csv", content: "" } });
  await say(general, "/bulk hi", { file: { name: "a.csv", content: Array.from({ length: 20001 }, (_, i) => `0912${1000000 + i}`).join("\n") } });
  await say(general, "/bulk", { file: { name: "a.csv", content: "09120000000" } });
  await say(general, "/bulk hi", { attach: "photo" });
  await say(general, "bulk hi", { file: { name: "a.csv", content: "09120000000,x" } });
  await say(general, "", { file: { name: "names.csv", content: "number,name\n09120000000,\"علی\nدوم\"\n09120000003,<b>&amp;\n09120000004," + "ن".repeat(400) + "\nxx,yy\n" } });
  await say(general, "", { file: { name: "names.csv", content: "{}" } });
  await say(general, "", { file: { name: "names.csv", content: Array.from({ length: 20001 }, (_, i) => `0912${1000000 + i},n${i}`).join("\n") } });
  await say(general, "", { file: { name: "a.vcf", content: "BEGIN:VCARD\nVERSION:3.0\nFN:مینا\nTEL:09120000005\nTEL:09120000006\nEND:VCARD\nBEGIN:VCARD\nFN:\nTEL:0912\nEND:VCARD\nBEGIN:VCARD\nFN:No tel\nEND:VCARD\n" } });
  await say(topic, "", { file: { name: "a.vcf", content: "BEGIN:VCARD\nFN:مینا\nTEL:09120000005\nEND:VCARD\n" } });
  await say(general, "", { contact: { phone_number: "+989120000001", first_name: "سا\nرا\u202e" } });
  await say(topic, "", { contact: { phone_number: "hello", first_name: "x" } });
  // press bulk by both
  const bm = b1.marks()[0];
  if (bm?.buttons.flat().length) {
    const ps = [sara, reza].map((by) => g.press(by, bm, bm.buttons.flat()[0]!));
    await nap(3000);
    log(JSON.stringify(ps.map((p) => p.answer)));
    dump("bulk after", [g.message(bm.id)!, ...b1.marks()]);
    const s = g.say(sara, "reply to bulk progress", { replyTo: bm.id });
    await nap(1000);
    dump("reply to bulk", g.messages().filter((m) => m.replyTo === s.id));
  }
  // echo
  await say(general, "/send 09120000001 from outside");
  await nap(500);
  // replies to each of bot's messages
  const seen = new Set<string>();
  for (const m of g.messages().filter((m) => m.from.isBot)) {
    const key = m.text.slice(0, 12);
    if (seen.has(key)) continue;
    seen.add(key);
    const s = g.say(sara, "REPLY", { replyTo: m.id, ...(m.topicId === undefined ? {} : { topic: m.topicId }) } as never);
    for (let i = 0; i < 15 && !g.messages().some((x) => x.replyTo === s.id); i++) await nap(100);
    dump(`REPLY to [${m.topicId ?? "gen"}] ${m.text.slice(0, 80).replace(/\n/g, "\\n")}`, g.messages().filter((x) => x.replyTo === s.id));
    const edit = g.edit(s, "EDITED");
    await nap(200);
    void edit;
  }
  // collision + edits of commands
  const a = await say(topic, "یک", { by: sara });
  void a;
  const b = await say(topic, "دو", { by: reza });
  dump("collision", b.marks());
  for (const [from, to] of [["/name x", "/name y"], ["/canned add q hello", "/canned add q other"], ["/later +2h hello", "/later +3h hello"], ["/later +2h hello", "plain"], ["/send 09120000001 aaa", "/send 09120000002 aaa"], ["/block", "hello"], ["/forget 09120000001", "/forget 09120000000"], ["// note", "now text"], ["/zzz", "text now"], ["/export", "/export json"], ["/bulk", "x"]] as const) {
    const s = await say(topic, from);
    s.edit(to);
    await nap(900);
    dump(`EDIT ${from} -> ${to}`, s.marks());
  }
  await say(topic, "/unblock");
  await say(topic, "متن با\u00a0فاصله “نقل” ي ك  دو فاصله");
  await say(topic, "hello", { asAnonymousAdmin: true });
  await say(topic, "/desk", { asAnonymousAdmin: true });
  await say(topic, "/export", { by: reza });
  await say(topic, "/forget 09120000000", { by: reza });
  await say(topic, "/desk", { by: reza });
  await say(topic, "/desk", { replyTo: topic.messages().find((m) => m.text === "یک")!.id });
  await say(topic, "/canned", { replyTo: t2.messages().find((m) => m.text === "سلام")!.id });
  log(`received ${JSON.stringify(customer.received())} / ${JSON.stringify(c2.received())} problems ${JSON.stringify(bridge.problems)}`);
  const wrong = g.messages().filter((m) => m.text.length > 4096);
  log(`long ${wrong.length}`);
  for (const n of ["09120000002", "09120000003"]) bridge.phone(n);
}, 300_000);

import { test, expect } from "vitest";
import { appendFileSync, writeFileSync } from "node:fs";
import { openTopic, withDesk } from "../scenarios/open-topic.ts";

const big = "ب".repeat(3900);
const bigW = Array.from({ length: 700 }, (_, i) => `کلمه${i % 10}`).join(" ").slice(0, 4000);
const garbage = [
  "", " ", "😀", "😀😀😀 😀", "\u202eabc\u202c", "\u2067۱۲\u2069", "{", "{}", "{نام", "{name} {نام} {x}", "}{", "-", "--", "«»", "\"", "\"\"", "\"a", "<b>x</b>", "[a](http://x)", "`code`", "_*~|",
  "\u00a0\u00a0", "\u200c", "\n\n\n", "a\nb\nc", "09121234567", "09121234567 ", "۰۹۱۲۱۲۳۴۵۶۷ سلام", "0912", "+1", "00000000000000000000000000000000000000", "-1", "0", "NaN", "null", "__proto__", "constructor", "undefined", "/send", "//", "1405/13/45 25:99 x", "1405/12/30 10:00 x", "9", "+2h", "+999999999999999999999h x", "فردا", "9 9 9 9", "json", "json json", "1405/01/01 1405/01/02 json x", "add", "add x", "add x {y} z", "change", "remove", "remove x", "show", "show x", "list x", big, bigW,
];
const commands = ["status","zzz"];

test.each(["fa"] as const)("garbage %s", async (language) => {
  const out = `/tmp/r2b-${language}.txt`;
  writeFileSync(out, "");
  const { bridge, topic } = await openTopic(withDesk({ language, undoSeconds: 3600 }));
  const sara = bridge.operators[0]!;
  const places = [topic, bridge.desk.topicView(undefined)];
  for (const [p, place] of places.entries()) for (const c of commands) {
    const said: [string, ReturnType<typeof place.operatorSays>][] = [];
    for (const g of garbage) {
      const text = `/${c} ${g}`.slice(0, 4096).trimEnd();
      said.push([text, place.operatorSays(text)]);
    }
    await new Promise((r) => setTimeout(r, 400));
    for (let i = 0; i < 40; i++) { if (said.every(([, s]) => s.marks().length > 0)) break; await new Promise((r) => setTimeout(r, 50)); }
    for (const [text, s] of said) {
      const m = s.marks();
      const short = text.length > 120 ? text.slice(0, 60) + `…(${text.length})` : text;
      appendFileSync(out, `\n### ${p ? "GEN" : "TOPIC"} ${JSON.stringify(short)} -> ${m.length} answers\n`);
      for (const a of m) {
        const flags: string[] = [];
        const t = a.text;
        if (t.length > 3900) flags.push("LONG" + t.length);
        if (/^[a-z]+(-[a-z]+)+/m.test(t)) flags.push("KEY");
        if (/undefined|NaN|\[object|Infinity/.test(t) && !/undefined|NaN/.test(text)) flags.push("UNDEF");
        if (language === "fa" && /[A-Za-z0-9]/.test(t.replace(/\u2068[^\u2068\u2069]*\u2069/g, ""))) flags.push("NOISO");
        if (language === "en" && /[۰-۹]/.test(t) && !/[۰-۹]/.test(text)) flags.push("FADIGIT");
        for (const b of a.buttons.flat()) if (/^[a-z]+(-[a-z]+)+$/.test(b)) flags.push("BKEY " + b);
        const show = t.length > 700 ? t.slice(0, 500) + `…(${t.length})` : t;
        appendFileSync(out, `${flags.length ? "!!! " + flags.join(",") + "\n" : ""}${show.replace(/\u2068/g, "⟦").replace(/\u2069/g, "⟧").replace(/[\u200e\u200f\u202a-\u202e]/g, (x) => `<${x.charCodeAt(0).toString(16)}>`)}${a.buttons.length ? "\n  BTN " + JSON.stringify(a.buttons) : ""}\n`);
      }
    }
  }
  const sends = bridge.telegram.callsOf("sendMessage"); const by = new Map<number, unknown[]>(); for (const c of sends) { const r = (c.parameters as any).reply_parameters?.message_id; by.set(r, [...(by.get(r) ?? []), c]); }
  for (const [r, cs] of by) if (cs.length > 1 && r) appendFileSync(out, `DUP ${r} ${JSON.stringify(cs).slice(0, 1500)}\n`);
  appendFileSync(out, `\nproblems ${JSON.stringify(bridge.problems)}\n topics ${JSON.stringify(bridge.group.topics().map((t) => t.name))}`);
}, 300_000);

import { test } from "vitest";
import { appendFileSync, writeFileSync } from "node:fs";
import { openConversation, openTopic, withDesk } from "../scenarios/open-topic.ts";

const show = (t: string) => t.replace(/\u2068/g, "⟦").replace(/\u2069/g, "⟧").replace(/\u00a0/g, "⍽");
const nap = (ms: number) => new Promise((r) => setTimeout(r, ms));

test.each(["fa", "en"] as const)("buttons %s", async (language) => {
  const out = `/tmp/r2c-${language}.txt`;
  writeFileSync(out, "");
  const log = (s: string) => appendFileSync(out, `${show(s)}\n`);
  const { bridge, topic } = await openTopic(withDesk({ language, operators: undefined }));
  const { topic: t2 } = await openConversation(bridge, "09120000001");
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) throw new Error("x");
  const g = bridge.group;
  const stranger = bridge.telegram.user({ name: "غریبه\nدوم <b>", });
  const press = async (by: typeof sara, m: { id: number }, label: string, note = "") => {
    try {
      const p = g.press(by, m, label);
      await bridge.telegram.waitFor(() => p.answer, 8000).catch(() => undefined);
      log(`PRESS ${note} ${label} -> ${JSON.stringify(p.answer)}`);
    } catch (e) { log(`PRESS ${label} not possible: ${(e as Error).message}`); }
  };
  const dump = (what: string, ms: readonly { text: string; buttons: readonly (readonly string[])[] }[]) => { log(`--- ${what}`); for (const m of ms) log(`${m.text}\n   ${JSON.stringify(m.buttons)}`); };
  const card = () => topic.messages().find(({ text }) => text.startsWith("👤"))!;
  dump("card", [card()]);
  for (const label of card().buttons.flat()) await press(stranger, card(), label, "stranger");
  for (let i = 0; i < 2; i++) for (const label of [...card().buttons.flat()]) { await press(reza, card(), label, "reza"); await nap(300); dump("card", [card()]); }
  // canned / menus
  for (const text of ["/canned add نشانی سلام {نام|دوست} {شماره} {ساعت}", "/canned add \"دو کلمه\" x", "/canned add addr hello {name}", "/canned", "/canned نشانی", "/canned addr", "/canned show نشانی", "/canned list", "/canned add addr again", "/canned remove \"دو کلمه\"", "/canned change addr other {name|there}", "/later فردا ۹ صبح سلام دنیا", "/later +2h hi (there) 5", "/later", "/desk", "/who 09120000001", "/find 0912", "/find 1", "/log", "/forget 09120000001", "/name علی احمدی", "/find احمدی", "/who", "/log", "/template", "/template order-ready علی 12"]) {
    const s = topic.operatorSays(text);
    await bridge.telegram.waitFor(() => s.marks().length > 0, 5000).catch(() => undefined);
    await nap(300);
    dump(`SAID ${text}`, s.marks());
  }
  const later = topic.operatorSays("/later +3h سلام دوباره");
  await later.isMarked("⏳"); 
  for (const l of later.marks()[0]!.buttons.flat()) { await press(stranger, later.marks()[0]!, l, "stranger"); }
  const l0 = later.marks()[0]!.buttons.flat()[0]!;
  await Promise.all([press(sara, later.marks()[0]!, l0, "both"), press(reza, later.marks()[0]!, l0, "both")]);
  await nap(500); dump("later", later.marks());
  const lst = topic.operatorSays("/later"); await nap(600); dump("/later list", lst.marks());
  for (const l of lst.marks()[0]?.buttons.flat() ?? []) await press(reza, lst.marks()[0]!, l, "list");
  await nap(300); dump("/later list", lst.marks());
  await bridge.restart();
  const desk = topic.messages().filter(({ text }) => text.startsWith("⚙️")).at(-1)!;
  for (const l of desk.buttons.flat()) { await press(reza, desk, l, "desk reza"); await nap(200); dump("desk", [g.message(desk.id)!]); const back = g.message(desk.id)!.buttons.flat().at(-1)!; await press(sara, desk, back, "back"); await nap(200); }
  dump("all topic", topic.messages().slice(-12));
  dump("t2", t2.messages());
}, 300_000);

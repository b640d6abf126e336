import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../../src/store/open.ts";
import { deskConfig } from "../../../src/telegram/config.ts";
import { desksRules } from "../../../src/telegram/settings/desk-rules.ts";
import { openDeskSettings } from "../../../src/telegram/settings/desk-settings.ts";
import { codeOf, settingKinds } from "../../../src/telegram/settings/kinds.ts";
import { openOverrides, parseSetting, type SettingKey, settingKeys } from "../../../src/telegram/settings/overrides.ts";
import { createLiveTexts } from "../../../src/telegram/texts/live-texts.ts";
import { createTexts } from "../../../src/telegram/texts/texts.ts";
import type { DeskSettings } from "../../../src/telegram/types.ts";
import { makeFolder } from "../../store/folder.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { createFakeDesk } from "../bot-setup.ts";
import { silentLog } from "../silent-log.ts";

const { chat: _chat, line: _line, ...defaults } = deskConfig.parse({});
const noon = 1_764_144_000_000;
const day = 86_400_000;

/** The settings of a desk on a SQLite file, opened as often as a bridge is started. */
async function openFolder() {
  const file = join(await makeFolder(), "chapar.sqlite");
  const clock = createFakeClock(noon);
  let close: () => Promise<void> = async () => undefined;
  onTestFinished(() => close());
  return {
    clock,
    async open(configured: Partial<DeskSettings> = {}) {
      await close();
      const store = await openStore(`sqlite://${file}`, { clock, log: silentLog });
      close = () => store.close();
      const records = await openOverrides(store);
      const whole: DeskSettings = { ...defaults, id: "support", lines: ["1"], line: "1", ...configured };
      const opened = await openDeskSettings({ configured: whole, records, clock, log: silentLog });
      await opened.settle();
      return { ...opened, records };
    },
  };
}

test("what was set counts at once and after a restart, and only at its desk", async () => {
  const { open } = await openFolder();
  const { settings, changes } = await open();
  expect(await changes.change("language", () => "en")).toBe("done");
  expect(await changes.change("language", () => "en")).toBe("same");
  expect(settings.language).toBe("en");
  expect((await open({ id: "sales" })).settings.language).toBe("fa");
  const again = await open();
  expect(again.settings.language).toBe("en");
  expect(again.changes.of("language")).toMatchObject({ value: "en", from: "fa", at: noon });
});

test("the configuration's own value takes away what was set", async () => {
  const { open } = await openFolder();
  const { settings, changes } = await open({ digestAt: "21:00" });
  expect(await changes.change("digestAt", () => undefined)).toBe("done");
  expect(settings.digestAt).toBeUndefined();
  expect((await open({ digestAt: "21:00" })).settings.digestAt).toBeUndefined();
  const again = await open({ digestAt: "21:00" });
  expect(await again.changes.change("digestAt", () => again.changes.configured("digestAt"))).toBe("done");
  expect(again.settings.digestAt).toBe("21:00");
  expect(again.changes.of("digestAt")).toBeUndefined();
  expect(await again.records.get("support/digestAt")).toBeUndefined();
});

test("a value that is changed in the configuration wins, is told for a month, and what was set never comes back", async () => {
  const { open, clock } = await openFolder();
  const first = await open({ undoSeconds: 5, maxParts: 4 });
  await first.changes.change("undoSeconds", () => 30);
  await first.changes.change("maxParts", () => 2);
  const second = await open({ undoSeconds: 10, maxParts: 4 });
  expect(second.settings).toMatchObject({ undoSeconds: 10, maxParts: 2 });
  expect(second.changes.of("undoSeconds")).toMatchObject({ isDropped: true });
  const back = await open({ undoSeconds: 5, maxParts: 4 });
  expect(back.settings).toMatchObject({ undoSeconds: 5, maxParts: 2 });
  expect(back.changes.of("undoSeconds")?.isDropped).toBe(true);
  clock.pass(31 * day);
  expect((await open({ undoSeconds: 5, maxParts: 4 })).changes.of("undoSeconds")).toBeUndefined();
});

test("what is set anew after that counts again", async () => {
  const { open } = await openFolder();
  await (await open({ undoSeconds: 5 })).changes.change("undoSeconds", () => 30);
  await (await open({ undoSeconds: 10 })).changes.change("undoSeconds", () => 60);
  const again = await open({ undoSeconds: 10 });
  expect(again.settings.undoSeconds).toBe(60);
  expect(again.changes.of("undoSeconds")?.isDropped).toBeUndefined();
});

test("of two changes at once the later one counts, in the store too, and none is lost where each adds somebody", async () => {
  const { open } = await openFolder();
  const { settings, changes } = await open();
  const add = (id: number) => changes.change("chiefs", (now) => (Array.isArray(now) ? [...now, id] : now));
  await Promise.all([changes.change("ticks", () => "reaction"), changes.change("ticks", () => "off"), add(1), add(2)]);
  expect(settings).toMatchObject({ ticks: "off", chiefs: [1, 2] });
  expect((await open()).settings).toMatchObject({ ticks: "off", chiefs: [1, 2] });
});

test.each([
  ["language", "de"],
  ["undoSeconds", -1],
  ["undoSeconds", Number.NaN],
  ["maxParts", 1.5],
  ["digestAt", "25:00"],
  ["operators", []],
  ["chiefs", ["sara"]],
] as const)("what no configuration may have is refused: %s %j", async (key, value) => {
  const { open } = await openFolder();
  const { settings, changes } = await open();
  const before = { ...settings };
  expect(await changes.change(key, () => value)).toBe("refused");
  expect(settings).toEqual(before);
  expect((await open()).settings).toEqual(before);
});

test("each setting can be chosen by code, fits what the configuration takes, and has a letter of its own", () => {
  expect(new Set(settingKeys.map((key) => settingKinds[key].letter)).size).toBe(settingKeys.length);
  for (const key of settingKeys) {
    const { choices, parse } = settingKinds[key];
    const own = codeOf(defaults[key]);
    for (const code of [...choices, own]) {
      const parsed = parseSetting(key, parse(code));
      expect(parsed && codeOf(parsed.value), `${key} ${code}`).toBe(code);
    }
  }
});

const texts = { fa: createTexts("fa"), en: createTexts("en") };

test.each<[SettingKey, unknown, object]>([
  ["undoSeconds", 30, { undoMs: 30_000 }],
  ["collisionSeconds", 0, { collisionMs: 0 }],
  ["maxParts", 2, { maxParts: 2 }],
  ["reminderSeconds", [60], { followUp: { reminderMs: [60_000] } }],
  ["closeAfterSeconds", 0, { followUp: { closeAfterMs: 0 } }],
  ["chiefs", [7], { followUp: { hasChiefs: true } }],
  ["digestAt", "21:00", { digestTimes: { from: noon } }],
  ["language", "en", { confirmations: { back: expect.stringContaining("send STOP") } }],
])("core holds to a new %s without a restart", async (key, value, rules) => {
  const { open } = await openFolder();
  const { settings, changes } = await open();
  const desk = { ...createFakeDesk(), settings, changes, texts: createLiveTexts(settings, texts) };
  const live = desksRules(desk, "Asia/Tehran");
  expect(live).not.toMatchObject(rules);
  await changes.change(key, () => value);
  expect(live).toMatchObject(rules);
});

test("a digest that is switched off has no times any more", async () => {
  const { open } = await openFolder();
  const { settings, changes } = await open({ digestAt: "21:00" });
  const live = desksRules({ ...createFakeDesk(), settings, changes }, "Asia/Tehran");
  expect(live.digestTimes).toBeDefined();
  await changes.change("digestAt", () => undefined);
  expect(live.digestTimes).toBeUndefined();
});

test("sentences are in the language that the desk has when they are said, and a card tells what becomes an SMS then", () => {
  const settings: { language: "fa" | "en"; sends: "all" | "prefix" } = { language: "fa", sends: "all" };
  const both = { fa: createTexts("fa", { settings }), en: createTexts("en", { settings }) };
  const live = createLiveTexts(settings, both);
  expect(live.say("setting-language")).toBe("زبان");
  settings.language = "en";
  settings.sends = "prefix";
  expect(live.language).toBe("en");
  expect(live.say("setting-language")).toBe("Language");
  const conversation = { id: "support/+989120000000", desk: "support", peer: "+989120000000", seq: 1, activeAt: 1 };
  expect(live.card(conversation).text).toContain("begins with a dot");
});

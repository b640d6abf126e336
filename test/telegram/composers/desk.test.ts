import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../../src/store/open.ts";
import { openDeskSettings } from "../../../src/telegram/settings/desk-settings.ts";
import { openOverrides } from "../../../src/telegram/settings/overrides.ts";
import { createLiveTexts } from "../../../src/telegram/texts/live-texts.ts";
import { createTexts } from "../../../src/telegram/texts/texts.ts";
import type { DeskSettings, Rendered } from "../../../src/telegram/types.ts";
import { makeFolder } from "../../store/folder.ts";
import { type SetupOptions, startBot } from "../bot-setup.ts";
import { silentLog } from "../silent-log.ts";

/** The bot, with the settings of its desk on a SQLite file. Ali owns the group, Sara is a member. */
async function start(options: SetupOptions = {}) {
  const bot = await startBot(options);
  onTestFinished(bot.stop);
  const { clock, desk, group, person, simulator } = bot;
  const store = await openStore(`sqlite://${join(await makeFolder(), "chapar.sqlite")}`, { clock, log: silentLog });
  onTestFinished(() => store.close());
  const records = await openOverrides(store);
  const views: Rendered[] = [];
  const entries = new Map<string, object>();

  async function open(configured: Partial<DeskSettings> = {}): Promise<void> {
    const whole = { ...desk.settings, ...configured };
    const opened = await openDeskSettings({ configured: whole, records, clock, log: silentLog });
    const texts = createLiveTexts(opened.settings, { fa: createTexts("fa"), en: createTexts("en") });
    const rewrite = (_: number, what: Rendered) => void views.push(what);
    Object.assign(desk, { settings: opened.settings, changes: opened.changes, texts, rewrite });
  }
  await open();
  Object.assign(bot.bridge.journal, {
    async noting(entry: { id: string }, run: () => Promise<unknown>, effectOf: (result: unknown) => string) {
      const result = await run();
      if (effectOf(result) === "done") entries.set(entry.id, entry);
      return result;
    },
  });
  const ali = person({ name: "Ali" });
  group.add(ali, "creator");

  const labelsOf = (what: Rendered | undefined) => what?.keyboard?.flat().map(({ text }) => text) ?? [];
  return {
    ...bot,
    ali,
    open,
    views,
    entries: () => [...entries.values()],
    labelsOf,
    async ask(by = ali, more: { replyTo?: number } = {}) {
      group.say(by, "/desk", more);
      await bot.settled();
      return desk.answers.at(-1)?.what;
    },
    /** Presses a button of a message that the bot could have sent here. */
    async press(data: string, by = ali) {
      const sent = await bot.telegram.bot.api.sendMessage(group.id, "⚙️", {
        reply_markup: { inline_keyboard: [[{ text: data, callback_data: data }]] },
      });
      const press = group.press(by, { id: sent.message_id }, data);
      await simulator.waitFor(() => press.answer, 8000);
      await bot.settled();
      return press.answer;
    },
  };
}

test("/desk lists the settings as they stand, with a button for each, and what the bot still needs", async () => {
  const { ask, labelsOf } = await start({ group: { rights: { can_manage_topics: false } } });
  const view = await ask();
  expect(view?.text).toContain("Settings of “support”");
  expect(view?.text).toContain("Reminders: 10 minutes, 30 minutes, 2 hours");
  expect(view?.text).toContain("Closing: 7 days");
  expect(view?.text).toContain("the right “Manage Topics”");
  expect(view?.text).not.toContain("✎");
  expect(labelsOf(view)).toHaveLength(11);
});

test("it says so where nothing is lacking, and does nothing for anybody while Telegram does not say who decides", async () => {
  const { ask, simulator } = await start();
  expect((await ask())?.text).toContain("every right I need");
  const heal = simulator.fail("getChatMember", { code: 500, description: "Internal", times: 100 });
  expect((await ask())?.text).toContain("could not ask Telegram");
  heal();
});

test("who is no administrator is told so and sees nothing; whoever is no operator either hears nothing", async () => {
  const { ask, sara, desk, open, press, views } = await start();
  expect((await ask(sara))?.text).toBe("Only an administrator of this chat can do that.");
  expect(await press("s:l:en", sara)).toMatchObject({
    showAlert: true,
    text: expect.stringContaining("administrator"),
  });
  expect(views).toEqual([]);
  await open({ operators: [1] });
  desk.answers.length = 0;
  await ask(sara);
  expect(desk.answers).toEqual([]);
});

test("an administrator who is on no list of operators can still change that", async () => {
  const { ask, open, press, desk } = await start();
  await open({ operators: [1] });
  expect((await ask())?.text).toContain("Who may answer: 1 person");
  await press("s:o:members");
  expect(desk.settings.operators).toBe("members");
});

test("a setting shows what it may be with the present one marked, and a choice goes back to the list", async () => {
  const { press, views, labelsOf, desk, entries } = await start();
  await press("s:u");
  expect(views[0]?.text).toContain("Time to undo");
  expect(labelsOf(views[0])).toEqual(["• leaves at once", "5 seconds", "10 seconds", "30 seconds", "1 minute", "Back"]);
  expect((await press("s:u:30"))?.text).toBe("Done. It counts from now on.");
  expect(desk.settings.undoSeconds).toBe(30);
  expect(views[1]?.text).toContain("Time to undo: 30 seconds ✎");
  expect(entries()).toMatchObject([
    { what: "setting", by: { name: "Ali" }, facts: { name: "undoSeconds", value: "30" } },
  ]);
  expect((await press("s:u:30"))?.text).toBe("It was so already.");
  expect(entries()).toHaveLength(1);
  await press("s:u");
  expect(labelsOf(views.at(-1))).toContain("As on the server: leaves at once");
  await press("s:u:=");
  expect(desk.settings.undoSeconds).toBe(0);
  expect(views.at(-1)?.text).not.toContain("✎");
});

test("what is configured and among no choices is shown as the present one", async () => {
  const { open, press, views, labelsOf } = await start();
  await open({ undoSeconds: 45 });
  await press("s:u");
  expect(labelsOf(views[0])[0]).toBe("• 45 seconds");
});

test("a new language is spoken at once, in the message itself and in the list of commands", async () => {
  const { press, views, simulator } = await start();
  const before = simulator.callsOf("setMyCommands").length;
  await press("s:l:fa");
  expect(views[0]?.text).toContain("زبان: فارسی ✎");
  await simulator.waitFor(() => simulator.callsOf("setMyCommands").length > before, 8000);
});

test("chiefs are chosen among the administrators and by a reply to whoever is none, by name", async () => {
  const { ask, press, views, labelsOf, desk, ali, sara, group, entries } = await start();
  await press("s:c");
  expect(labelsOf(views[0])).toEqual(["Ali", "Back"]);
  await press(`s:c:+${ali.id}`);
  expect(labelsOf(views[1])).toEqual(["• Ali", "As on the server: nobody", "Back"]);
  const view = await ask(ali, { replyTo: group.say(sara, "hello").id });
  expect(view?.text).toContain("👤 Sara");
  expect(labelsOf(view)).toEqual(["Told in private", "Back"]);
  await Promise.all([press(`s:c:+${sara.id}`), press(`s:c:+${sara.id}`)]);
  expect(desk.settings.chiefs).toEqual([ali.id, sara.id]);
  expect(labelsOf(views.at(-1)).slice(0, 2)).toEqual(["• Ali", "• Sara"]);
  await press(`s:c:-${ali.id}`);
  expect(desk.settings.chiefs).toEqual([sara.id]);
  expect(entries().map((entry) => entry)).toMatchObject([
    { facts: { name: "chiefs", value: "+Ali" } },
    { facts: { name: "chiefs", value: "+Sara" } },
    { facts: { name: "chiefs", value: "-Ali" } },
  ]);
});

test("some people as operators are the administrators at first, never nobody", async () => {
  const { press, views, labelsOf, desk, ali, sara } = await start();
  await press("s:o");
  expect(labelsOf(views[0])).toEqual(["• everybody in this chat", "Only some people", "Back"]);
  await press("s:o:chosen");
  expect(desk.settings.operators).toEqual([ali.id]);
  expect(await press(`s:o:-${ali.id}`)).toMatchObject({
    showAlert: true,
    text: expect.stringContaining("Add another"),
  });
  await press(`s:o:+${sara.id}`);
  await press(`s:o:-${ali.id}`);
  expect(desk.settings.operators).toEqual([sara.id]);
});

test("what the configuration has overtaken is told in the list", async () => {
  const { open, press, ask } = await start();
  await press("s:u:30");
  await open({ undoSeconds: 5 });
  const view = await ask();
  expect(view?.text).toContain("Time to undo: 5 seconds");
  expect(view?.text).not.toContain("✎");
  expect(view?.text).toContain("changed in the configuration on the server since, which counts: Time to undo");
});

test.each(["s:l:de", "s:u:-3", "s:u:x", "s:p:0", "s:d:27:00", "s:r:a,b"])(
  "a choice that no button of ours offers is refused: %s",
  async (data) => {
    const { press, desk, entries } = await start();
    const before = { ...desk.settings };
    expect(await press(data)).toMatchObject({ showAlert: true });
    expect(desk.settings).toEqual(before);
    expect(entries()).toEqual([]);
  },
);

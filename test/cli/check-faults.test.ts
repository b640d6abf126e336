import { expect, test, vi } from "vitest";
import { panelKinds } from "../../src/sandbox/start.ts";
import { type Fault, namesWhatBreaks, type Raw, readDocument, withLine } from "./name-one-fault.ts";
import { leadTo, startAnswering } from "./start-answering.ts";
import { call, startWorld, type World } from "./start-world.ts";

vi.setConfig({ testTimeout: 30_000 });

const desk = (raw: Raw, change: object) => ({ ...raw, desks: { support: { ...raw.desks.support, ...change } } });
const subject = "support";

const atTelegram: readonly Fault[] = [
  {
    name: "a wrong token",
    breaks: (_, raw) => ({ ...raw, telegram: { ...raw.telegram, token: "1:wrong-token-of-somebody-else" } }),
    code: "telegram.bad-token",
    subject: "telegram",
    advice: /@BotFather/,
  },
  {
    name: "no way to Telegram",
    breaks: ({ telegram }) => telegram.network.refuse(),
    code: "telegram.unreachable",
    subject: "telegram",
    advice: /Iran set telegram\.proxy/,
  },
  {
    name: "a page of somebody else's in place of Telegram",
    breaks: ({ telegram }) => void telegram.network.fault({ kind: "html" }),
    code: "telegram.unreachable",
    subject: "telegram",
    advice: /telegram\.proxy/,
  },
  ...["null", "{}", '"x"'].map((result) => ({
    name: `something that answers ${result} in Telegram's way and is not Telegram`,
    breaks: ({ telegram }: World) =>
      void telegram.network.fault({ kind: "status", status: 200, body: `{"ok":true,"result":${result}}` }),
    code: "telegram.unreachable",
    subject: "telegram",
    advice: /telegram\.apiRoot/,
  })),
  {
    name: "a bot that Telegram holds back",
    breaks: ({ telegram }) =>
      void telegram.fail("getMe", { code: 429, description: "Too Many Requests: retry after 5", times: 9 }),
    code: "telegram.refused",
    subject: "telegram",
    advice: /again/,
  },
  {
    name: "a bot that has left",
    breaks: ({ group }) => group.setBot("left"),
    code: "desk.not-in-chat",
    subject,
    advice: /add the bot/,
  },
  {
    name: "a chat that is not there",
    breaks: (_, raw) => desk(raw, { chat: -1009999 }),
    code: "desk.not-in-chat",
    subject,
    advice: /correct the id/,
  },
  {
    name: "a group without topics where they are wanted",
    breaks({ group }, raw) {
      group.setForum(false);
      return desk(raw, { layout: "topics" });
    },
    code: "desk.no-topics",
    subject,
    advice: /turn Topics on/,
  },
  {
    name: "no right to manage topics",
    breaks: ({ group }) => group.setBot("administrator", { can_manage_topics: false }),
    code: "desk.no-topic-right",
    subject,
    advice: /give it this right/,
  },
  {
    name: "a forum in which the bot is no administrator",
    breaks: ({ group }) => group.setBot("member"),
    code: "desk.not-administrator",
    subject,
    advice: /administrator with the right "Manage Topics"/,
  },
  {
    name: "privacy mode in a group of replies",
    breaks({ group }, raw) {
      group.setForum(false);
      group.setBot("member");
      return desk(raw, { layout: "replies" });
    },
    code: "desk.privacy-on",
    subject,
    advice: /setprivacy/,
  },
  {
    name: "a group that has become a supergroup",
    breaks({ telegram }, raw) {
      const old = telegram.group({ basic: true });
      old.migrate({ forum: true });
      return desk(raw, { chat: old.id });
    },
    code: "desk.migrated",
    subject,
    advice: /set desks\.support\.chat to -100\d+/,
  },
  {
    name: "a chat of which Telegram does not tell",
    breaks: ({ telegram }) =>
      void telegram.fail("getChat", { code: 400, description: "Bad Request: something new", times: 9 }),
    code: "desk.refused",
    subject,
    advice: /again/,
  },
  {
    name: "a group in which members may not write",
    async breaks({ telegram, group }, raw) {
      group.setForum(false);
      group.setBot("member");
      const silence = (answer: string) => answer.replace('"can_send_messages":true', '"can_send_messages":false');
      const apiRoot = await startAnswering(leadTo(() => telegram.url, silence));
      return { ...desk(raw, { layout: "replies" }), telegram: { ...raw.telegram, apiRoot } };
    },
    code: "desk.cannot-write",
    subject,
    advice: /administrator/,
  },
  {
    name: "topics wanted in a private chat of a bot that has none there",
    breaks({ telegram, operators: [owner] }, raw) {
      if (owner) telegram.privateChat(owner);
      return desk(raw, { chat: owner?.id, layout: "topics" });
    },
    code: "desk.no-topics",
    subject,
    advice: /@BotFather/,
  },
  {
    name: "a desk that is not paired",
    breaks: (_, raw) => ({ ...raw, desks: { support: { line: raw.desks.support.line } } }),
    code: "desk.not-paired",
    subject,
    advice: /\/pair [A-Z2-9]{8}/,
  },
];

test.each(atTelegram)("$name is named, and nothing else", async ({ breaks, ...named }) => {
  await namesWhatBreaks(breaks, named);
});

test("where nothing is wrong nothing is named, in both forms", async () => {
  const world = await startWorld({ panels: panelKinds });
  const document = readDocument(await call(["check", "--config", world.file, "--json"]));
  expect(document).toMatchObject({ ok: true, exitCode: 0 });
  expect(document.findings.map(({ code }) => code)).toContain("desk.ready");
  const { out } = await call(["check", "--config", world.file]);
  expect(out).not.toMatch(/✗|why: /);
  expect(out.split("\n").at(-1)).toBe("all is well");
});

test("two faults that have nothing to do with each other are both named", async () => {
  const world = await startWorld({ panels: panelKinds });
  Object.assign(world.soapPanel.account, { credit: 0 });
  await world.configure((raw) => withLine(raw, "30009999", "panel"));
  const { findings } = readDocument(await call(["check", "--config", world.file, "--json"]));
  expect(findings.filter(({ kind }) => kind === "bad").map(({ code }) => code)).toEqual([
    "provider.no-credit",
    "line.not-active",
  ]);
  expect((await call(["check", "--config", world.file])).out.split("\n").at(-1)).toBe("2 things are wrong");
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { claimed, newConversation, withInbound } from "../../../src/core/model/conversation.ts";
import type { Inbound } from "../../../src/core/model/message.ts";
import { hideCodes } from "../../../src/core/model/one-time-code.ts";
import { threadOf } from "../../../src/core/model/thread.ts";
import type { Group, GroupOptions } from "../../../src/sandbox/telegram/group.ts";
import type { TelegramSimulator } from "../../../src/sandbox/telegram/server.ts";
import { createTexts } from "../../../src/telegram/texts/texts.ts";
import { partsOfPlace } from "../../../src/telegram/types.ts";
import {
  closeSetup,
  type DeskSetup,
  inbound,
  openDesk,
  peer,
  type SetupOptions,
  startSimulator,
} from "../desk-setup.ts";

const code = "Your login code: 048213";
const hidden = "Your login code: ••••••";
const masked = { hideCodesAfterMs: 1000 };
const sara = { id: "7", name: "Sara" };

let simulator: TelegramSimulator;
let group: Group;
let setup: DeskSetup;

beforeEach(async () => {
  simulator = await startSimulator();
});

afterEach(() => closeSetup(setup));

async function start(inGroup: GroupOptions = {}, options: Partial<SetupOptions> = {}): Promise<void> {
  group = simulator.group({ forum: true, rights: { can_pin_messages: false }, ...inGroup });
  setup = await openDesk({ simulator, chat: group.id, ...options });
}

const standing = (sms: Inbound) => withInbound(newConversation(threadOf("support", sms.peer), 1), sms);
const conversationOf = (sms: Inbound) => async () => standing(sms);
const hiddenIn = (sms: Inbound): Inbound => ({ ...sms, text: hideCodes(sms.text) });
/** What stands at a place now. */
const seen = (place: string) => group.message(partsOfPlace(place).messageId);

async function hide(post: string, ...sms: readonly Inbound[]): Promise<void> {
  const [first] = sms;
  if (!first) throw new Error("no sms");
  await setup.desk.hideCodes({
    post,
    sms: sms.map((message) => ({ message: hiddenIn(message) })),
    read: conversationOf(first),
  });
}

test("a code is hidden where it stands, and its button goes, after a restart too", async () => {
  await start();
  await setup.desk.post(inbound({ text: "hello" }));
  const sms = inbound({ text: code, ...masked });
  const { post } = await setup.desk.post(sms);
  expect(seen(post)?.copies).toEqual([{ label: "Copy code 048213", text: "048213" }]);
  const desk = await setup.restart();
  await desk.hideCodes({ post, sms: [{ message: hiddenIn(sms) }], read: conversationOf(sms) });
  expect(seen(post)).toMatchObject({ text: hidden, buttons: [] });
  // Done is done.
  await desk.hideCodes({ post, sms: [{ message: hiddenIn(sms) }], read: conversationOf(sms) });
  expect(simulator.callsOf("editMessageText")).toHaveLength(1);
});

test("below a card it is hidden and the card stays, and no later edit of the card brings it back", async () => {
  await start();
  // Others write at the same time, so that a card and its first SMS share a message.
  const sms = inbound({ text: code, ...masked });
  const [{ post }] = await Promise.all([
    setup.desk.post(sms),
    ...[1, 2, 3].map((n) => setup.desk.post(inbound({ peer: `+98912000000${n}` }))),
  ]);
  expect(seen(post)?.text).toContain(code);
  expect(seen(post)?.text).toContain("👤");
  await hide(post, sms);
  expect(seen(post)?.text).toContain(hidden);
  expect(seen(post)?.copies).toEqual([]);
  expect(seen(post)?.buttons.flat()).toContain("Close");
  await setup.desk.card(
    async () => claimed(standing(sms), sara, 1),
    async () => undefined,
  );
  expect(seen(post)?.text).toContain("Sara");
  expect(seen(post)?.text).toContain(hidden);
});

test("of a long SMS every message is looked at", async () => {
  await start();
  await setup.desk.post(inbound({ text: "hello" }));
  const sms = inbound({ text: `${code}\n${"word ".repeat(900)}\nLogin code: 048213`, ...masked });
  const { post } = await setup.desk.post(sms);
  await hide(post, sms);
  const texts = group.messages().map(({ text }) => text);
  expect(texts.some((text) => text.includes("048213"))).toBe(false);
  expect(texts.join("").match(/••••••/g)).toHaveLength(2);
});

test("SMS that went together stay together, each with its time", async () => {
  await start();
  await setup.desk.post(inbound({ text: "hello" }));
  const both = [inbound({ text: code, ...masked }), inbound({ text: "and more" })] as const;
  const { post } = await setup.desk.post(...both);
  const before = seen(post)?.text ?? "";
  await hide(post, ...both);
  expect(seen(post)?.text).toBe(before.replace(code, hidden));
});

test("where the post, or its whole topic, is gone there is nothing to hide", async () => {
  await start();
  await setup.desk.post(inbound({ text: "hello" }));
  const sms = inbound({ text: code, ...masked });
  const { post } = await setup.desk.post(sms);
  group.remove(partsOfPlace(post).messageId);
  await hide(post, sms);
});

test("without topics the button that copies stays while those of the thread change", async () => {
  await start({ forum: false });
  const sms = inbound({ text: code });
  const { post } = await setup.desk.post(sms);
  const first = seen(post)?.buttons ?? [];
  expect(first[0]).toEqual(["Copy code 048213"]);
  const read = async () => ({ ...claimed(standing(sms), sara, 1), post });
  await setup.desk.card(read, async () => undefined);
  expect(seen(post)?.buttons[0]).toEqual(["Copy code 048213"]);
  expect(seen(post)?.buttons).not.toEqual(first);
});

test("several codes have a button each, and one that comes twice has one", async () => {
  const texts = createTexts("fa");
  const sms = [inbound({ text: "کد: ۰۴۸۲\nرمز دوم: ۹۹۹۹۱" }), inbound({ text: "کد: 0482" })].map((message) => ({
    message,
  }));
  expect(texts.codes(sms)).toEqual([
    [{ text: "کپی کد ۰۴۸۲", copy_text: { text: "0482" } }],
    [{ text: "کپی کد ۹۹۹۹۱", copy_text: { text: "99991" } }],
  ]);
  await start();
});

test("a server that knows no such buttons shows the SMS all the same", async () => {
  await start();
  await setup.desk.post(inbound({ text: "hello" }));
  simulator.fail("sendMessage", {
    code: 400,
    description: "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  });
  const { post } = await setup.desk.post(inbound({ text: code }));
  expect(seen(post)).toMatchObject({ text: code, buttons: [] });
});

test("in a shared topic SMS of names go together, and those of numbers that can be answered never", async () => {
  await start();
  const topic = "Promo";
  const names = [inbound({ peer: "Shop", text: "sale", topic }), inbound({ peer: "Bank", text: code, topic })] as const;
  const { post } = await setup.desk.post(...names);
  expect(seen(post)?.text).toMatch(/^Shop on line .*\n.*\nsale\n\nBank on line .*\n.*\nYour login code: 048213$/);
  expect(seen(post)?.entities.map(({ type }) => type)).toEqual(["code", "italic", "code", "italic"]);
  const taken = await setup.desk.post(inbound({ peer: "30001234", topic }), inbound({ peer, text: "two", topic }));
  expect(seen(taken.post)?.text).not.toContain("two");
  expect(group.topics().map(({ name }) => name)).toEqual([topic]);
  await expect(setup.desk.isSharedTopic(String(group.topics()[0]?.id))).resolves.toBe(true);
  await expect(setup.desk.threadOfTopic(String(group.topics()[0]?.id))).resolves.toBeUndefined();
});

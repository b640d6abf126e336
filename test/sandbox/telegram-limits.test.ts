import { afterEach, expect, test } from "vitest";
import { createLimits } from "../../src/sandbox/telegram/limits.ts";
import { startTelegramSimulator, type TelegramSimulator } from "../../src/sandbox/telegram/server.ts";

const send = { method: "sendMessage", chatId: -1, isPrivate: false };
let telegram: TelegramSimulator | undefined;

afterEach(() => telegram?.stop());

test("the 21st message of a minute into a group waits for the first to be a minute old", () => {
  const limits = createLimits();
  limits.set({});
  for (let index = 0; index < 20; index += 1) limits.spend(send, 1000 + index * 100);
  expect(() => limits.spend(send, 10_000)).toThrow("Too Many Requests: retry after 51");
  expect(() => limits.spend({ ...send, chatId: -2 }, 10_000)).not.toThrow();
  expect(() => limits.spend(send, 61_000)).not.toThrow();
  expect(limits.refusals).toBe(1);
});

test("edits of a group have a budget of their own; reactions, answers and typing have none", () => {
  const limits = createLimits();
  limits.set({ groupPerMinute: 1, editsPerMinute: 1, globalPerSecond: 100 });
  limits.spend(send, 0);
  limits.spend({ ...send, method: "editMessageText" }, 0);
  expect(() => limits.spend({ ...send, method: "editMessageText" }, 0)).toThrow("retry after 60");
  for (const method of ["setMessageReaction", "answerCallbackQuery", "sendChatAction", "getChat"]) {
    expect(() => limits.spend({ ...send, method }, 0)).not.toThrow();
  }
});

test("a private chat takes one a second and all chats together thirty", () => {
  const limits = createLimits();
  limits.set({});
  const toPerson = (chatId: number) => ({ method: "sendMessage", chatId, isPrivate: true });
  for (let chat = 1; chat <= 30; chat += 1) limits.spend(toPerson(chat), 0);
  expect(() => limits.spend(toPerson(31), 500)).toThrow("retry after 1");
  expect(() => limits.spend(toPerson(1), 1000)).not.toThrow();
  expect(() => limits.spend(toPerson(1), 1500)).toThrow("retry after 1");
});

test("a scaled minute passes sooner", () => {
  const limits = createLimits();
  limits.set({ groupPerMinute: 1, timeScale: 60 });
  limits.spend(send, 0);
  expect(() => limits.spend(send, 900)).toThrow("retry after 1");
  expect(() => limits.spend(send, 1000)).not.toThrow();
});

test("over the wire it is a 429 with whole seconds in `parameters`", async () => {
  telegram = await startTelegramSimulator({ limits: { groupPerMinute: 1 } });
  const group = telegram.group({});
  const call = () =>
    fetch(`${telegram?.url}/bot${telegram?.token}/sendMessage?chat_id=${group.id}&text=a`).then((answer) =>
      answer.json(),
    );
  expect(await call()).toMatchObject({ ok: true });
  expect(await call()).toEqual({
    ok: false,
    error_code: 429,
    description: expect.stringMatching(/^Too Many Requests: retry after \d+$/),
    parameters: { retry_after: expect.toSatisfy((seconds: number) => seconds === 59 || seconds === 60) },
  });
  expect(telegram.floods).toBe(1);
  telegram.setLimits(undefined);
  expect(await call()).toMatchObject({ ok: true });
});

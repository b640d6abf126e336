import { setTimeout as pause } from "node:timers/promises";
import { createApp } from "../src/app.ts";
import { loadConfig } from "../src/config/load.ts";
import type { Group } from "../src/sandbox/telegram/group.ts";
import { startTelegramSimulator, type TelegramSimulator } from "../src/sandbox/telegram/server.ts";
import { type BentClock, createBentClock } from "./bent-clock.ts";
import { createFolder, inboxToken, limitsAsInLife, token } from "./bridge-config.ts";
import { giveTopics } from "./grow.ts";
import { startForwarder } from "./processes.ts";
import { quiet } from "./quiet.ts";
import { peerOf, queryOf } from "./sms.ts";

const storm = { sms: 600, peers: 50 };
const patienceMs = 90_000;
const { groupPerMinute } = limitsAsInLife;

export interface StormFigures {
  readonly sms: number;
  readonly peers: number;
  /** From the first SMS until the last one stood in the forum, in Telegram's time. */
  readonly minutes: number;
  /** That Telegram counted until then: posts, topics, pins. */
  readonly messages: number;
  readonly refused: number;
  /** How many times sooner than with one message for each SMS. */
  readonly sooner: number;
  /** The time it took ÷ the time for which so many messages need Telegram's limit. */
  readonly waste: number;
  readonly lost: number;
}

export interface StormOptions {
  readonly hasTopics: boolean;
  /** How many times faster than life time passes for the bridge and for Telegram, once the storm has come. */
  readonly pace: number;
}

/** 600 SMS of 50 customers into one forum that takes 20 messages a minute, with topics or without. */
export async function measureStorm(options: StormOptions): Promise<StormFigures> {
  const clock = createBentClock();
  const telegram = await startTelegramSimulator({ token, clock, limits: limitsAsInLife });
  const folder = await createFolder();
  const group = telegram.group({ forum: true });
  try {
    if (options.hasTopics) await openTopics(telegram, group, folder.store);
    const sides = { telegram: telegram.url, panel: "http://127.0.0.1:9", chat: group.id };
    await folder.writeConfig(sides, limitsAsInLife);
    const { config } = await loadConfig(folder.config, {});
    const app = await createApp(config, { log: quiet, clock });
    try {
      await app.start();
      return await clear(telegram, group, `${app.url}/hooks/asanak/${inboxToken}`, clock, options.pace);
    } finally {
      await app.stop();
    }
  } finally {
    await telegram.stop();
    await folder.remove();
  }
}

/** The bare forwarder in the same storm, in real time, for it waits for nobody: how many of the SMS never stood in the forum. */
export async function countLostInStorm(): Promise<number> {
  const telegram = await startTelegramSimulator({ token, limits: limitsAsInLife });
  const group = telegram.group({ forum: true });
  const forwarder = await startForwarder({ telegram: telegram.url, panel: "http://127.0.0.1:9", chat: group.id });
  try {
    const texts = await pushAll(forwarder.hook);
    const answered = () => telegram.callsOf("sendMessage").filter(({ answer }) => answer).length;
    await telegram.waitFor(() => answered() >= texts.length, patienceMs, "every call of the forwarder answered");
    return missing(group, texts).length;
  } finally {
    await forwarder.stop("SIGKILL");
    await telegram.stop();
  }
}

async function clear(
  telegram: TelegramSimulator,
  group: Group,
  hook: string,
  clock: BentClock,
  pace: number,
): Promise<StormFigures> {
  const before = countMessages(telegram);
  const startedAt = clock.now();
  const texts = await pushAll(hook);
  clock.pace(pace);
  const givenUpAt = performance.now() + patienceMs;
  let left = texts;
  while (left.length > 0 && performance.now() < givenUpAt) {
    await pause(10);
    left = missing(group, left);
  }
  const minutes = (clock.now() - startedAt) / 60_000;
  const messages = countMessages(telegram) - before;
  return {
    ...storm,
    minutes,
    messages,
    refused: telegram.floods,
    sooner: storm.sms / groupPerMinute / minutes,
    waste: minutes / (messages / groupPerMinute),
    lost: left.length,
  };
}

/** All of them, as fast as they are taken. */
async function pushAll(hook: string): Promise<string[]> {
  const texts = Array.from({ length: storm.sms }, (_, n) => `سفارش شماره ${n}. کی می‌رسد؟`);
  await Promise.all(
    Array.from({ length: storm.peers }, async (_, customer) => {
      for (let n = customer; n < storm.sms; n += storm.peers) {
        const response = await fetch(`${hook}?${queryOf({ peer: peerOf(customer), text: texts[n] ?? "" })}`);
        await response.text();
        if (response.status !== 200) throw new Error(`the hook answered ${response.status}`);
      }
    }),
  );
  return texts;
}

function missing(group: Group, texts: readonly string[]): string[] {
  const shown = group.messages().flatMap(({ from, text }) => (from.isBot ? [text] : []));
  const all = shown.join("\n");
  return texts.filter((text) => !all.includes(text));
}

function countMessages({ calls }: TelegramSimulator): number {
  const isCounted = /^(send|createForumTopic|pinChatMessage)/;
  return calls.filter(({ method, answer }) => isCounted.test(method) && answer?.ok).length;
}

async function openTopics(telegram: TelegramSimulator, group: Group, store: string): Promise<void> {
  const owner = telegram.user({ name: "سارا" });
  group.add(owner, "creator");
  const ids = Array.from({ length: storm.peers }, (_, n) => group.createTopic(owner, peerOf(n)).id);
  await giveTopics({ file: store, chat: group.id, threads: ids.length, topic: (n) => ids[n] ?? 0 });
}

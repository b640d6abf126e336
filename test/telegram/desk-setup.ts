import { expect } from "vitest";
import type { Inbound, Outbound } from "../../src/core/model/message.ts";
import { threadOf } from "../../src/core/model/thread.ts";
import type { Clock } from "../../src/core/ports/clock.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { startTelegramSimulator, type TelegramSimulator } from "../../src/sandbox/telegram/server.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { createTelegramApi, type TelegramApi } from "../../src/telegram/calls/api.ts";
import { createGovernor, type Governor, type Limits } from "../../src/telegram/calls/governor.ts";
import { deskConfig } from "../../src/telegram/config.ts";
import { openDesks, type RunningDesks } from "../../src/telegram/desks.ts";
import { createTexts } from "../../src/telegram/texts/texts.ts";
import type { DeskSettings, TelegramDesk } from "../../src/telegram/types.ts";
import { type ToldDesk, toldDesk } from "../contracts/told-desk.ts";
import { silentLog } from "./silent-log.ts";

const { chat: _chat, line: _line, ...deskDefaults } = deskConfig.parse({ language: "en" });

export const peer = "+989121234567";
export const line = "+982164063188";
const unlimited: Limits = { groupPerMinute: 100_000, privatePerSecond: 100_000, globalPerSecond: 100_000 };

export interface DeskSetup {
  readonly simulator: TelegramSimulator;
  readonly store: Store;
  /** Opens the desk anew on the same store, as a restart does. */
  restart(): Promise<ToldDesk<TelegramDesk>>;
  readonly desk: ToldDesk<TelegramDesk>;
  stop(): Promise<void>;
}

export interface SetupOptions {
  readonly simulator: TelegramSimulator;
  readonly chat?: number;
  readonly settings?: Partial<DeskSettings>;
  readonly limits?: Limits;
  readonly clock?: Clock;
  readonly wrapStore?: (store: Store) => Store;
}

/** A desk on the Telegram simulator, over real HTTP. */
export async function openDesk(options: SetupOptions): Promise<DeskSetup> {
  const { simulator, chat, limits = unlimited, clock = createSystemClock(), wrapStore = (store) => store } = options;
  const store = wrapStore(createMemoryStore({ clock, log: silentLog }));
  const settings: DeskSettings = {
    id: "support",
    ...(chat === undefined ? {} : { chat }),
    ...deskDefaults,
    lines: [line],
    line,
    ...options.settings,
  };
  let running: { telegram: TelegramApi; governor: Governor; desks?: RunningDesks } | undefined;

  async function halt(): Promise<void> {
    await Promise.all([running?.governor.stop(), running?.desks?.stop()]);
    await running?.telegram.close();
    running = undefined;
  }

  async function restart(): Promise<ToldDesk<TelegramDesk>> {
    await halt();
    const telegram = createTelegramApi({ token: simulator.token, apiRoot: simulator.url, timeoutSeconds: 5 });
    const governor = createGovernor({ clock, limits, log: silentLog });
    running = { telegram, governor };
    const texts = () => createTexts("en");
    const desks = await openDesks({
      keepMs: 365 * 86_400_000,
      api: telegram.api,
      governor,
      store,
      settings: [settings],
      texts,
      clock,
      log: silentLog,
    });
    running.desks = desks;
    desks.start();
    const [desk] = desks.all;
    if (!desk) throw new Error("no desk was opened");
    return toldDesk(desk);
  }

  const setup = { simulator, store, restart, desk: await restart() };
  return Object.assign(setup, {
    async stop() {
      await halt();
      await store.close();
    },
  });
}

export async function startSimulator(): Promise<TelegramSimulator> {
  return startTelegramSimulator();
}

/** Ends a test: every call must have been one that the Bot API knows. */
export async function closeSetup({ simulator, stop }: DeskSetup): Promise<void> {
  await stop();
  expect(simulator.violations).toEqual([]);
  await simulator.stop();
}

let count = 0;

export function inbound(fields: Partial<Inbound> = {}): Inbound {
  count += 1;
  const from = fields.peer ?? peer;
  return {
    id: `in-${count}`,
    desk: "support",
    thread: threadOf("support", from),
    provider: "panel",
    line,
    peer: from,
    text: `sms ${count}`,
    at: Date.now(),
    seq: count,
    repeats: 0,
    ...fields,
  };
}

export function outbound(fields: Partial<Outbound> = {}): Outbound {
  count += 1;
  return {
    id: `out-${count}`,
    desk: "support",
    thread: threadOf("support", peer),
    peer,
    line,
    text: "an answer",
    lane: "answer",
    at: Date.now(),
    order: count,
    state: "sent",
    attempt: 1,
    giveUpAt: Date.now() + 3_600_000,
    tries: 0,
    triedLines: [],
    receipts: [],
    reports: {},
    ...fields,
  };
}

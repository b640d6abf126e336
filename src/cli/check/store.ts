import type { Config } from "../../config/resolve.ts";
import { openUnreadableRecords, type Unreadable } from "../../core/inbound/unreadable.ts";
import { findUnusedCopy } from "../../core/keeping/restored.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { type Store, StoreError } from "../../core/ports/store.ts";
import { readOwner, requireWritable } from "../../store/lock.ts";
import { openStore } from "../../store/open.ts";
import { parseStoreUri } from "../../store/uri.ts";
import { fileExists } from "../../support/file-exists.ts";
import { chatAtStart, openChats } from "../../telegram/chat/chats.ts";
import { pairingCode } from "../../telegram/chat/pairing.ts";
import { openBotMemory } from "../../telegram/memory.ts";
import { type Finding, found } from "./finding.ts";
import { type LastInbound, lastInboundOf } from "./last-inbound.ts";
import { checkNewStore } from "./new-store.ts";
import { checkOverrides } from "./overrides.ts";
import { storeFault } from "./store-faults.ts";

/** Where each desk works as things stand: a chat, or a code that waits to be written in one; none where nobody can tell. */
export type DeskPlaces = Readonly<Record<string, { readonly chat: string } | { readonly code: string }>>;

export interface StoreLook {
  readonly findings: Finding[];
  /** What of desks was set in Telegram. */
  readonly settings: readonly Finding[];
  readonly places: DeskPlaces;
  /** What panels handed over and nobody could read, oldest first. */
  readonly unreadable: readonly Unreadable[];
  /** Whether a bridge runs on it; `undefined` where nobody can tell. */
  readonly isRunning: boolean | undefined;
  /** When the last SMS of each provider came in, as far as it is kept; `undefined` where there is nothing to look into. */
  readonly lastInbound: LastInbound | undefined;
}

/** More than are ever kept. */
const everyUnreadable = 1000;

/** Looks into the store, where there is one, and writes no record. */
export async function checkStore(config: Config, deps: { clock: Clock; log: Log }): Promise<StoreLook> {
  try {
    const place = parseStoreUri(config.store);
    if (place.kind === "memory") {
      const text = "store: in memory, everything is forgotten when the bridge ends";
      return await lookWithout(config, found("store.in-memory", config.store, text), undefined);
    }
    const { file } = place;
    if (!(await fileExists(file))) {
      return await lookWithout(config, await checkNewStore(file), false);
    }
    const owner = await readOwner(config.store, {});
    const who = owner
      ? `in use by the bridge that runs as process ${owner.pid} on ${owner.host}`
      : "no bridge runs on it";
    const { copiedAt, ...look } = await readStore(config, deps);
    const findings = [found("store.usable", file, `store: ${file}, ${who}`)];
    const refusal = await requireWritable(file).catch((error: unknown) => error);
    if (refusal instanceof StoreError) findings.push(storeFault(file, refusal));
    if (copiedAt !== undefined) findings.push(found("store.copy", file, describeCopy(copiedAt)));
    return { findings, isRunning: owner !== undefined, ...look };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // Where a desk was paired stands in it.
    return {
      ...nothingSeen,
      findings: [storeFault(config.store.replace(/^sqlite:\/\//, ""), error)],
      places: placesInConfig(config),
    };
  }
}

const nothingSeen = { settings: [], unreadable: [], isRunning: undefined, lastInbound: undefined } as const;

async function lookWithout(config: Config, finding: Finding, isRunning: boolean | undefined): Promise<StoreLook> {
  return { ...nothingSeen, findings: [finding], places: await placesWithout(config), isRunning };
}

async function readStore(
  config: Config,
  deps: { clock: Clock; log: Log },
): Promise<Omit<StoreLook, "findings" | "isRunning"> & { readonly copiedAt: number | undefined }> {
  const store = await openStore(config.store, deps);
  try {
    const records = await openUnreadableRecords(store);
    return {
      copiedAt: (await findUnusedCopy(store))?.copiedAt,
      settings: await checkOverrides(config, store),
      places: await readPlaces(config, store, deps.clock),
      unreadable: await records.range("at", { limit: everyUnreadable }),
      lastInbound: await lastInboundOf(store),
    };
  } finally {
    await store.close();
  }
}

function describeCopy(copiedAt: number): string {
  const when = new Date(copiedAt).toISOString();
  return `store: a copy of ${when} on which no bridge has run: what waits in it may have been sent since, and will be asked about`;
}

async function readPlaces(config: Config, store: Store, clock: Clock): Promise<DeskPlaces> {
  const chats = await openChats(store);
  const memory = await openBotMemory({ store, clock });
  return mapDesks(config, async (id) => {
    const chat = await chatAtStart(chats, settingsOf(config, id));
    return chat === undefined ? codeOf(config, id, (await memory.pairingOf(id)).generation) : { chat };
  });
}

function placesWithout(config: Config): Promise<DeskPlaces> {
  const known = placesInConfig(config);
  return mapDesks(config, async (id) => known[id] ?? codeOf(config, id, 0));
}

function placesInConfig({ desks }: Config): Readonly<Record<string, { readonly chat: string }>> {
  return Object.fromEntries(
    Object.entries(desks).flatMap(([id, { chat }]) => (chat === undefined ? [] : [[id, { chat: String(chat) }]])),
  );
}

function codeOf(config: Config, id: string, generation: number): { code: string } {
  return { code: pairingCode(config.telegram.token, id, generation) };
}

function settingsOf(config: Config, id: string): Parameters<typeof chatAtStart>[1] {
  const { chat, ...rest } = requireDesk(config, id);
  return { ...rest, id, ...(chat === undefined ? {} : { chat }) };
}

function requireDesk(config: Config, id: string) {
  const desk = config.desks[id];
  if (!desk) throw new TypeError(`no desk ${id}`);
  return desk;
}

async function mapDesks<T>(config: Config, find: (id: string) => Promise<T>): Promise<Record<string, T>> {
  const entries: [string, T][] = [];
  for (const id of Object.keys(config.desks)) entries.push([id, await find(id)]);
  return Object.fromEntries(entries);
}

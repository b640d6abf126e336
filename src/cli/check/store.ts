import { access } from "node:fs/promises";
import type { Config } from "../../config/resolve.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { StoreError } from "../../core/ports/store.ts";
import { readOwner } from "../../store/lock.ts";
import { openStore } from "../../store/open.ts";
import { parseStoreUri } from "../../store/uri.ts";
import { chatAtStart, openChats } from "../../telegram/chats.ts";
import { openBotMemory } from "../../telegram/memory.ts";
import { pairingCode } from "../../telegram/pairing.ts";
import { bad, type Finding, good, note } from "./finding.ts";

/** Where each desk works as things stand: a chat, or a code that waits to be written in one. */
export type DeskPlaces = Readonly<Record<string, { readonly chat: string } | { readonly code: string }>>;

/** Looks into the store, where there is one, and writes nothing. */
export async function checkStore(
  config: Config,
  deps: { clock: Clock; log: Log },
): Promise<{ findings: Finding[]; places: DeskPlaces }> {
  try {
    const place = parseStoreUri(config.store);
    if (place.kind === "memory") {
      const finding = note("store: in memory, everything is forgotten when the bridge ends");
      return { findings: [finding], places: await placesWithout(config) };
    }
    if (!(await exists(place.file))) {
      return { findings: [note("store: not there yet, `chapar run` makes it")], places: await placesWithout(config) };
    }
    const owner = await readOwner(config.store, {});
    const who = owner
      ? `in use by the bridge that runs as process ${owner.pid} on ${owner.host}`
      : "no bridge runs on it";
    return { findings: [good(`store: ${place.file}, ${who}`)], places: await readPlaces(config, deps) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { findings: [bad(`store: ${error.message}`)], places: await placesWithout(config) };
  }
}

async function readPlaces(config: Config, deps: { clock: Clock; log: Log }): Promise<DeskPlaces> {
  const store = await openStore(config.store, deps);
  try {
    const chats = await openChats(store);
    const memory = await openBotMemory({ store, clock: deps.clock });
    return await mapDesks(config, async (id) => {
      const chat = await chatAtStart(chats, settingsOf(config, id));
      return chat === undefined ? codeOf(config, id, (await memory.pairingOf(id)).generation) : { chat };
    });
  } finally {
    await store.close();
  }
}

function placesWithout(config: Config): Promise<DeskPlaces> {
  return mapDesks(config, async (id) => {
    const chat = config.desks[id]?.chat;
    return chat === undefined ? codeOf(config, id, 0) : { chat: String(chat) };
  });
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

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

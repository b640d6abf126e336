import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { DeskId } from "../../core/model/ids.ts";
import type { Collection, CollectionSpec, Store } from "../../core/ports/store.ts";
import { type DeskConfig, deskConfig } from "../config.ts";
import type { DeskSettings } from "../types.ts";

/** The settings of a desk that can be changed in Telegram, in the order in which they are told. */
export const settingKeys = [
  "language",
  "sends",
  "ticks",
  "undoSeconds",
  "collisionSeconds",
  "maxParts",
  "reminderSeconds",
  "closeAfterSeconds",
  "digestAt",
  "operators",
  "chiefs",
] as const satisfies readonly (keyof DeskConfig & keyof DeskSettings)[];

export type SettingKey = (typeof settingKeys)[number];
export type SettingValue = DeskSettings[SettingKey];

/** What people set in Telegram in place of a value of the configuration. */
export interface Override {
  readonly desk: DeskId;
  readonly key: SettingKey;
  /** As the configuration would have it; absent: left out. */
  readonly value?: unknown;
  /** The configuration's value that it stands in for. Another one there makes it void. */
  readonly from?: unknown;
  /** When it was set, epoch milliseconds. */
  readonly at: number;
  /** The configuration was changed later, and counts. Kept for a while, to be told. */
  readonly isDropped?: true;
}

const shape = z.object({
  desk: z.string(),
  key: z.enum(settingKeys),
  value: z.unknown().optional(),
  from: z.unknown().optional(),
  at: z.number(),
  isDropped: z.literal(true).exactOptional(),
});

const spec: CollectionSpec<Override> = { name: "settings", indexes: {}, parse: (value) => shape.parse(value) };

/** What was set at all desks, by `overrideKey`. */
export function openOverrides(store: Store): Promise<Collection<Override>> {
  return store.collection(spec);
}

export function overrideKey(desk: DeskId, key: SettingKey): string {
  return `${desk}/${key}`;
}

/** What was set at a desk: what counts, and what is void since the configuration was changed or would be refused there today. */
export async function readOverrides(
  records: Pick<Collection<Override>, "get">,
  configured: Pick<DeskSettings, "id" | SettingKey>,
): Promise<readonly Override[]> {
  const found: Override[] = [];
  for (const key of settingKeys) {
    const record = await records.get(overrideKey(configured.id, key));
    if (record === undefined) continue;
    const counts = isSame(record.from, configured[key]) && parseSetting(key, record.value) !== undefined;
    found.push(counts ? record : { ...record, isDropped: true });
  }
  return found;
}

/** A value as the configuration takes it, which may be none at all; `undefined` where it would be refused there. */
export function parseSetting(key: SettingKey, value: unknown): { readonly value: SettingValue } | undefined {
  const parsed = deskConfig.shape[key].safeParse(value);
  return parsed.success ? { value: parsed.data } : undefined;
}

export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

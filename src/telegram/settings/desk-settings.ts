import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Collection } from "../../core/ports/store.ts";
import { createKeyedQueue } from "../../support/keyed-queue.ts";
import type { DeskSettings } from "../types.ts";
import {
  isSame,
  type Override,
  overrideKey,
  parseSetting,
  readOverrides,
  type SettingKey,
  type SettingValue,
} from "./overrides.ts";

/** `done`: it counts from now on; `same`: it was so already; `refused`: no configuration could have it. */
export type SettingChange = "done" | "same" | "refused";

/** What of a desk's settings was changed in Telegram. */
export interface SettingChanges {
  /** What was set; also where it does not count any more, for a while. */
  of(key: SettingKey): Override | undefined;
  /** What the configuration says. */
  configured(key: SettingKey): SettingValue;
  /**
   * On disk once it resolves, and in force everywhere. Two at once are made one after the other: `next` gets the value as it then is.
   * The configuration's own value takes away what was set.
   */
  change(key: SettingKey, next: (current: SettingValue) => unknown): Promise<SettingChange>;
}

const droppedIsToldMs = 30 * 86_400_000;

/**
 * The settings of a desk as they are in force: the configuration's, and over them what was set in Telegram. It is one object for as
 * long as the bridge runs, which everybody reads and only this file writes.
 */
export async function openDeskSettings(deps: {
  readonly configured: DeskSettings;
  readonly records: Collection<Override>;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<{ readonly settings: DeskSettings; readonly changes: SettingChanges; settle(): Promise<void> }> {
  const { configured, records, clock, log } = deps;
  const { id } = configured;
  const settings: DeskSettings = { ...configured };
  const overrides = new Map<SettingKey, Override>();
  const oneByOne = createKeyedQueue();

  for (const override of await readOverrides(records, configured)) {
    overrides.set(override.key, override);
    if (!override.isDropped) put(override.key, parseSetting(override.key, override.value)?.value);
  }

  function put(key: SettingKey, value: SettingValue): void {
    Object.assign(settings, { [key]: value });
  }

  async function store(key: SettingKey, value: SettingValue): Promise<void> {
    if (isSame(value, configured[key])) {
      await records.delete(overrideKey(id, key));
      overrides.delete(key);
      return;
    }
    const override = { desk: id, key, value, from: configured[key], at: clock.now() };
    await records.put(overrideKey(id, key), override);
    overrides.set(key, override);
  }

  const changes: SettingChanges = {
    of: (key) => overrides.get(key),
    configured: (key) => configured[key],
    change: (key, next) =>
      oneByOne(key, async () => {
        const parsed = parseSetting(key, next(settings[key]));
        if (parsed === undefined) return "refused";
        if (isSame(parsed.value, settings[key])) return "same";
        await store(key, parsed.value);
        put(key, parsed.value);
        log.info({ desk: id, key }, "setting changed in Telegram");
        return "done";
      }),
  };

  return {
    settings,
    changes,
    /** What the configuration has overtaken does not come back when it is changed back. To be called once the store may be written. */
    async settle() {
      for (const override of [...overrides.values()].filter(({ isDropped }) => isDropped)) {
        const key = overrideKey(id, override.key);
        if ((await records.get(key))?.isDropped) continue;
        await records.put(key, override, { expiresAt: clock.now() + droppedIsToldMs });
        log.info({ desk: id, key: override.key }, "what was set in Telegram is void: the configuration changed since");
      }
    },
  };
}

import type { Config } from "../config/resolve.ts";
import type { Change, Outbounds } from "../core/bridge.ts";
import { createEvents } from "../core/events.ts";
import type { MessageId } from "../core/model/ids.ts";
import type { Outbound } from "../core/model/message.ts";
import type { Line } from "../core/model/phone.ts";
import { openSender } from "../core/open-sender.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { SmsProvider } from "../core/ports/sms-provider.ts";
import { StoreError } from "../core/ports/store.ts";
import { createProvider } from "../providers/index.ts";
import { openLock, type StoreLock } from "../store/lock.ts";
import { openStore } from "../store/open.ts";
import { openReleasably } from "../support/release.ts";
import { registryOf } from "./registry.ts";

const graceMs = 4_000;

/** A way out for some SMS. */
export interface Outlet {
  readonly outbound: Pick<Outbounds, "accept" | "find">;
  /** Cancels what has not left yet. */
  takeBack(message: Outbound): Promise<Change>;
  /** The panel behind a line. */
  providerOf(line: Line): SmsProvider | undefined;
  /** Whether a running bridge sends it; else nobody goes on once this is closed, until the next bridge. */
  readonly isShared: boolean;
  /** From now on they leave, also those that a run before this one has left waiting. Not called, nothing does. */
  start(): Promise<void>;
  /** Nothing leaves from here any more, and what is on its way is waited for; the store can still be read. Safe to call twice. */
  stop(): Promise<void>;
  /** Safe to call twice. */
  close(): Promise<void>;
}

export interface OutletDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}

/**
 * Opens the store beside the bridge that runs on it, or, where none runs, as its owner with the panels behind it, to send the
 * messages that are `only` and no others. Throws `StoreError`.
 */
export function openOutlet(config: Config, only: (id: MessageId) => boolean, deps: OutletDeps): Promise<Outlet> {
  return openReleasably(async (stack) => {
    const lock = await lockUnlessRunning(config.store, deps);
    if (lock) stack.add(() => lock.release());
    const store = await openStore(config.store, deps);
    stack.add(() => store.close());
    // While nothing is accepted, what fails is certain.
    await store.probe();
    // Beside a bridge they are not called: what they can do decides how the message is stored.
    const providers = Object.entries(config.providers).map(([name, settings]) => createProvider(name, settings, deps));
    stack.add(async () => {
      await Promise.all(providers.map((provider) => provider.close()));
    });
    const events = createEvents((error) => deps.log.error({ err: error }, "listener failed"));
    const registry = registryOf(config, providers);
    const sender = await openSender({ ...deps, store, events, registry }, only);
    if (lock) await sender.settle();
    const stop = async () => {
      if (lock) await sender.stop(graceMs);
    };
    stack.add(stop);
    return {
      outbound: sender.outbound,
      takeBack: ({ id, attempt }) => sender.outbound.cancel(id, attempt, { id: "send", name: "chapar send" }),
      providerOf: (line) => registry.providerOfLine(line),
      isShared: lock === undefined,
      async start() {
        if (lock) await sender.start();
      },
      stop,
      close: () => stack.release(),
    };
  });
}

async function lockUnlessRunning(store: string, deps: OutletDeps): Promise<StoreLock | undefined> {
  try {
    return await openLock(store, deps);
  } catch (error) {
    if (error instanceof StoreError && error.code === "locked") return undefined;
    throw error;
  }
}

import { Cron } from "croner";
import { type Config, inboxTokenOf, lineSettings, templatesOf } from "./config/resolve.ts";
import type { Bridge, RunningBridge } from "./core/bridge.ts";
import { createEvents } from "./core/events.ts";
import type { DeskId } from "./core/model/ids.ts";
import { openBridge } from "./core/open-bridge.ts";
import { createPersist } from "./core/persist.ts";
import type { Clock } from "./core/ports/clock.ts";
import type { IncomingSms, PushCall, PushInbox } from "./core/ports/inbox.ts";
import type { Log } from "./core/ports/log.ts";
import { ProviderError } from "./core/ports/provider-error.ts";
import type { SmsProvider } from "./core/ports/sms-provider.ts";
import type { Store } from "./core/ports/store.ts";
import { createRegistry, type Registry, type RegistryParts } from "./core/registry.ts";
import { createProvider } from "./providers/index.ts";
import { openLock } from "./store/lock.ts";
import { openStore } from "./store/open.ts";
import { createAlarm } from "./support/alarm.ts";
import { openReleasably, type ReleaseStack } from "./support/release.ts";
import { sleep } from "./support/sleep.ts";
import { createSystemClock } from "./support/system-clock.ts";
import type { Capability } from "./telegram/context.ts";
import { openTelegram, type Telegram } from "./telegram/open.ts";
import { desksRules } from "./telegram/settings/desk-rules.ts";
import type { DeskSettings } from "./telegram/types.ts";
import { createMetrics } from "./web/metrics.ts";
import type { HealthReport } from "./web/routes/health.ts";
import type { Hook } from "./web/routes/hooks.ts";
import { createWebServer } from "./web/server.ts";

/** How long answers in hand are waited for when the bridge stops, in milliseconds (DESIGN 1.1). */
const graceMs = 4000;

export interface App {
  /** Takes up what was left, opens the doors, and lets SMS leave once Telegram's backlog has been read. */
  start(): Promise<void>;
  /** Takes no new work, gives answers in hand four seconds, and releases everything. Safe to call twice. */
  stop(): Promise<void>;
  /** Where it listens. Known after `start`. */
  readonly url: string;
  readonly bridge: Bridge;
  /** The codes of desks that waited to be paired when the app was made. */
  readonly pairingCodes: readonly { readonly desk: string; readonly code: string }[];
  health(): HealthReport;
}

export interface AppParts {
  readonly log: Log;
  readonly clock?: Clock;
  /** In [0, 1). */
  readonly random?: () => number;
  /** How the store is opened; default: as the configuration says. */
  readonly openStore?: typeof openStore;
}

/**
 * The composition root: opens the store as its owner and builds every part. Nothing speaks to the outside before `start`.
 * Throws `StoreError` when the store cannot be had; what was opened by then is released.
 */
export function createApp(config: Config, parts: AppParts): Promise<App> {
  const { log, clock = createSystemClock(), random = Math.random } = parts;
  return openReleasably((stack) => compose(config, { ...parts, log, clock, random }, stack));
}

async function compose(
  config: Config,
  parts: AppParts & { clock: Clock; random: () => number },
  stack: ReleaseStack,
): Promise<App> {
  const { log, clock, random } = parts;
  const lock = await openLock(config.store, { clock });
  stack.add(() => lock.release());
  const damage = createAlarm();
  const store = await (parts.openStore ?? openStore)(config.store, { clock, log, onCorrupt: damage.ring });
  stack.add(() => store.close());

  const events = createEvents((error) => log.error({ err: error }, "listener failed"));
  const providers = Object.entries(config.providers).map(([id, settings]) =>
    createProvider(id, settings, { clock, log }),
  );
  stack.add(async () => {
    await Promise.all(providers.map((provider) => provider.close()));
  });

  const { publicUrl } = config.server;
  const keepMs = config.keepDays * 86_400_000;
  const telegram = await openTelegram({
    config: config.telegram,
    desks: Object.entries(config.desks).map(([id, desk]) => deskSettings(id, desk)),
    timeZone: config.timeZone,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    store,
    clock,
    log: log.child({ side: "telegram" }),
    random,
    keepMs,
  });
  stack.add(() => telegram.close());
  const registry = createRegistry(registryParts(config, providers, telegram));
  const bridge = await openBridge({ store, registry, clock, events, log, random, keepMs });
  const { source, hook } = telegram.connect({ bridge, capabilities: capabilitiesOf(registry, bridge) });

  const health = (): HealthReport => ({ telegram: source.state(), providers: bridge.providerHealth() });
  const metrics = createMetrics({ events, health });
  stack.add(() => metrics.stop());
  const web = createWebServer({
    config: config.server,
    log,
    clock,
    metrics,
    hooks: hooksOf(config, providers, bridge),
    ...(hook ? { telegram: hook } : {}),
    health,
    probe: () => store.probe(),
    onUnreadable: (provider, call) => bridge.keepUnreadable(provider, rawOf(call)),
  });

  const sweeping = new Cron("17 * * * *", { paused: true, protect: true }, () => sweep(bridge, store, log));
  stack.add(() => sweeping.stop());

  let isStarted = false;
  const stopping = new AbortController();
  const persist = createPersist({ clock, log });
  return {
    async start() {
      if (isStarted) return;
      isStarted = true;
      await web.start();
      // Everything stops taking work at once. What still waits for Telegram's limits stays due work, so the poster and the
      // marker need not wait for it; what is not yet acknowledged to a panel or to Telegram comes again.
      stack.add(async () => {
        stopping.abort();
        // What Telegram has in hand is waited for: cut off, it would be shown again at the next start.
        const ended = Promise.all([source.stop(graceMs), telegram.quieten()]);
        const cut = within(clock, graceMs, ended).then(() => telegram.close());
        await Promise.all([bridge.stop(graceMs), web.stop(), cut]);
      });
      // On a disk that is full the doors are open all the same: a panel hears 503 and comes again.
      await persist(() => bridge.start(), stopping.signal);
      if (stopping.signal.aborted) return;
      // One record says enough: the log names them all.
      damage.onRing(() => bridge.tellAll({ kind: "damaged" }));
      source.start();
      // An edit or a cancel that waited at Telegram must count before its message leaves.
      void source.ready.then(() => !stopping.signal.aborted && bridge.open());
      sweeping.resume();
      log.info({ url: web.url }, "bridge started");
    },
    stop: () => stack.release(),
    get url() {
      return web.url;
    },
    bridge,
    pairingCodes: await telegram.pairingCodes(),
    health,
  };
}

/** Resolves when the work is done, or the time is up. */
async function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const time = sleep(clock, ms, done.signal).catch(() => undefined);
  await Promise.race([work, time]);
  done.abort();
}

/** Once an hour, messages older than they are to be kept go, and whatever else has expired. A store that cannot be written then will be swept another time. */
async function sweep(bridge: RunningBridge, store: Store, log: Log): Promise<void> {
  try {
    const removed = (await bridge.sweep()) + (await store.sweep());
    if (removed > 0) log.info({ removed }, "expired records removed");
  } catch (error) {
    log.warn({ err: error }, "expired records not removed");
  }
}

function deskSettings(id: DeskId, desk: Config["desks"][string]): DeskSettings {
  const { chat, ...rest } = desk;
  return { ...rest, id, ...(chat === undefined ? {} : { chat }) };
}

function registryParts(config: Config, providers: readonly SmsProvider[], telegram: Telegram): RegistryParts {
  return {
    providers,
    desks: telegram.desks.all.map((desk) => ({ desk, rules: desksRules(desk, config.timeZone) })),
    lines: lineSettings(config),
    deskOfProvider: new Map(Object.entries(config.providers).map(([id, { desk }]) => [id, desk])),
    templates: templatesOf(config),
  };
}

/** A command that no panel of a desk can serve is not offered there. */
function capabilitiesOf(registry: Registry, bridge: Bridge): Record<DeskId, readonly Capability[]> {
  return Object.fromEntries(
    registry.desks.map(({ id }) => {
      const can: Capability[] = [];
      if (registry.providersOf(id).some((provider) => provider.credit)) can.push("credit");
      if (bridge.templatesOf(id).length > 0) can.push("template");
      if (bridge.phoneBooksOf(id).length > 0) can.push("contact");
      return [id, can];
    }),
  );
}

/** The doors for panels that push. */
function hooksOf(config: Config, providers: readonly SmsProvider[], bridge: RunningBridge): Hook[] {
  return providers.flatMap(({ id, inbox }) => {
    const settings = config.providers[id];
    const token = settings && inboxTokenOf(settings);
    if (inbox?.mode !== "push" || settings === undefined || token === undefined) return [];
    return {
      providerId: id,
      token,
      allowFrom: settings.allowFrom,
      async handle(call) {
        const sms = readPush(inbox, call);
        if (sms === undefined) return "unreadable";
        await bridge.inbound.accept(id, sms);
        return "stored";
      },
    } satisfies Hook;
  });
}

function readPush(inbox: PushInbox, call: PushCall): readonly IncomingSms[] | undefined {
  try {
    return inbox.parse(call);
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}

/** What is kept of a call that nobody could read. */
function rawOf({ method, query, contentType, body }: PushCall): string {
  return `${method} ?${query}\n${contentType}\n\n${body.toString("utf8")}`;
}

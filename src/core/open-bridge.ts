import { createAutomatic } from "./automatic/automatic.ts";
import { createAway } from "./automatic/away.ts";
import { createOptOutWords } from "./automatic/opt-out-words.ts";
import { openOptOuts } from "./automatic/opt-outs.ts";
import type { RunningBridge } from "./bridge.ts";
import { openBulk } from "./bulk/bulk.ts";
import { openCannedAnswers } from "./canned.ts";
import { createAnswered } from "./conversations/answered.ts";
import { createBlocking } from "./conversations/blocking.ts";
import { openConversations } from "./conversations/conversations.ts";
import { createDirectory } from "./conversations/directory.ts";
import { openFollowUpPlans } from "./conversations/follow-up-plans.ts";
import { createReminders } from "./conversations/reminders.ts";
import type { Events } from "./events.ts";
import { createInbound } from "./inbound/inbound.ts";
import { openPoller } from "./inbound/poller.ts";
import { openUnreadable } from "./inbound/unreadable.ts";
import { createExports } from "./keeping/export.ts";
import { openForgetting } from "./keeping/forgetting.ts";
import { openJournal } from "./keeping/journal.ts";
import { openRestored } from "./keeping/restored.ts";
import { createRetention } from "./keeping/retention.ts";
import type { Inbound } from "./model/message.ts";
import { createDigests } from "./notices/digests.ts";
import { createNoticeBoard } from "./notices/notices.ts";
import { createSilenceWatch } from "./notices/silence.ts";
import { openTold } from "./notices/told.ts";
import { createLaters } from "./outbound/later.ts";
import { createOutbound } from "./outbound/outbound.ts";
import { createLedger } from "./outbox/ledger.ts";
import { createOutbox } from "./outbox/outbox.ts";
import { openCreditWatch } from "./panels/credit-watch.ts";
import { createHealth } from "./panels/health.ts";
import { createOffers } from "./panels/offers.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import type { Store } from "./ports/store.ts";
import { openRecords } from "./records.ts";
import type { Registry } from "./registry.ts";
import { createDoubts } from "./reports/doubts.ts";
import { createTracker } from "./reports/tracker.ts";
import { openSequence } from "./sequence.ts";
import { createCarder } from "./showing/carder.ts";
import { createCodeHider } from "./showing/code-hider.ts";
import { createDrops } from "./showing/drops.ts";
import { createEchoer } from "./showing/echoer.ts";
import { createMarker } from "./showing/marker.ts";
import { createPoster } from "./showing/poster.ts";
import { createRest } from "./showing/rest.ts";

export interface BridgeDeps {
  readonly store: Store;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  /** For how long messages are kept. */
  readonly keepMs: number;
}

/** Puts the flows together. Everything that core does happens in one of these parts; this only hands them to each other. */
export async function openBridge(deps: BridgeDeps): Promise<RunningBridge> {
  const { registry, clock } = deps;
  const records = await openRecords(deps.store);
  const sequence = await openSequence(records, clock);
  const ledger = createLedger({ ...deps, outbound: records.outbound });
  const rest = createRest(deps);
  const notices = createNoticeBoard(deps);
  const { tell, tellDesk } = notices;
  const told = await openTold(deps);
  const health = createHealth({ ...deps, tell, memory: told });
  const restored = await openRestored({ ...deps, records, ledger });
  const conversations = await openConversations({
    ...deps,
    collisionMsOf: (desk) => registry.findRules(desk)?.collisionMs ?? 0,
    followUpOf: (desk) => registry.findRules(desk)?.followUp,
  });
  const canned = await openCannedAnswers(deps);
  const optOuts = await openOptOuts(deps);
  const journal = await openJournal({ ...deps, records });
  const parts = { ...deps, records, sequence, ledger, rest, health, restored, conversations, optOuts, journal };

  const codeHider = createCodeHider(parts);
  const poster = createPoster({ ...parts, onPosted: (message) => codeHider.follow(message) });
  const marker = createMarker(parts);
  const carder = createCarder(parts);
  const drops = createDrops({ ...parts, tellDesk });
  const answered = createAnswered(parts);
  const reminders = createReminders(parts);
  const followUpPlans = await openFollowUpPlans(parts);
  const creditWatch = await openCreditWatch({ ...parts, tell });
  const digests = createDigests({ ...parts, told, tellDesk, creditsOf: creditWatch.creditsOf });
  const silence = createSilenceWatch({ ...parts, told, tellDesk });
  const echoer = createEchoer(parts);
  const outbox = createOutbox(parts);
  const tracker = createTracker(parts);

  const offers = createOffers({ ...parts, creditWatch });
  const outbound = createOutbound(parts);
  const bulk = await openBulk({ ...parts, outbound });
  const forgetting = await openForgetting({ ...parts, bulk });
  const sendAutomatic = createAutomatic({ ...parts, outbound });
  const words = createOptOutWords({ ...parts, sendAutomatic });
  const away = createAway({ ...parts, sendAutomatic });
  const inbound = createInbound({ ...parts, onAccepted: (message) => void takeUp(message) });
  const keepUnreadable = await openUnreadable({ ...deps, tell, told });
  const poller = await openPoller({ ...parts, inbound, keepUnreadable, told, tell, tellDesk });
  const doubts = createDoubts(parts);
  const sweepMessages = createRetention({ ...parts, keepMs: deps.keepMs });

  /** What its word came to is told by its post, and so comes first. */
  async function takeUp(message: Inbound): Promise<void> {
    const settled = message.wordDue === undefined ? message : await words.take(message);
    if (settled.postDue !== undefined) poster.consider(settled);
    if (settled.awayDue !== undefined) void away.take(settled);
  }

  let starting: Promise<void> = Promise.resolve();
  let isStopping = false;

  async function begin(): Promise<void> {
    await restored.settle();
    const copiedAt = await restored.takeNews();
    if (copiedAt !== undefined) notices.tellAll({ kind: "restored", copiedAt });
    // The bulk runs count their SMS before one of them can leave.
    const parts = [
      words,
      away,
      outbox,
      bulk,
      poster,
      marker,
      carder,
      codeHider,
      echoer,
      reminders,
      followUpPlans,
      digests,
      drops,
      creditWatch,
      silence,
      doubts,
      tracker,
      poller,
      forgetting,
    ];
    for (const part of parts) if (!isStopping) await part.start();
  }

  return {
    inbound,
    conversations,
    directory: createDirectory(parts),
    canned,
    journal,
    exports: createExports(records),
    forgetting,
    outbound,
    later: createLaters(parts),
    blocking: createBlocking(parts),
    bulk,
    optOut: words.optOut,
    tell: (provider, notice) => void tell(provider, notice),
    tellAll: notices.tellAll,
    keepUnreadable: (provider, raw) => keepUnreadable(provider, "call", [raw]),
    sweep: sweepMessages,
    providerHealth: (desk) =>
      (desk === undefined ? registry.providers : registry.providersOf(desk)).map(({ id }) => ({
        ...health.of(id),
        waiting: outbox.waitingFor(id),
      })),
    ...offers,
    linesOf: (desk) => registry.linesOf(desk),
    wake(desk) {
      rest.worked(desk);
      poster.wake();
      marker.wake();
      carder.wake();
      codeHider.wake();
      bulk.wake();
      reminders.wake();
      echoer.wake();
    },
    async replan(desk) {
      await conversations.replan(desk);
      digests.wake();
    },

    start() {
      starting = begin();
      return starting;
    },
    open: () => outbox.open(),
    async stop(graceMs) {
      isStopping = true;
      // What a start still begins would run on after the stop.
      await starting.catch(() => undefined);
      await Promise.all([
        outbox.stop(graceMs),
        words.stop(),
        away.stop(),
        tracker.stop(),
        doubts.stop(),
        poller.stop(graceMs),
      ]);
      await bulk.end();
      const showing = [
        poster,
        marker,
        carder,
        codeHider,
        echoer,
        followUpPlans,
        reminders,
        digests,
        creditWatch,
        silence,
      ];
      await Promise.all(showing.map((part) => part.stop()));
      await answered.stop();
      await forgetting.stop();
      health.stop();
      notices.stop();
      await drops.stop();
    },
  };
}

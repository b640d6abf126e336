import type { OptOuts } from "../automatic/opt-outs.ts";
import type { Change, Draft, Outbounds } from "../bridge.ts";
import { isOfUnknownFate, type Restored } from "../keeping/restored.ts";
import type { MessageId } from "../model/ids.ts";
import type { Inbound, NamedTemplateUse, Operator, Outbound, TemplateUse } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import { partsOfThread } from "../model/thread.ts";
import { cancel, doubtSince, isRepeatable, isWaiting } from "../outbox/attempt.ts";
import type { Ledger } from "../outbox/ledger.ts";
import type { Clock } from "../ports/clock.ts";
import type { Records } from "../records.ts";
import type { DeskRules, Registry } from "../registry.ts";
import type { Sequence } from "../sequence.ts";
import { createQuestions } from "./questions.ts";
import { holdPastQuiet, isQuiet } from "./quiet.ts";
import { createTextChanges, isChangeable } from "./text-changes.ts";

export interface OutboundDeps {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly sequence: Sequence;
  readonly optOuts: Pick<OptOuts, "isOut">;
  readonly restored: Pick<Restored, "at">;
  readonly clock: Clock;
}

/** What people want to send, and what they change their minds about. Nothing here talks to a panel: it writes records. */
export function createOutbound(deps: OutboundDeps): Outbounds {
  const { records, ledger, registry, sequence, optOuts, restored, clock } = deps;
  const questions = createQuestions(deps);
  const texts = createTextChanges({ ...deps, questions, queue });

  async function accept(draft: Draft): Promise<{ message: Outbound; isNew: boolean }> {
    const { desk, peer } = partsOfThread(draft.thread);
    const rules = registry.findRules(desk);
    if (!rules) throw new Error(`no desk ${desk}`);
    const now = clock.now();
    const [last, previous] = await lastOf(draft);
    const line = lineFor(draft, last, rules);
    const expected = previous?.line ?? last?.line;
    const asked = holdForAPerson(draft) ?? (await holdForOptOut(draft, line)) ?? draft.hold;
    const hold = asked ? holdPastQuiet(asked, line, registry) : holdForItsTime(draft, line, now);
    const due = hold ? hold.untilMs : now;
    return ledger.create({
      id: draft.id,
      desk,
      thread: draft.thread,
      peer,
      line,
      text: draft.text,
      ...(draft.template === undefined ? {} : { template: named(draft.template, line) }),
      ...(draft.sendAt === undefined ? {} : { sendAt: draft.sendAt }),
      lane: draft.lane ?? "answer",
      ...(draft.answers === undefined ? {} : { answers: draft.answers }),
      ...(draft.bulk === undefined ? {} : { bulk: draft.bulk }),
      ...(draft.evenOptedOut ? { evenOptedOut: true } : {}),
      ...(draft.away ? { away: true } : {}),
      ...(draft.trueUntil === undefined ? {} : { trueUntil: draft.trueUntil }),
      ...(draft.origin === undefined ? {} : { origin: draft.origin }),
      ...(draft.quoted ? { quoted: true } : {}),
      ...(draft.markPost === undefined ? {} : { markPost: draft.markPost }),
      ...(draft.echo ? { echo: "wanted" } : {}),
      ...(draft.by === undefined ? {} : { by: draft.by }),
      at: now,
      order: sequence.next(),
      state: hold ? "held" : "queued",
      ...(hold ? { hold: hold.why } : {}),
      ...(hold?.why === "collision" && draft.collision ? { collision: draft.collision } : {}),
      ...(due === undefined ? {} : { due }),
      attempt: 0,
      tries: 0,
      giveUpAt: Math.max(due ?? now, draft.sendAt ?? 0) + rules.giveUpMs,
      triedLines: [],
      receipts: [],
      reports: {},
      ...(expected !== undefined && expected !== line ? { namesLine: true } : {}),
    });
  }

  /** A customer may have written to a line that is no longer ours, or that nobody has listed. */
  function lineFor(draft: Pick<Draft, "line">, last: Inbound | undefined, rules: DeskRules): Line {
    const lastLine = last && registry.findLine(last.line) ? last.line : undefined;
    return draft.line ?? lastLine ?? rules.line;
  }

  /** Whoever has opted out may still be answered, by somebody who knows of it. */
  async function holdForOptOut(draft: Draft, line: Line): Promise<Draft["hold"]> {
    const { by, lane = "answer", thread, hold } = draft;
    const waitsForAPerson = hold !== undefined && hold.untilMs === undefined;
    if (lane !== "answer" || by === undefined || waitsForAPerson) return undefined;
    return (await optOuts.isOut(line, partsOfThread(thread).peer)) ? { why: "opted-out" } : undefined;
  }

  async function isOptedOut(draft: Draft): Promise<boolean> {
    const { desk, peer } = partsOfThread(draft.thread);
    const rules = registry.findRules(desk);
    const [last] = await lastOf(draft);
    return rules !== undefined && optOuts.isOut(lineFor(draft, last, rules), peer);
  }

  /** The customer's last SMS. What is said on which line, and shown nowhere, does not depend on them. */
  async function lastOf({
    thread,
    line,
    origin,
  }: Pick<Draft, "thread" | "line" | "origin">): Promise<readonly Inbound[]> {
    if (line !== undefined && origin === undefined) return [];
    return records.inbound.range("thread", { equal: [thread], reverse: true, limit: 2 });
  }

  function named(template: TemplateUse, line: Line): NamedTemplateUse {
    const { name, values } = template;
    return { name, values, names: registry.valueNames(name, line) ?? [] };
  }

  /** A store that was restored may not know that this was sent already: the desk hands over again what was not confirmed. */
  function holdForAPerson({ writtenAt, hold }: Draft): Draft["hold"] {
    const isOld = writtenAt !== undefined && writtenAt <= (restored.at() ?? Number.NEGATIVE_INFINITY);
    return isOld ? { why: hold?.why === "forward" ? "forward" : "stale" } : undefined;
  }

  /** What is for later waits here, unless its panel may keep it: not where it was written at a desk, for there it can be changed. */
  function holdForItsTime(
    { sendAt, template, origin }: Pick<Draft, "sendAt" | "template" | "origin">,
    line: Line,
    now: number,
  ): Draft["hold"] {
    if (sendAt === undefined || sendAt <= now) return undefined;
    const hold = holdPastQuiet({ why: "scheduled", untilMs: sendAt }, line, registry);
    const isKept =
      hold?.why === "scheduled" &&
      origin === undefined &&
      template === undefined &&
      registry.providerOfLine(line)?.schedule !== undefined;
    return isKept ? undefined : hold;
  }

  /** Runs one press or edit as one atomic step; `decide` says what becomes of the record, or why nothing does. */
  async function change(id: MessageId, decide: (current: Outbound) => Outbound | Change["outcome"]): Promise<Change> {
    let outcome: Change["outcome"] = "unknown";
    const moved = await ledger.move(id, (current) => {
      const decided = decide(current);
      outcome = typeof decided === "string" ? decided : "done";
      return typeof decided === "string" ? undefined : decided;
    });
    return moved ? { outcome, message: moved.message } : { outcome: "unknown" };
  }

  /** What asks for an SMS to leave. Where that may have happened in a time that a restored store does not know, it is asked again. */
  async function pressToSend(
    id: MessageId,
    attempt: number,
    by: Operator,
    decide: (current: Outbound) => Outbound | undefined,
  ): Promise<Change> {
    const doubted = await ledger.move(id, (current) =>
      current.attempt === attempt && isOfUnknownFate(current, restored.at()) ? doubtSince(current) : undefined,
    );
    if (doubted?.changed) return { outcome: "late", message: doubted.message };
    return press(id, attempt, by, decide);
  }

  function press(
    id: MessageId,
    attempt: number,
    by: Operator,
    decide: (current: Outbound) => Outbound | undefined,
  ): Promise<Change> {
    return change(id, (current) => {
      const next = current.attempt === attempt ? decide(current) : undefined;
      return next ? { ...next, settledBy: by } : "late";
    });
  }

  /** Into the queue, behind what already waits in its thread, and beginning with the line it was meant for. */
  function queue(current: Outbound): Outbound {
    const now = clock.now();
    const { hold: _hold, failure: _failure, triedSince: _since, trueUntil: _until, ...rest } = current;
    const rules = registry.findRules(current.desk);
    const meant = current.triedLines[0] ?? current.line;
    // It may have left the configuration since; then, as with a new answer, the desk's own takes its place, and is named.
    const line = registry.findLine(meant) ? meant : (rules?.line ?? meant);
    const hold = holdForItsTime(current, line, now);
    return {
      ...rest,
      state: hold ? "held" : "queued",
      ...(hold ? { hold: hold.why } : {}),
      line,
      ...(line === meant ? {} : { namesLine: true }),
      triedLines: [],
      due: hold?.untilMs ?? now,
      order: sequence.next(),
      tries: 0,
      giveUpAt: Math.max(now, current.sendAt ?? 0) + (rules?.giveUpMs ?? 0),
    };
  }

  /** Whoever says "now" wants no later time any more. */
  function withoutTime({ sendAt: _, ...rest }: Outbound): Outbound {
    return rest;
  }

  return {
    accept,
    questionOf: async (draft) => ((await isOptedOut(draft)) ? "opted-out" : questions.of(draft)),
    find: (id) => ledger.find(id),
    async findByMark(place) {
      const [message] = await records.outbound.range("markPost", { equal: [place], limit: 1 });
      return message;
    },

    edit: (id, text, template) =>
      change(id, (current) => texts.edited(current, text, template && named(template, current.line))),

    shorten: (id, attempt) =>
      change(id, (current) => (current.attempt === attempt ? texts.shortened(current) : "late")),

    cancel: (id, attempt, by) =>
      press(id, attempt, by, (current) => (isChangeable(current) ? cancel(current) : undefined)),

    sendNow: (id, attempt, by) =>
      pressToSend(id, attempt, by, (current) =>
        current.state === "held" && current.hold !== "quiet" ? queue(withoutTime(current)) : undefined,
      ),

    sendInQuiet: (id, attempt, by) =>
      pressToSend(id, attempt, by, (current) =>
        isQuiet(current) ? queue(withoutTime({ ...current, evenQuiet: true })) : undefined,
      ),

    sendInTime: (id, attempt, by) =>
      pressToSend(id, attempt, by, (current) => (isAskedForLater(current) ? queue(current) : undefined)),

    tryAgain: (id, attempt, by) =>
      pressToSend(id, attempt, by, (current) => (isRepeatable(current) ? queue(current) : undefined)),

    wasSent: (id, attempt, by) =>
      press(id, attempt, by, (current) => {
        if (current.state !== "uncertain") return undefined;
        const { failure: _failure, due: _due, doubted: _doubted, askUntil: _until, ...rest } = current;
        return { ...rest, state: "sent" };
      }),
  };
}

/** "Now" is for what waits for its time already: a second press of the same button must not mean that. */
function isAskedForLater(message: Outbound): boolean {
  return message.state === "held" && !isWaiting(message) && message.sendAt !== undefined;
}

import type { Change } from "../bridge.ts";
import type { NamedTemplateUse, Outbound, TemplateUse } from "../model/message.ts";
import { cheaperThan } from "../model/meter.ts";
import { isWaiting } from "../outbox/attempt.ts";
import type { Clock } from "../ports/clock.ts";
import type { Registry } from "../registry.ts";
import type { Questions } from "./questions.ts";

/** What becomes of a record when its text is changed before it leaves: the next record, or why there is none. */
export interface TextChanges {
  edited(current: Outbound, text: string, template?: NamedTemplateUse): Outbound | Change["outcome"];
  /** In the spelling that its mark offers. It stays held where it was, and an undo window begins anew. */
  shortened(current: Outbound): Outbound | Change["outcome"];
}

export function createTextChanges(deps: {
  readonly questions: Questions;
  readonly registry: Registry;
  readonly clock: Clock;
  /** Puts a record into the queue. */
  queue(current: Outbound): Outbound;
}): TextChanges {
  const { questions, registry, clock, queue } = deps;

  /** Whether an edit makes it a question, or answers the one it was held for. */
  function asLongAsItIs(before: Outbound, edited: Outbound): Outbound {
    if (before.hold === "long") return questions.isLong(edited) ? edited : onItsWay(edited);
    if (!isWaiting(before) || questions.isLong(before) || !questions.isLong(edited)) return edited;
    const { due: _due, failure: _failure, ...rest } = edited;
    return { ...rest, state: "held", hold: "long" };
  }

  /** From the beginning: held for as long as the desk wants to be able to undo it. */
  function onItsWay(current: Outbound): Outbound {
    const queued = queue(current);
    const isAtOnce = undoMsOf(current) === 0 || queued.state !== "queued";
    return isAtOnce ? queued : withUndo({ ...queued, state: "held", hold: "undo" });
  }

  function withUndo(current: Outbound): Outbound {
    const due = clock.now() + undoMsOf(current);
    return { ...current, due, giveUpAt: due + (registry.findRules(current.desk)?.giveUpMs ?? 0) };
  }

  function undoMsOf({ desk }: Outbound): number {
    return registry.findRules(desk)?.undoMs ?? 0;
  }

  return {
    edited(current, text, template) {
      if ((current.written ?? current.text) === text && isSameUse(current.template, template)) return "same";
      if (!isChangeable(current) && !wasRefused(current)) return "late";
      const { template: _, written: _written, ...rest } = current;
      return asLongAsItIs(current, { ...rest, text, ...(template === undefined ? {} : { template }) });
    },

    shortened(current) {
      const cheaper = isChangeable(current) ? cheaperThan(current) : undefined;
      if (!cheaper) return "late";
      const spelled = { ...current, text: cheaper.text, written: current.written ?? current.text };
      return current.hold === "undo" ? withUndo(spelled) : spelled;
    },
  };
}

/** Values may hold what stands between them in the text. */
function isSameUse(one: TemplateUse | undefined, other: TemplateUse | undefined): boolean {
  return one?.name === other?.name && JSON.stringify(one?.values) === JSON.stringify(other?.values);
}

/** Nothing has left yet, and nothing is about to. */
export function isChangeable(message: Outbound): boolean {
  return message.state === "held" || message.state === "queued";
}

/** The panel never took it: what an operator mends before **Try again** is what goes out. */
function wasRefused(message: Outbound): boolean {
  return message.state === "failed" && !message.receipts.some((receipt) => receipt.attempt === message.attempt);
}

import type { Change } from "../bridge.ts";
import type { Restored } from "../keeping/restored.ts";
import type { DeskId, MessageId } from "../model/ids.ts";
import type { Outbound } from "../model/message.ts";
import type { ThreadId } from "../model/thread.ts";
import { isWaiting } from "../outbox/attempt.ts";
import type { Ledger } from "../outbox/ledger.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import { type Choosing, createChoosing, isUntimed } from "./choosing.ts";
import { createQuestions, type Questions } from "./questions.ts";
import { holdPastQuiet } from "./quiet.ts";
import { isChangeable } from "./text-changes.ts";

const mostListed = 1000;

/** What operators want to leave later. It waits here and not at its panel, so that it can be changed and cancelled until then. */
export interface Laters extends Choosing {
  /** What waits for its time at a desk, or in one thread; what leaves first is first. */
  waiting(desk: DeskId, thread?: ThreadId): Promise<readonly Outbound[]>;
  /** Another text or time, in one step, until `sending`. As with an edit of any answer, a text that has become too long is held. */
  change(id: MessageId, to: Later): Promise<Change>;
}

interface Later {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly sendAt: number;
}

export function createLaters(deps: {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly restored: Pick<Restored, "at">;
}): Laters {
  const { records, ledger, registry } = deps;
  const questions = createQuestions(deps);

  return {
    ...createChoosing(deps),
    async waiting(desk, thread) {
      const [timed, quieted] = await Promise.all(
        ["scheduled", "quiet"].map((hold) =>
          records.outbound.range("later", { equal: [desk, "answer", hold], limit: mostListed }),
        ),
      );
      const all = [...(timed ?? []), ...(quieted ?? [])].toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0));
      return thread === undefined ? all : all.filter((message) => message.thread === thread);
    },

    async change(id, to) {
      let outcome: Change["outcome"] = "unknown";
      const moved = await ledger.move(id, (current) => {
        const giveUpMs = registry.findRules(current.desk)?.giveUpMs ?? 0;
        const next = changed(current, to, { questions, registry, giveUpMs });
        outcome = typeof next === "string" ? next : "done";
        return typeof next === "string" ? undefined : next;
      });
      return moved ? { outcome, message: moved.message } : { outcome: "unknown" };
    },
  };
}

function changed(
  current: Outbound,
  { text, sendAt }: Later,
  { questions, registry, giveUpMs }: { questions: Questions; registry: Registry; giveUpMs: number },
): Outbound | "same" | "late" {
  const isSameText = (current.written ?? current.text) === text;
  if (isSameText && current.sendAt === sendAt) return "same";
  const isForLater = current.sendAt !== undefined || isUntimed(current);
  if (!isForLater || !isChangeable(current)) return "late";
  const spelled = isSameText ? current : withText(current, text);
  const next = { ...spelled, sendAt, giveUpAt: sendAt + giveUpMs };
  // What waits for a person's word goes on waiting for it; but whether a text is too long, a shorter one answers.
  if (!isWaiting(current) && !isUntimed(current) && current.hold !== "long") return next;
  const { hold: _hold, due: _due, failure: _failure, triedSince: _since, ...rest } = next;
  const isAsked = questions.isLong(next) && (current.hold === "long" || !questions.isLong(current));
  if (isAsked) return { ...rest, state: "held", hold: "long", tries: 0 };
  const { why = "scheduled", untilMs = sendAt } =
    holdPastQuiet({ why: "scheduled", untilMs: sendAt }, current.line, registry) ?? {};
  return { ...rest, state: "held", hold: why, due: untilMs, tries: 0, giveUpAt: untilMs + giveUpMs };
}

function withText({ written: _, ...rest }: Outbound, text: string): Outbound {
  return { ...rest, text };
}

import type { Change } from "../bridge.ts";
import { isOfUnknownFate, type Restored } from "../keeping/restored.ts";
import type { MessageId } from "../model/ids.ts";
import type { Operator, Outbound } from "../model/message.ts";
import { doubtSince } from "../outbox/attempt.ts";
import type { Ledger } from "../outbox/ledger.ts";
import type { Registry } from "../registry.ts";
import { holdPastQuiet } from "./quiet.ts";

/** When a held answer leaves, chosen by buttons. Each is one atomic step for its own attempt, and safe to repeat. */
export interface Choosing {
  /** It waits, and no longer for what it was held for, until somebody has said when it leaves. */
  putOff(id: MessageId, attempt: number, by: Operator): Promise<Change>;
  /** That moment, epoch milliseconds; where its line is quiet then, the end of that. */
  choose(id: MessageId, attempt: number, chosen: { readonly by: Operator; readonly sendAt: number }): Promise<Change>;
}

export function createChoosing(deps: {
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly restored: Pick<Restored, "at">;
}): Choosing {
  const { ledger, registry, restored } = deps;

  async function press(
    id: MessageId,
    attempt: number,
    by: Operator,
    decide: (held: Outbound) => Outbound | undefined,
  ): Promise<Change> {
    let outcome: Change["outcome"] = "unknown";
    const moved = await ledger.move(id, (current) => {
      outcome = "late";
      if (current.attempt !== attempt || current.state !== "held") return undefined;
      if (isOfUnknownFate(current, restored.at())) return doubtSince(current);
      const next = decide(current);
      outcome = next ? "done" : "same";
      return next && { ...next, settledBy: by };
    });
    return moved ? { outcome, message: moved.message } : { outcome: "unknown" };
  }

  return {
    putOff: (id, attempt, by) =>
      press(id, attempt, by, (held) => {
        // Nor does a second press take away a time that was chosen meanwhile.
        if (held.hold === "scheduled") return undefined;
        const { due: _due, sendAt: _at, ...rest } = held;
        return { ...rest, hold: "scheduled" };
      }),
    choose: (id, attempt, { by, sendAt }) =>
      press(id, attempt, by, (held) => {
        if (held.sendAt === sendAt) return undefined;
        const giveUpMs = registry.findRules(held.desk)?.giveUpMs ?? 0;
        const { why = "scheduled", untilMs = sendAt } =
          holdPastQuiet({ why: "scheduled", untilMs: sendAt }, held.line, registry) ?? {};
        return { ...held, hold: why, sendAt, due: untilMs, giveUpAt: untilMs + giveUpMs };
      }),
  };
}

/** It is for later, and nobody has said yet for when. */
export function isUntimed({ state, hold, due, sendAt }: Outbound): boolean {
  return state === "held" && hold === "scheduled" && due === undefined && sendAt === undefined;
}

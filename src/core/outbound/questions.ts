import type { Draft } from "../bridge.ts";
import type { Outbound } from "../model/message.ts";
import { countSegments } from "../model/text.ts";
import { partsOfThread } from "../model/thread.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";

/** What of a draft or of a record is asked about. */
type Answer = Pick<Draft, "thread" | "text" | "lane" | "origin" | "template">;

/** How many of a thread's newest SMS are looked at for one that was let go: before it there are only those that were not. */
const lookedAt = 50;

/**
 * What a person is asked before their own text leaves, so that no slip of the hand becomes an SMS: whether the number is the one they
 * meant (`first`), and whether so much text is (`long`). Asked of answers that are written at a desk, when they are written, those
 * for later too: at their time there may be nobody to say. Not of templates, whose text the panel makes.
 */
export interface Questions {
  /** What must be asked of this draft first; `undefined`: nothing. */
  of(draft: Draft): Promise<"first" | "long" | undefined>;
  /** Whether an answer of this text has more parts than its desk lets go unasked. */
  isLong(answer: Answer): boolean;
}

export function createQuestions({
  records,
  registry,
}: {
  readonly records: Records;
  readonly registry: Registry;
}): Questions {
  /** Somebody who never wrote, and to whom nobody has let an SMS go yet: a question that was answered with "send" is not asked again. */
  async function isNew({ id, thread }: Draft): Promise<boolean> {
    const [written] = await records.inbound.range("thread", { equal: [thread], limit: 1 });
    if (written) return false;
    const ours = await records.outbound.range("thread", { equal: [thread], reverse: true, limit: lookedAt });
    return !ours.some((message) => message.id !== id && wasLetGo(message));
  }

  function isLong(answer: Answer): boolean {
    const most = registry.findRules(partsOfThread(answer.thread).desk)?.maxParts;
    return most !== undefined && isAsked(answer) && countSegments(answer.text).parts > most;
  }

  return {
    async of(draft) {
      if (!isAsked(draft)) return undefined;
      if (await isNew(draft)) return "first";
      return isLong(draft) ? "long" : undefined;
    },
    isLong,
  };
}

function isAsked({ origin, lane = "answer", template }: Answer): boolean {
  return origin !== undefined && lane === "answer" && template === undefined;
}

/** What waits for its time has been asked about before. */
function wasLetGo({ state, hold, due, attempt }: Outbound): boolean {
  const isTimed = due !== undefined && (hold === "scheduled" || hold === "quiet");
  return attempt > 0 || (state === "held" ? isTimed : state !== "cancelled");
}

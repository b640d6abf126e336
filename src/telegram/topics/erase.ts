import type { Erased } from "../../core/ports/desk.ts";
import { failureOf } from "../calls/errors.ts";
import { type TopicRecord, topicKey } from "./topic-record.ts";
import type { TopicsDeps } from "./topics.ts";

export interface Erasing {
  isInUse(): Promise<boolean>;
  readonly commit: (outcome: Erased) => Promise<void>;
}

type Deps = Pick<TopicsDeps, "api" | "chat" | "records">;

/**
 * Deletes the topics of a thread that is to be forgotten, and then, once it is committed what came of it, everything known of them.
 * A thread in use keeps its topic, but not the SMS that the card's record holds.
 */
export async function eraseTopics(
  deps: Deps,
  known: readonly TopicRecord[],
  { isInUse, commit }: Erasing,
): Promise<void> {
  const { chat, records } = deps;
  const there = known.filter((topic) => topic.chat === chat.id() && topic.gone === undefined);
  const outcomes = new Set<Outcome>();
  for (const topic of there) outcomes.add(await remove(deps, topic, isInUse));
  const staysInUse = outcomes.has("in-use") || (there.length === 0 && (await isInUse()));
  const stays = staysInUse || outcomes.has("stays");
  await commit(there.length === 0 ? "none" : stays ? "stays" : "gone");
  for (const topic of known) {
    const key = topicKey(topic.chat, topic.topicId);
    if (staysInUse) await records.update(key, (current) => current && withoutText(current));
    else await records.delete(key);
  }
}

type Outcome = "gone" | "stays" | "in-use";

async function remove({ api, chat }: Deps, topic: TopicRecord, isInUse: Erasing["isInUse"]): Promise<Outcome> {
  let outcome: Outcome = "gone";
  try {
    await chat.call({ kind: "edit", priority: "answer" }, async (id) => {
      if (await isInUse()) outcome = "in-use";
      else await api.deleteForumTopic(id, Number(topic.topicId));
    });
    return outcome;
  } catch (error) {
    const { problem } = failureOf(error);
    if (problem === "topic-gone") return "gone";
    if (problem === "no-right" || problem === "refused" || problem === "not-a-forum") return "stays";
    throw error;
  }
}

/** The card that is edited next keeps no SMS below it. */
function withoutText({ belowCard: _, ...topic }: TopicRecord): TopicRecord {
  return topic;
}

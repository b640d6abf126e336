import type { Message } from "grammy/types";
import type { Bridge } from "../../core/bridge.ts";
import { hashKey } from "../../core/model/ids.ts";
import type { ThreadId } from "../../core/model/thread.ts";
import type { Scene } from "../context.ts";
import { effectOfDecision } from "../journal/journaling.ts";
import { draftId } from "../message.ts";

/** What became of a name that was brought. */
export type Named = "named" | "renamed" | "same";

/**
 * A customer is called so from now on, or without a name by their number, because an operator wrote this message. Read twice it is
 * one entry in the journal for each customer in it.
 */
export async function giveName(
  { bridge, scene, message }: { readonly bridge: Bridge; readonly scene: Scene; readonly message: Message },
  thread: ThreadId,
  name: string | undefined,
): Promise<Named> {
  const before = (await bridge.conversations.find(thread))?.name;
  const id = hashKey("name", draftId(message), thread);
  const { outcome } = await bridge.journal.noting(
    { id, desk: scene.desk.id, thread, by: scene.operator, what: "name" },
    () => bridge.conversations.name(thread, name),
    effectOfDecision,
  );
  if (outcome !== "done") return "same";
  return before === undefined ? "named" : "renamed";
}

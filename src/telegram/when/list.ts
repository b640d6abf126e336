import type { ThreadId } from "../../core/model/thread.ts";
import type { Handling } from "../context.ts";
import type { Rendered, TelegramDesk } from "../types.ts";

/** What `/later` tells when it is written alone: what waits in one thread, or at the whole desk. */
export async function laterList(
  { bridge, clock }: Pick<Handling, "bridge" | "clock">,
  desk: TelegramDesk,
  thread: ThreadId | undefined,
): Promise<Rendered> {
  const waiting = await bridge.later.waiting(desk.id, thread);
  return desk.texts.later(waiting, { now: clock.now(), ofDesk: thread === undefined });
}

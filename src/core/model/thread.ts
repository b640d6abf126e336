import type { DeskId } from "./ids.ts";
import type { Peer } from "./phone.ts";

/** One conversation: a desk and a peer, whichever of the desk's lines it runs over. */
export type ThreadId = string;

export function threadOf(desk: DeskId, peer: Peer): ThreadId {
  return `${desk}/${peer}`;
}

/** The two halves of a thread id. A desk's name holds no `/`; the configuration sees to that. */
export function partsOfThread(thread: ThreadId): { desk: DeskId; peer: Peer } {
  const cut = thread.indexOf("/");
  return { desk: thread.slice(0, cut), peer: thread.slice(cut + 1) };
}

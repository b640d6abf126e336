import { onTestFinished } from "vitest";
import type { IncomingSms, PollInbox } from "../../../src/core/ports/inbox.ts";
import { noon } from "../messages.ts";
import { openWorld } from "../open-world.ts";
import { createPaperInbox } from "./paper-inbox.ts";

/** A bridge whose first panel is asked for what comes in. */
export async function polled(
  options: Partial<Omit<PollInbox, "mode">> = {},
  more: Parameters<typeof openWorld>[0] = {},
) {
  const inbox = createPaperInbox(options);
  const opened = await openWorld({ ...more, first: { inbox } });
  onTestFinished(opened.stop);
  return { ...opened, inbox, posted: () => opened.support.posts.map(({ text }) => text) };
}

/** An SMS that came so many minutes after the first contact. */
export const dated = (text: string, minutes = 0, panelId?: string): Partial<IncomingSms> => ({
  text,
  time: { written: `+${minutes}`, at: noon + minutes * 60_000 },
  ...(panelId === undefined ? {} : { panelId }),
});

import { type Conversation, newConversation, withInbound } from "../../src/core/model/conversation.ts";
import type { Inbound, Outbound } from "../../src/core/model/message.ts";
import type { Desk, MarkShown, PostedSms, TakeSms } from "../../src/core/ports/desk.ts";

/** A desk whose posts and marks give back what they had committed. */
export type ToldDesk<D extends Desk = Desk> = Omit<D, "post" | "mark"> & {
  /** What waits in one thread; gives the place of the post that shows as many of them as go together. */
  post(...sms: readonly Inbound[]): Promise<{ post: string }>;
  /** The same in a thread that stands as it does. */
  postIn(conversation: Conversation, ...sms: readonly Inbound[]): Promise<{ post: string }>;
  mark(read: () => Promise<Outbound | undefined>): Promise<MarkShown>;
};

export function toldDesk<D extends Desk>(desk: D): ToldDesk<D> {
  const told: ToldDesk<D> = {
    ...desk,
    async post(...sms) {
      const [first] = sms;
      if (first === undefined) throw new Error("nothing to post");
      return told.postIn(withInbound(newConversation(first.thread, first.at), first), ...sms);
    },
    async postIn(conversation, ...sms) {
      let post: string | undefined;
      const [first] = sms;
      if (first === undefined) throw new Error("nothing to post");
      const take: TakeSms = async (fits) => {
        const taken: PostedSms[] = [];
        for (const message of sms) {
          if (taken.length > 0 && !fits([...taken, { message }])) break;
          taken.push({ message });
        }
        return taken;
      };
      const commit = async (place: string) => {
        post = place;
      };
      await desk.post({ conversation, first, take, commit });
      if (post === undefined) throw new Error("a post was shown and never committed");
      return { post };
    },
    async mark(read) {
      let shown: MarkShown | undefined;
      await desk.mark(read, async (mark) => {
        shown = mark;
      });
      if (shown === undefined) throw new Error("a mark was shown and never committed");
      return shown;
    },
  };
  return told;
}

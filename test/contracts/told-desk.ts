import type { Inbound, Outbound } from "../../src/core/model/message.ts";
import type { Desk, MarkShown, PostFacts } from "../../src/core/ports/desk.ts";

/** A desk whose posts and marks give back what they had committed. */
export type ToldDesk<D extends Desk = Desk> = Omit<D, "post" | "mark"> & {
  post(message: Inbound, facts: PostFacts): Promise<{ post: string }>;
  mark(read: () => Promise<Outbound | undefined>): Promise<MarkShown>;
};

export function toldDesk<D extends Desk>(desk: D): ToldDesk<D> {
  return {
    ...desk,
    async post(message, facts) {
      let post: string | undefined;
      await desk.post(message, facts, async (place) => {
        post = place;
      });
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
}

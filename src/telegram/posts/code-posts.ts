import type { InlineKeyboardButton } from "grammy/types";
import { z } from "zod";
import type { Clock } from "../../core/ports/clock.ts";
import type { Collection, CollectionSpec, Store } from "../../core/ports/store.ts";
import type { PostFacts } from "../types.ts";

/** A post with one-time codes, as it must be known to be shown again. It goes when its codes are hidden. */
export interface CodePost {
  /** The place by which core knows it. */
  readonly post: string;
  /** Its messages; of a long SMS several. */
  readonly places: readonly string[];
  readonly facts: PostFacts;
  /** The buttons that copy its codes: where other buttons stand below them, those change and these do not. */
  readonly buttons: InlineKeyboardButton[][];
}

const button = z.looseObject({ text: z.string(), copy_text: z.object({ text: z.string() }) });
const shape = z.object({
  post: z.string(),
  places: z.array(z.string()),
  facts: z.object({
    header: z.boolean(),
    isUnderCard: z.boolean().exactOptional(),
    isShared: z.boolean().exactOptional(),
  }),
  buttons: z.array(z.array(button)),
});
const spec: CollectionSpec<CodePost> = { name: "codePosts", indexes: {}, parse: (value) => shape.parse(value) };

export interface CodePosts {
  remember(post: CodePost): Promise<void>;
  find(post: string): Promise<CodePost | undefined>;
  forget(post: string): Promise<void>;
}

/** What is known of a post goes when its SMS do, after `keepMs`. */
export async function openCodePosts(deps: { store: Store; clock: Clock; keepMs: number }): Promise<CodePosts> {
  const { store, clock, keepMs } = deps;
  const records: Collection<CodePost> = await store.collection(spec);
  return {
    remember: (post) => records.put(post.post, post, { expiresAt: clock.now() + keepMs }),
    find: (post) => records.get(post),
    forget: (post) => records.delete(post),
  };
}

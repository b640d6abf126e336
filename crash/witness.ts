import { smsIn } from "./talk.ts";
import type { World } from "./world.ts";

/** A message of the bot, and when it came. */
export interface Shown {
  readonly messageId: number;
  readonly text: string;
  /** `performance.now()` of this process. */
  readonly at: number;
}

/** The same thing said twice. */
export interface Repeat {
  readonly before: Shown;
  readonly again: Shown;
}

/** Looks at the group as a person would, and remembers in which order things came. */
export interface Witness {
  /** The SMS of a customer in the order in which they were first shown, by their number. */
  shownOf(customer: number): readonly number[];
  /** Whether each of these is shown. */
  hasShown(customer: number, n: number): boolean;
  /** The newest mark under an operator's message: where it stands, and its sign. */
  markUnder(messageId: number): { readonly messageId: number; readonly sign: string } | undefined;
  customersWithTopic(): readonly number[];
  topicOf(customer: number): number | undefined;
  /** What stands there again. */
  repeated(): readonly Repeat[];
  /** When anything was last said. */
  lastAt(): number;
}

const signs: ReadonlySet<string> = new Set(["⏳", "✓", "✓✓", "◐", "✗", "⚠", "∅", "⊘"]);

/** How the reminder of a thread that was put off begins. */
const back = "📆";

export function watchGroup({ telegram, group }: World): Witness {
  const posts = new Map<string, Shown>();
  /** Which SMS each message shows: that it is edited shows none of them again. */
  const held = new Map<number, Set<string>>();
  const order = new Map<number, number[]>();
  const topics = new Map<number, number>();
  const marks = new Map<number, { newest: Shown; text: string }>();
  const others = new Map<string, Shown>();
  const repeats: Repeat[] = [];
  let lastAt = performance.now();

  telegram.onChange(({ kind, chatId, messageId }) => {
    if (chatId !== group.id || messageId === undefined) return;
    const message = group.message(messageId);
    if (!message?.from.isBot) return;
    if (kind === "message" || kind === "edit") lastAt = performance.now();
    if (kind === "message") take(message);
    if (kind === "edit") {
      const mark = message.replyTo === undefined ? undefined : marks.get(message.replyTo);
      if (mark?.newest.messageId === message.id) mark.text = message.text;
      takeSms(message);
    }
  });

  function take(message: NonNullable<ReturnType<typeof group.message>>): void {
    const shown = { messageId: message.id, text: message.text, at: performance.now() };
    if (message.replyTo !== undefined && signs.has(signOf(message.text))) {
      const known = marks.get(message.replyTo);
      if (known) repeats.push({ before: known.newest, again: shown });
      marks.set(message.replyTo, { newest: shown, text: message.text });
      return;
    }
    if (takeSms(message)) return;
    // What Telegram says of a topic's new name or sign is said each time.
    if (message.service === "forum_topic_edited") return;
    // Cards are told apart by their topic, answers by what they answer, topics by their name.
    const name = message.raw.forum_topic_created?.name;
    const key = name === undefined ? `${message.topicId}/${message.replyTo}/${message.text}` : `topic ${name}`;
    const known = others.get(key);
    if (known) repeats.push({ before: known, again: shown });
    others.set(key, shown);
  }

  /** Whether it is a post of SMS. A reminder only quotes one. */
  function takeSms(message: NonNullable<ReturnType<typeof group.message>>): boolean {
    const all = message.text.startsWith(back) ? [] : smsIn(message.text);
    const shown = { messageId: message.id, text: message.text, at: performance.now() };
    const here = held.get(message.id) ?? new Set();
    held.set(message.id, here);
    let before: Shown | undefined;
    for (const { customer, n } of all) {
      const key = `${customer}/${n}`;
      if (here.has(key)) continue;
      here.add(key);
      const known = posts.get(key);
      posts.set(key, shown);
      if (known) before ??= known;
      if (known) continue;
      order.set(customer, [...(order.get(customer) ?? []), n]);
      if (message.topicId !== undefined) topics.set(customer, message.topicId);
    }
    if (before) repeats.push({ before, again: shown });
    return all.length > 0;
  }

  return {
    shownOf: (customer) => order.get(customer) ?? [],
    hasShown: (customer, n) => posts.has(`${customer}/${n}`),
    markUnder(messageId) {
      const mark = marks.get(messageId);
      return mark && { messageId: mark.newest.messageId, sign: signOf(mark.text) };
    },
    customersWithTopic: () => [...topics.keys()],
    topicOf: (customer) => topics.get(customer),
    repeated: () => repeats,
    lastAt: () => lastAt,
  };
}

/** The first characters of a mark. */
function signOf(text: string): string {
  return text.split(/\s/)[0] ?? "";
}

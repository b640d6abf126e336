import type { BulkOutcome, BulkProgress, RefusedRow } from "../model/bulk.ts";
import type { Conversation } from "../model/conversation.ts";
import type { CreditOutlook } from "../model/credit-pace.ts";
import type { Digest } from "../model/digest.ts";
import type { FollowUp } from "../model/follow-up.ts";
import type { DeskId, ProviderId } from "../model/ids.ts";
import type { Inbound, Operator, Outbound } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import type { ThreadId } from "../model/thread.ts";
import type { FailureCode } from "./provider-error.ts";

/**
 * The chat where operators work, as core sees it. It owns how things look and where they stand; places (`post`, `origin`,
 * `markPost`) are its own strings. Every method throws `DeskError` and nothing else, and may be called again after one.
 */
export interface Desk {
  readonly id: DeskId;
  /** How long a message that only waits its turn stays without a mark. */
  readonly markAfterMs: number;
  /**
   * Shows what waits in one thread as one post, opening the thread where there is none yet. `conversation` is how it stands once
   * they are shown, `first` an SMS of it, `take` says which ones the post shows. Called once at a time for a thread.
   * `commit` stores where they stand. The desk waits for it before it shows anything else in the same chat, so that a process
   * that dies leaves at most one thing shown of which the store does not know.
   */
  post(task: PostTask): Promise<void>;
  /**
   * Brings the mark of an outbound message up to date. `read` gives the record as it stands; it is called as late as
   * possible, so that of many changes only the newest is shown. `commit` is waited for as in `post`; it is called once.
   * Called for one message at a time.
   */
  mark(read: () => Promise<Outbound | undefined>, commit: (shown: MarkShown) => Promise<void>): Promise<void>;
  /**
   * Brings the card of a thread up to date: what stands at the head of its topic, and the topic's name and sign. `read` and
   * `commit` are as in `mark`; `shown` is the `cardKey` of what was shown. Where a thread has no card there is nothing to do.
   */
  card(read: () => Promise<Conversation | undefined>, commit: (shown: string) => Promise<void>): Promise<void>;
  /**
   * Shows a post again with its SMS as they are now, for their one-time codes are hidden. `read` gives the conversation of its
   * thread. Where the post is gone there is nothing to do.
   */
  hideCodes(task: HideTask): Promise<void>;
  /**
   * Brings the message of a bulk run up to date, and below it, where the run is over and something may have been sent, hands over the
   * report. `commit` takes the `bulkKey` of what was shown; it is called once.
   */
  bulk(task: BulkTask): Promise<void>;
  /**
   * Tells what the operators should not forget, in one message: of one conversation, or of many at once. `read` gives what is
   * due and still so, the longest due first; it is called as late as possible. `commit` is waited for as in `post`, for those that
   * were told; what it was not called for is asked for again. Called once at a time.
   */
  remind(
    read: () => Promise<readonly Reminder[]>,
    commit: (told: readonly Reminder[], post?: string) => Promise<void>,
  ): Promise<void>;
  /**
   * Shows in its thread an SMS that was written elsewhere and was sent, opening the thread where there is none yet. Where threads
   * have no place of their own there is nothing to do. `commit` is as in `post`.
   */
  echo(task: EchoTask): Promise<void>;
  /**
   * Takes away what shows a thread, and everything the desk itself knows of it, in this order. What became of its topic is committed
   * between the two. A thread that is in use keeps its topic: that is asked as late as can be, for Telegram may be away for long.
   */
  erase(
    wanted: { readonly thread: ThreadId; isInUse(): Promise<boolean> },
    commit: (outcome: Erased) => Promise<void>,
  ): Promise<void>;
  /** Tells the operators something about the bridge itself. */
  notify(notice: Notice): Promise<void>;
}

/** Something about a conversation that is told by itself. */
export interface Reminder {
  readonly conversation: Conversation;
  readonly why: Exclude<FollowUp, { readonly kind: "close" }>;
  /** The customer's last SMS, where it is still kept. */
  readonly lastSms?: Inbound;
  /** Of what comes back: what was said last. */
  readonly lastLines?: readonly TalkLine[];
}

/** What one side said. */
export interface TalkLine {
  readonly text: string;
  /** `ours`: nobody's in particular. */
  readonly by: "customer" | "ours" | Operator;
}

/** `gone`: the topic is deleted; `stays`: a person must delete it; `none`: there was none, so that it is messages that stay. */
export type Erased = "gone" | "stays" | "none";

/** What `Desk.hideCodes` is asked for: every SMS of the post, in their order. */
export interface HideTask {
  readonly post: string;
  readonly sms: readonly PostedSms[];
  readonly read: () => Promise<Conversation | undefined>;
}

/** What `Desk.post` is asked for. Where `first` has a topic of its own name, it is shown there, without anything of its thread. */
export interface PostTask {
  readonly conversation: Conversation;
  readonly first: Inbound;
  readonly take: TakeSms;
  readonly commit: (post: string) => Promise<void>;
}

/** What `Desk.bulk` is asked for. */
export interface BulkTask {
  /** As it stands; called as late as possible. */
  read(): Promise<BulkProgress | undefined>;
  readonly commit: (shown: string) => Promise<void>;
  /** What became of each receiver, in the order of the list, and then what was left out. Only of a run that is over and not committed yet. */
  report(): AsyncIterable<BulkOutcome | RefusedRow>;
}

/** What `Desk.echo` is asked for. */
export interface EchoTask {
  readonly conversation: Conversation;
  readonly message: Outbound;
  readonly commit: () => Promise<void>;
}

/**
 * Gives the SMS that one post shows, in their order: as many of those that wait as `fits` lets go together, at least one. To be
 * called as late as possible, for until then more may come; from then on, until `post` has ended, it gives the same ones. Rejects
 * while the store is away.
 */
export type TakeSms = (fits: (together: readonly PostedSms[]) => boolean) => Promise<readonly PostedSms[]>;

export interface PostedSms {
  readonly message: Inbound;
  /** The line of the SMS before it in this thread, where it came to another one. */
  readonly previousLine?: string;
  /** The bulk SMS after which it is the first that its peer wrote. */
  readonly afterBulk?: Pick<Outbound, "text" | "at">;
}

export interface MarkShown {
  /** `markKey` of the record that was shown. */
  readonly shown: string;
  /** Where the mark's own reply stands, if there is one. */
  readonly markPost?: string;
  /** When the desk wants to be asked again although nothing changed: a wait that has become long is shown otherwise. */
  readonly againAt?: number;
}

/** News for operators; the desk finds the words. */
export type Notice =
  | {
      readonly kind: "provider-down";
      readonly provider: ProviderId;
      readonly code: FailureCode;
      readonly vendor?: string;
    }
  | { readonly kind: "provider-up"; readonly provider: ProviderId }
  | { readonly kind: "unreadable"; readonly provider: ProviderId }
  /** The panel lists no more than its last `count` SMS, and all of them were new: there may have been others. */
  | { readonly kind: "hidden-sms"; readonly provider: ProviderId; readonly count: number }
  /** A stored record cannot be read any more. */
  | { readonly kind: "damaged" }
  /** The store was restored from a copy of then: what came after it is not known. */
  | { readonly kind: "restored"; readonly copiedAt: number }
  /** Rules have dropped so many SMS since then, most of them from these. */
  | {
      readonly kind: "dropped";
      readonly count: number;
      readonly since: number;
      readonly senders: readonly { readonly peer: string; readonly count: number }[];
    }
  /** How the last day was, and how long the credit of the desk's panels lasts. */
  | { readonly kind: "digest"; readonly digest: Digest; readonly credits: readonly CreditOutlook[] }
  /** At the present pace it ends soon. */
  | { readonly kind: "low-credit"; readonly credit: CreditOutlook }
  /** Nothing came for far longer than is usual at this hour. `isPushed`: its panel calls us; otherwise we ask it. */
  | {
      readonly kind: "silent-line";
      readonly line: Line;
      readonly provider: ProviderId;
      readonly isPushed: boolean;
      readonly silentMs: number;
      readonly usualMs: number;
    }
  /** A person was forgotten: so many messages, and what became of their topic. */
  | { readonly kind: "forgotten"; readonly count: number; readonly erased: Erased }
  | { readonly kind: "skipped-backlog"; readonly line: string; readonly count: number };

/** The desk could not show something. */
export class DeskError extends Error {
  override name = "DeskError";
  /** `unreachable`, `rate-limited`: try again; `not-ready`: no chat yet, or we are not in it; `refused`: it will not become better by itself. */
  readonly code: "unreachable" | "rate-limited" | "not-ready" | "refused";
  readonly retryAfterMs?: number;

  constructor(code: DeskError["code"], message: string, facts: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs;
  }
}

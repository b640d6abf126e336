import type { OptOutWords } from "./automatic/opt-out-words.ts";
import type { Bulk } from "./bulk/bulk.ts";
import type { CannedAnswers } from "./canned.ts";
import type { Blocking } from "./conversations/blocking.ts";
import type { Conversations } from "./conversations/book.ts";
import type { Directory } from "./conversations/directory.ts";
import type { Exports } from "./keeping/export.ts";
import type { Forgetting } from "./keeping/forgetting.ts";
import type { Journal } from "./keeping/journal.ts";
import type { Collision } from "./model/answering.ts";
import type { CreditOutlook } from "./model/credit-pace.ts";
import type { DeskId, MessageId, ProviderId } from "./model/ids.ts";
import type { Hold, Inbound, Lane, Operator, Outbound, TemplateUse } from "./model/message.ts";
import type { Line, Peer } from "./model/phone.ts";
import type { ThreadId } from "./model/thread.ts";
import type { Laters } from "./outbound/later.ts";
import type { Notice } from "./ports/desk.ts";
import type { IncomingSms } from "./ports/inbox.ts";
import type { FailureCode } from "./ports/provider-error.ts";

/** A message that an operator, a command or a program wants to leave as SMS. */
export interface Draft {
  /** Made from where it was written (`hashKey`); the same id never becomes two SMS. */
  readonly id: MessageId;
  readonly thread: ThreadId;
  /** Not empty, already clean (`cleanText`). Of a template, what a person reads of it here. */
  readonly text: string;
  readonly template?: TemplateUse;
  /** Not before this moment, epoch milliseconds. */
  readonly sendAt?: number;
  /** Absent: the line of that customer's last SMS, else the desk's own line. */
  readonly line?: Line;
  /** Default `answer`. */
  readonly lane?: Lane;
  /** The SMS that it answers by itself. */
  readonly answers?: MessageId;
  /** The run of one text to many that it belongs to. */
  readonly bulk?: MessageId;
  /** Leaves although its receiver has opted out. */
  readonly evenOptedOut?: true;
  /** It tells its receiver that the desk is closed. */
  readonly away?: true;
  /** What it says holds until then, epoch milliseconds: it is given up rather than sent later. */
  readonly trueUntil?: number;
  /** The operator's message, as the desk names places. */
  readonly origin?: string;
  /** Its text stands nowhere in the chat, so its mark quotes it. */
  readonly quoted?: true;
  /** A message of ours that is to become its mark. */
  readonly markPost?: string;
  /** It was written elsewhere than in its thread, so once it was sent the desk shows it there. */
  readonly echo?: true;
  readonly by?: Operator;
  /** When it was written, epoch milliseconds, where that may have been long before it is read. */
  readonly writtenAt?: number;
  /** Held instead of queued. `untilMs` is a moment in epoch milliseconds at which it queues by itself; without it a person must say. */
  readonly hold?: { readonly why: Hold; readonly untilMs?: number };
  /** Somebody else's answer of just now, for which it is held. */
  readonly collision?: Collision;
}

/** What the Telegram side and the command line may ask of outbound messages. All of it is safe to repeat. */
export interface Outbounds {
  /** Commits a draft; resolves once it is on disk. A draft whose id is known changes nothing and gives the record as it stands. */
  accept(draft: Draft): Promise<{ message: Outbound; isNew: boolean }>;
  find(id: MessageId): Promise<Outbound | undefined>;
  findByMark(place: string): Promise<Outbound | undefined>;
  /** What a person must be asked before this draft leaves, for whoever accepts it to hold it: whether one who has opted out of its line is meant, and see `Questions`. */
  questionOf(draft: Draft): Promise<"opted-out" | "first" | "long" | undefined>;
  /**
   * Until `sending`, changes what is sent. `same`: the text is as it was; `late`: it has left or is over. An answer that is held for
   * its length goes on its way when it is short enough; one on its way that has become too long is held.
   */
  edit(id: MessageId, text: string, template?: TemplateUse): Promise<Change>;
  // Presses of buttons. Each is one atomic step; `attempt` is the one the button was made for, and an older one only gets `late`.
  /** Stops a held or queued message (`cancel`, `undo`, `drop`). */
  cancel(id: MessageId, attempt: number, by: Operator): Promise<Change>;
  /** Gives a held or queued message the spelling that its mark offers. It stays held where it was; an undo window begins anew. */
  shorten(id: MessageId, attempt: number): Promise<Change>;
  /** Queues a held message, whenever it was meant for. Not what waits for the end of its line's quiet: a second press must not mean that. */
  sendNow(id: MessageId, attempt: number, by: Operator): Promise<Change>;
  /** Lets what its line's quiet holds leave all the same. */
  sendInQuiet(id: MessageId, attempt: number, by: Operator): Promise<Change>;
  /** Lets a message for later, of which somebody is asked, wait for its time; where that is over, queues it. */
  sendInTime(id: MessageId, attempt: number, by: Operator): Promise<Change>;
  /** Queues a failed or uncertain message once more (`try-again`, `send-again`). */
  tryAgain(id: MessageId, attempt: number, by: Operator): Promise<Change>;
  /** Settles an uncertain message as sent. */
  wasSent(id: MessageId, attempt: number, by: Operator): Promise<Change>;
}

export interface Change {
  /** `done`: it took effect; `same`: nothing to do; `late`: its moment is over; `unknown`: no such message. */
  readonly outcome: "done" | "same" | "late" | "unknown";
  readonly message?: Outbound;
}

export interface Inbounds {
  /** Commits SMS that a provider handed over; resolves once all are on disk. */
  accept(provider: ProviderId, sms: readonly IncomingSms[]): Promise<readonly { message: Inbound; isNew: boolean }[]>;
  find(id: MessageId): Promise<Inbound | undefined>;
  findByPost(post: string): Promise<Inbound | undefined>;
  /** The line of the last SMS of this thread. */
  lastLineOf(thread: ThreadId): Promise<Line | undefined>;
}

export interface ProviderHealth {
  readonly provider: ProviderId;
  readonly isUp: boolean;
  /** Since when it is up or down, epoch milliseconds. */
  readonly since: number;
  readonly failure?: { readonly code: FailureCode; readonly vendor?: string };
  readonly waiting: number;
}

/** A template that a line of a desk can send. */
export interface OfferedTemplate {
  readonly name: string;
  /** The names of its values, in order. */
  readonly values: readonly string[];
  /** The line whose panel has it: the desk's own where that is so. */
  readonly line: Line;
}

/** A phone book of a desk's panels. */
export interface PhoneBook {
  readonly provider: ProviderId;
  readonly fields: readonly string[];
}

/** What became of a contact at one panel. */
export interface ContactOutcome {
  readonly provider: ProviderId;
  /** Fields that were not kept, with the panel's own words. */
  readonly refused?: readonly { readonly field: string; readonly vendor: string }[];
  readonly failure?: { readonly code: FailureCode; readonly vendor?: string };
}

export interface CreditOfProvider {
  readonly provider: ProviderId;
  readonly credits?: readonly Omit<CreditOutlook, "provider">[];
  readonly failure?: FailureCode;
}

/** The bridge, as the adapters on its two sides see it. */
export interface Bridge {
  readonly inbound: Inbounds;
  readonly outbound: Outbounds;
  readonly later: Laters;
  readonly conversations: Conversations;
  readonly blocking: Blocking;
  readonly bulk: Bulk;
  /** An operator says that this SMS, a bare number, was meant as an opt-out. */
  readonly optOut: OptOutWords["optOut"];
  readonly directory: Directory;
  readonly canned: CannedAnswers;
  readonly journal: Journal;
  readonly exports: Exports;
  readonly forgetting: Forgetting;
  /** Of every provider, or of those that serve a line of this desk. */
  providerHealth(desk?: DeskId): readonly ProviderHealth[];
  /** The credit of each provider that serves a line of this desk and can tell it. */
  creditOf(desk: DeskId): Promise<readonly CreditOfProvider[]>;
  linesOf(desk: DeskId): readonly Line[];
  templatesOf(desk: DeskId): readonly OfferedTemplate[];
  phoneBooksOf(desk: DeskId): readonly PhoneBook[];
  /** Keeps a contact in every phone book of the desk's panels that has these fields. */
  addContact(
    desk: DeskId,
    contact: { readonly peer: Peer; readonly fields: Readonly<Record<string, string>> },
  ): Promise<readonly ContactOutcome[]>;
  /** Something about a desk has become better: what waited to be shown there is tried at once. */
  wake(desk: DeskId): void;
  /** The rules of a desk have changed. Resolves once what was due by the old ones is due by the new ones. */
  replan(desk: DeskId): Promise<void>;
}

/** The bridge, as the composition root runs it. */
export interface RunningBridge extends Bridge {
  /** Takes up what was left unfinished. Nothing leaves for a panel before `open`. */
  start(): Promise<void>;
  /** From now on SMS leave: called once the edits and cancels that waited at Telegram have been read. */
  open(): void;
  /** Takes no new work; gives answers in hand `graceMs`, commits the rest as uncertain. Safe to call twice. */
  stop(graceMs: number): Promise<void>;
  /** Tells the desks of a provider; kept trying for a while, in memory. */
  tell(provider: ProviderId, notice: Notice): void;
  /** Tells every desk. */
  tellAll(notice: Notice): void;
  /** Removes messages whose time is over; gives how many. */
  sweep(): Promise<number>;
  /** Keeps what a panel handed over and nobody could read, and tells its desks. */
  keepUnreadable(provider: ProviderId, raw: string): Promise<void>;
}

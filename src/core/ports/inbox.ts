import type { Line, Peer } from "../model/phone.ts";

/** How SMS come in from a panel. */
export type Inbox = PushInbox | PollInbox;

/** The panel calls us. */
export interface PushInbox {
  readonly mode: "push";
  /** Reads one call. Throws `ProviderError("bad-request")` when no SMS can be read from it. Pure. */
  parse(call: PushCall): readonly IncomingSms[];
}

/** An HTTP call as it came: nothing decoded, nothing lost. */
export interface PushCall {
  readonly method: string;
  /** The part after the first `?`, undecoded, without it. */
  readonly query: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * We ask the panel. What it answers is stored before anybody reads it, for the panel may think that it has handed the SMS
 * over: so asking and reading are two steps.
 */
export interface PollInbox {
  readonly mode: "poll";
  /** `line`: each line is asked for by itself; `account`: one question tells the SMS of all lines. */
  readonly scope: "line" | "account";
  readonly everySeconds: number;
  /** SMS that are older than this when the inbox is first read are kept as seen and not shown. */
  readonly backlogHours: number;
  /**
   * Asks for what is new. `lines` are those that are asked for: one where the scope is `line`. Gives the answer as it came;
   * throws `ProviderError` where the panel refused or did not answer.
   */
  fetch(lines: readonly Line[], signal: AbortSignal): Promise<string>;
  /**
   * Asks for what the panel still holds as unread, whether or not it has handed it out before. Asked at the start, after a
   * poll that failed or was cut off, and now and then. Its entries must have ids or times, or they could not be told from those of
   * `fetch`. Absent where `fetch` tells that already.
   */
  catchUp?(lines: readonly Line[], signal: AbortSignal): Promise<string>;
  /** Reads an answer of `fetch` or `catchUp`. Throws `ProviderError("bad-reply")` when nothing of it can be read. */
  parse(answer: string, lines: readonly Line[]): Promise<PollReading>;
  /** Tells the panel that these SMS are stored, by its ids of them. Harmless to repeat, and to leave out. */
  confirm?(ids: readonly string[], lines: readonly Line[], signal: AbortSignal): Promise<void>;
}

/** What was read from one answer, in the panel's order. */
export interface PollReading {
  readonly sms: readonly IncomingSms[];
  /** Entries that are there and cannot be read, as they came. */
  readonly unreadable: readonly string[];
}

/**
 * Past SMS of a line, which the panel lists apart from what is new: looking at them takes nothing away from the inbox. A panel that
 * has one list only has no history.
 */
export interface History {
  read(line: Line, signal: AbortSignal): Promise<PollReading>;
  /** Marks them as unread there, by the panel's ids, for whoever reads its list of unread SMS next. */
  markUnread?(ids: readonly string[], line: Line, signal: AbortSignal): Promise<void>;
}

/** An SMS as a panel hands it over. */
export interface IncomingSms {
  readonly line: Line;
  readonly peer: Peer;
  readonly text: string;
  /** The panel's id of it, as a string; empty or `0` is no id. */
  readonly panelId?: string;
  /** The panel's time as it was written, and as understood. */
  readonly time?: { readonly written: string; readonly at?: number };
}

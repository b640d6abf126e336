import type { Question } from "./words.ts";

/** What an operator wrote for a customer, and what they wanted of it in the end. */
export interface Saying {
  readonly customer: number;
  readonly by: string;
  /** Found again in whatever is made of it. */
  readonly name: string;
  /** The text, and what edits made of it. */
  readonly texts: string[];
  messageId: number;
  wish: "send" | "stop";
  /** What the bridge asked before it let it go. */
  readonly asked: Question[];
  /** Not before then, epoch milliseconds. */
  notBefore?: number;
}

/** Everything that people did and wanted, as they would write it down; nothing in it comes from the bridge. */
export interface Notes {
  readonly sayings: Saying[];
  /** Talk among operators, by name: no SMS ever. */
  readonly asides: string[];
  /** What each customer wrote, and when, `performance.now()` of this process. */
  readonly written: { readonly customer: number; readonly text: string; readonly at: number }[];
  /** SMS of customers that were blocked then: `customer/n`. */
  readonly unseen: Set<string>;
  /** Who ever took a customer in hand, or answered them, by customer. */
  readonly hands: Map<number, Set<string>>;
  /** How often somebody let go of a customer. */
  readonly releases: Map<number, number>;
  /** From when to when a customer wanted nothing automatic, epoch milliseconds. */
  readonly optOuts: { readonly customer: number; readonly from: number; to: number }[];
  /** Confirmations that a customer has to get, one for each. `at`: when they asked, `performance.now()` of this process. */
  readonly confirmations: { readonly customer: number; readonly text: string; readonly at: number }[];
  /** What somebody waited for in vain, and what they saw that should not be. */
  readonly troubles: { readonly errand: string; readonly what: string }[];
  /** How often each errand was done to its end. */
  readonly errands: Map<string, number>;
  /** What was asked of the bot by a command that it answers. */
  commands: number;
}

export function createNotes(): Notes {
  return {
    sayings: [],
    asides: [],
    written: [],
    unseen: new Set(),
    hands: new Map(),
    releases: new Map(),
    optOuts: [],
    confirmations: [],
    troubles: [],
    errands: new Map(),
    commands: 0,
  };
}

export function count<K>(of: Map<K, number>, key: K): void {
  of.set(key, (of.get(key) ?? 0) + 1);
}

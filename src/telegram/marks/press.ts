import type { MessageId } from "../../core/model/ids.ts";
import type { MarkAction } from "../../core/model/mark.ts";
import { keysOf } from "../../support/keys-of.ts";

/** A button under a mark: what to do, with which message, and for which of its attempts. */
export interface Press {
  readonly action: MarkAction;
  readonly attempt: number;
  readonly id: MessageId;
}

// Telegram keeps old buttons for ever, so these letters are a contract: add, never change.
const letters: Readonly<Record<MarkAction, string>> = {
  cancel: "c",
  undo: "u",
  "send-now": "n",
  drop: "d",
  "try-again": "t",
  "send-again": "a",
  "was-sent": "w",
  shorten: "s",
  "send-in-time": "l",
  "send-in-quiet": "q",
  later: "p",
};
const actions = keysOf(letters);
const form = /^p:([a-z]):(\d{1,9}):([A-Za-z0-9_-]{1,43})$/;

/** Callback data: at most 57 of Telegram's 64 bytes. */
export function encodePress(press: Press): string {
  return `p:${letters[press.action]}:${press.attempt}:${press.id}`;
}

/** Callback data comes from outside and may be of an older version, or anything at all: `undefined` then. */
export function parsePress(given: string | undefined): Press | undefined {
  const [, letter = "", attempt = "", id = ""] = form.exec(given ?? "") ?? [];
  const action = actions.find((one) => letters[one] === letter);
  return action === undefined ? undefined : { action, attempt: Number(attempt), id };
}

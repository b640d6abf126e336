import type { MessageId } from "../../core/model/ids.ts";

/** A button with a time at which a held answer may leave. */
export interface TimePress {
  readonly id: MessageId;
  readonly attempt: number;
  /** Epoch milliseconds, of a whole minute. */
  readonly at: number;
}

const minuteMs = 60_000;
const form = /^w:(\d{1,9}):([0-9a-z]{1,7}):([A-Za-z0-9_-]{1,43})$/;

/** Callback data: at most 63 of Telegram's 64 bytes. Telegram keeps it for ever. */
export function encodeTimePress({ id, attempt, at }: TimePress): string {
  return `w:${attempt}:${Math.round(at / minuteMs).toString(36)}:${id}`;
}

export function parseTimePress(given: string | undefined): TimePress | undefined {
  const [, attempt = "", minutes = "", id = ""] = form.exec(given ?? "") ?? [];
  return id === "" ? undefined : { id, attempt: Number(attempt), at: Number.parseInt(minutes, 36) * minuteMs };
}

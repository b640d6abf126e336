import type { MessageId } from "../../core/model/ids.ts";
import type { Handling } from "../context.ts";
import { createMarkPresses } from "../marks/presses.ts";
import type { Pressing } from "../pressing.ts";
import { laterList } from "./list.ts";

/** A button of the list that `/later` gives: cancels one of what waits. */
export interface ListPress {
  readonly id: MessageId;
  readonly attempt: number;
  /** Whether the list is that of the whole desk, or of one thread. */
  readonly ofDesk: boolean;
}

const form = /^x:([dt]):(\d{1,9}):([A-Za-z0-9_-]{1,43})$/;

/** Callback data: at most 57 of Telegram's 64 bytes. Telegram keeps it for ever. */
export function encodeListPress({ id, attempt, ofDesk }: ListPress): string {
  return `x:${ofDesk ? "d" : "t"}:${attempt}:${id}`;
}

export function parseListPress(given: string | undefined): ListPress | undefined {
  const [, whose, attempt = "", id = ""] = form.exec(given ?? "") ?? [];
  return id === "" ? undefined : { id, attempt: Number(attempt), ofDesk: whose === "d" };
}

/** As the button under its mark; and the list then shows what still waits. */
export function createListPresses(handling: Pick<Handling, "bridge" | "clock">) {
  const press = createMarkPresses(handling);
  return async (pressing: Pressing, { id, attempt, ofDesk }: ListPress): Promise<void> => {
    await press(pressing, { action: "cancel", id, attempt });
    const { desk, message } = pressing;
    const known = await handling.bridge.outbound.find(id);
    if (known?.desk !== desk.id) return;
    desk.rewrite(message.message_id, () => laterList(handling, desk, ofDesk ? undefined : known.thread));
  };
}

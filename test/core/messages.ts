import type { Outbound } from "../../src/core/model/message.ts";

export const noon = Date.UTC(2026, 10, 22, 8, 30);

/** A queued answer, with what a test wants to be otherwise. */
export function outbound(changes: Partial<Outbound> = {}): Outbound {
  return {
    id: "m1",
    desk: "support",
    thread: "support/+989121234567",
    peer: "+989121234567",
    line: "+982164063188",
    text: "در خدمتم",
    lane: "answer",
    at: noon,
    order: 1,
    state: "queued",
    due: noon,
    attempt: 0,
    tries: 0,
    giveUpAt: noon + 3_600_000,
    triedLines: [],
    receipts: [],
    reports: {},
    ...changes,
  };
}

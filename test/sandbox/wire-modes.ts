import type { WireMode } from "../../src/sandbox/panel-modes.ts";

/** Modes of every panel in which a caller learns nothing of its SMS, and how many SMS the panel takes all the same. */
export const muteModes: readonly [WireMode, number][] = [
  [{ kind: "silent" }, 1],
  [{ kind: "cut" }, 1],
  [{ kind: "unreadable" }, 1],
  [{ kind: "cut-before" }, 0],
  [{ kind: "html" }, 0],
  [{ kind: "status", status: 502 }, 0],
  [{ kind: "status", status: 502, accepting: true }, 1],
];

import type { SimRequest } from "./http.ts";
import type { FaultKind, Network } from "./network.ts";

/** Which calls a mode hits. */
export interface ModeScope<On extends string = string> {
  /** How many calls it hits; without it, all until the next `mode`. */
  readonly times?: number | undefined;
  /** `send`, the default, is every call that sends; `all` is all; anything else is the panel's name of one call. */
  readonly on?: On | undefined;
}

/** What can go wrong on the wire, the same at every panel. */
export type WireMode =
  | { readonly kind: "normal" }
  | { readonly kind: "slow"; readonly ms: number }
  /** Takes the SMS and never answers. */
  | { readonly kind: "silent" }
  /** Takes the SMS and cuts the connection. */
  | { readonly kind: "cut" }
  /** Cuts the connection before anything is taken. */
  | { readonly kind: "cut-before" }
  /** What a CDN answers to an address it does not like. */
  | { readonly kind: "html" }
  /** A status without a body, nothing taken; with `accepting`, taken all the same. */
  | { readonly kind: "status"; readonly status: number; readonly accepting?: boolean | undefined }
  /** Takes the SMS and answers something that nobody can read. */
  | { readonly kind: "unreadable" };

/** The mode that was set last, and how many calls it still hits. */
export interface ModeSwitch<Mode> {
  /** Replaces the mode set before. */
  set(mode: Mode): void;
  /** The mode that hits this call, if any; counts the call. The part of the wire has been seen to. */
  take(call: string): Mode | undefined;
}

export function createModeSwitch<Mode extends ModeScope & { readonly kind: string }>(deps: {
  network: Network;
  /** The panel's name of what is called; `undefined` where a request calls nothing. */
  callOf: (request: SimRequest) => string | undefined;
  /** The calls that send. */
  sending: ReadonlySet<string>;
  /** What the mode `unreadable` answers. */
  unreadable: { readonly body: string; readonly contentType: string };
}): ModeSwitch<Mode> {
  const { network, callOf, sending } = deps;
  let current: { mode: Mode; left: number; undo: () => void } | undefined;

  function isHit({ on = "send" }: Mode, call: string | undefined): boolean {
    if (on === "all") return true;
    if (call === undefined) return false;
    return on === "send" ? sending.has(call) : on === call;
  }

  function applyToNetwork(mode: Mode): () => void {
    const fault = isOfWire(mode) ? faultOf(mode) : undefined;
    if (!fault) return () => {};
    const times = mode.times !== undefined && { times: mode.times };
    return network.fault({ ...fault, ...times, match: (request) => isHit(mode, callOf(request)) });
  }

  function faultOf(mode: WireMode): FaultKind | undefined {
    switch (mode.kind) {
      case "normal":
        return undefined;
      case "slow":
        return { kind: "delay", ms: mode.ms };
      case "silent":
      case "cut":
        return { kind: mode.kind, when: "after" };
      case "cut-before":
        return { kind: "cut", when: "before" };
      case "html":
        return { kind: "html" };
      case "status":
        return { kind: "status", status: mode.status, when: mode.accepting ? "after" : "before" };
      case "unreadable":
        return { kind: "status", status: 200, when: "after", ...deps.unreadable };
    }
  }

  return {
    set(mode) {
      current?.undo();
      current = { mode, left: mode.times ?? Number.POSITIVE_INFINITY, undo: applyToNetwork(mode) };
    },
    take(call) {
      if (!current || !isHit(current.mode, call) || current.left <= 0) return undefined;
      current.left -= 1;
      return current.mode;
    },
  };
}

const wireKinds: ReadonlySet<string> = new Set<WireMode["kind"]>([
  "normal",
  "slow",
  "silent",
  "cut",
  "cut-before",
  "html",
  "status",
  "unreadable",
]);

function isOfWire(mode: { readonly kind: string }): mode is WireMode {
  return wireKinds.has(mode.kind);
}

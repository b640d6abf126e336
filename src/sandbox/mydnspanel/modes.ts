import type { SimRequest } from "../http.ts";
import type { Fault, FaultKind, Network } from "../network.ts";

interface ModeScope {
  /** How many calls it hits; without it, all until the next `mode`. */
  readonly times?: number | undefined;
  /** `send`, the default, is every action that sends; `all` is all; anything else is the name of one action. */
  readonly on?: string | undefined;
}

/** How the panel misbehaves on demand. */
export type MydnspanelMode = ModeScope &
  (
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
    /** Takes the SMS and answers half of its JSON. */
    | { readonly kind: "unreadable" }
    /** Answers this result and takes nothing. `description` is what the manual has with 112. */
    | { readonly kind: "refuse"; readonly code: number; readonly description?: string | undefined }
    /** Takes the SMS and answers this result all the same, as 113 may mean. */
    | { readonly kind: "refuse-after"; readonly code: number; readonly description?: string | undefined }
    /** Takes the SMS and says so, without a `sendID`. */
    | { readonly kind: "no-id" }
  );

/** The mode that was set last, and how many calls it still hits. */
export interface ModeSwitch {
  /** Replaces the mode set before. */
  set(mode: MydnspanelMode): void;
  /** The mode for a call of this action, as far as it is not one of the wire; counts the call. */
  take(action: string): MydnspanelMode | undefined;
}

export function createModeSwitch(deps: {
  network: Network;
  actionOf: (request: SimRequest) => string;
  sending: ReadonlySet<string>;
}): ModeSwitch {
  const { network, actionOf, sending } = deps;
  let current: { mode: MydnspanelMode; left: number; undo: () => void } | undefined;

  function isHit({ on = "send" }: MydnspanelMode, action: string): boolean {
    if (on === "all") return true;
    return on === "send" ? sending.has(action) : on === action;
  }

  function applyToNetwork(mode: MydnspanelMode): () => void {
    const kind = faultOf(mode);
    if (!kind) return () => {};
    const match = (request: SimRequest) => isHit(mode, actionOf(request));
    const fault: Fault = { ...kind, match, ...(mode.times !== undefined && { times: mode.times }) };
    return network.fault(fault);
  }

  return {
    set(mode) {
      current?.undo();
      current = { mode, left: mode.times ?? Number.POSITIVE_INFINITY, undo: applyToNetwork(mode) };
    },
    take(action) {
      if (!current || !isHit(current.mode, action) || current.left <= 0) return undefined;
      current.left -= 1;
      return current.mode;
    },
  };
}

function faultOf(mode: MydnspanelMode): FaultKind | undefined {
  switch (mode.kind) {
    case "slow":
      return { kind: "delay", ms: mode.ms };
    case "silent":
      return { kind: "silent", when: "after" };
    case "cut":
      return { kind: "cut", when: "after" };
    case "cut-before":
      return { kind: "cut", when: "before" };
    case "html":
      return { kind: "html" };
    case "status":
      return { kind: "status", status: mode.status, when: mode.accepting ? "after" : "before" };
    case "unreadable":
      return {
        kind: "status",
        status: 200,
        body: '{"result":"1","sen',
        contentType: "application/json",
        when: "after",
      };
    default:
      return undefined;
  }
}

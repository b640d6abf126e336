import type { SimRequest } from "../http.ts";
import type { Fault, Network } from "../network.ts";
import { type Refusal, type RefusalName, refusals } from "./codes.ts";

interface ModeScope {
  /** How many calls it hits; without it, all until the next `mode`. */
  readonly times?: number | undefined;
  /** Default `send`: only calls that send. */
  readonly on?: "send" | "all" | undefined;
}

/** How the panel misbehaves on demand. */
export type AsanakMode = ModeScope &
  (
    | { readonly kind: "normal" }
    | { readonly kind: "slow"; readonly ms: number }
    /** Takes the SMS and never answers. */
    | { readonly kind: "silent" }
    /** Takes the SMS and cuts the connection. */
    | { readonly kind: "cut" }
    /** Cuts the connection before anything is taken. */
    | { readonly kind: "cut-before" }
    /** Refuses with an error of the manual's table, or with any other. */
    | { readonly kind: "refuse"; readonly refusal: RefusalName | Refusal }
    /** What its CDN answers to an address it does not like. */
    | { readonly kind: "html" }
    /** A status without a body, nothing taken; with `accepting`, taken all the same. */
    | { readonly kind: "status"; readonly status: number; readonly accepting?: boolean | undefined }
    /** Takes the SMS and answers something that nobody can read. */
    | { readonly kind: "unreadable" }
    /** Takes the SMS and gives fewer ids than there are receivers. */
    | { readonly kind: "fewer-ids"; readonly by?: number | undefined }
  );

export type LogicMode = Extract<AsanakMode, { kind: "refuse" | "fewer-ids" }>;

const sendingMethods = /\/(?:sendsms|p2psendsms|template)$/;

/** Sets the part of a mode that happens on the wire. Returns how to take it back. */
export function applyToNetwork(network: Network, mode: AsanakMode): () => void {
  const fault = faultOf(mode);
  if (!fault) return () => {};
  return network.fault({
    ...fault,
    ...(mode.times !== undefined && { times: mode.times }),
    match: (request) => isHit(mode, request),
  });
}

export function isHit(mode: AsanakMode, request: Pick<SimRequest, "path">): boolean {
  return mode.on === "all" || sendingMethods.test(request.path);
}

export function refusalOf(mode: Extract<AsanakMode, { kind: "refuse" }>): Refusal {
  return typeof mode.refusal === "string" ? refusals[mode.refusal] : mode.refusal;
}

function faultOf(mode: AsanakMode): Fault | undefined {
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
      return { kind: "status", status: 200, body: '{"meta":{"sta', contentType: "application/json", when: "after" };
    default:
      return undefined;
  }
}

import type { SimRequest } from "../http.ts";
import type { Fault, Network } from "../network.ts";
import { findOperation } from "./soap.ts";

interface ModeScope {
  /** How many calls it hits; without it, all until the next `mode`. */
  readonly times?: number | undefined;
  /** Default `send`: only calls that send. `all` means the contracts, too. Else the name of one operation. */
  readonly on?: string | undefined;
}

/** How the panel misbehaves on demand. */
export type SoapPanelMode = ModeScope &
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
    /** Takes the SMS and answers something that nobody can read. */
    | { readonly kind: "unreadable" }
    /** Takes the SMS and gives fewer ids than there are receivers, `by` of them missing at the end. Default 1. */
    | { readonly kind: "fewer-ids"; readonly by?: number | undefined }
    /** Answers this number, nothing taken; with `accepting`, taken all the same and with its ids, as 6 "in the queue" is. */
    | { readonly kind: "result"; readonly code: number; readonly accepting?: boolean | undefined }
    /** An error of the server's own code, nothing taken. */
    | { readonly kind: "fault"; readonly message?: string | undefined }
  );

const sending = ["SendSms", "ScheduleSms"];

/** Sets the part of a mode that happens on the wire. Returns how to take it back. */
export function applyToNetwork(network: Network, mode: SoapPanelMode): () => void {
  const fault = faultOf(mode);
  if (!fault) return () => {};
  return network.fault({
    ...fault,
    ...(mode.times !== undefined && { times: mode.times }),
    match: (request: SimRequest) => mode.on === "all" || isHit(mode, findOperation(request)),
  });
}

export function isHit({ on = "send" }: SoapPanelMode, operation: string | undefined): boolean {
  if (on === "all") return true;
  if (operation === undefined) return false;
  return on === "send" ? sending.includes(operation) : operation === on;
}

function faultOf(mode: SoapPanelMode): Fault | undefined {
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
      return { kind: "status", status: 200, body: "<soap:Env", contentType: "text/xml; charset=utf-8", when: "after" };
    default:
      return undefined;
  }
}

import type { ModeScope, WireMode } from "../panel-modes.ts";
import { type Refusal, type RefusalName, refusals } from "./codes.ts";

/** How the panel misbehaves on demand. */
export type AsanakMode = ModeScope<"send" | "all"> &
  (
    | WireMode
    /** Refuses with an error of the manual's table, or with any other. */
    | { readonly kind: "refuse"; readonly refusal: RefusalName | Refusal }
    /** Takes the SMS and gives fewer ids than there are receivers. */
    | { readonly kind: "fewer-ids"; readonly by?: number | undefined }
  );

export const sending: ReadonlySet<string> = new Set(["sendsms", "p2psendsms", "template"]);

export const unreadable = { body: '{"meta":{"sta', contentType: "application/json" };

export function refusalOf(mode: Extract<AsanakMode, { kind: "refuse" }>): Refusal {
  return typeof mode.refusal === "string" ? refusals[mode.refusal] : mode.refusal;
}

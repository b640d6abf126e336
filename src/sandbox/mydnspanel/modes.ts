import type { ModeScope, WireMode } from "../panel-modes.ts";

/** How the panel misbehaves on demand. */
export type MydnspanelMode = ModeScope &
  (
    | WireMode
    /** Answers this result and takes nothing. `description` is what the manual has with 112. */
    | { readonly kind: "refuse"; readonly code: number; readonly description?: string | undefined }
    /** Takes the SMS and answers this result all the same, as 113 may mean. */
    | { readonly kind: "refuse-after"; readonly code: number; readonly description?: string | undefined }
    /** Takes the SMS and says so, without a `sendID`. */
    | { readonly kind: "no-id" }
  );

/** Half of its JSON. */
export const unreadable = { body: '{"result":"1","sen', contentType: "application/json" };

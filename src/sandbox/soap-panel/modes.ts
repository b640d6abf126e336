import type { ModeScope, WireMode } from "../panel-modes.ts";

/** How the panel misbehaves on demand. With `on: "all"` the contracts are hit, too. */
export type SoapPanelMode = ModeScope &
  (
    | WireMode
    /** Takes the SMS and gives fewer ids than there are receivers, `by` of them missing at the end. Default 1. */
    | { readonly kind: "fewer-ids"; readonly by?: number | undefined }
    /** Answers this number, nothing taken; with `accepting`, taken all the same and with its ids, as 6 "in the queue" is. */
    | { readonly kind: "result"; readonly code: number; readonly accepting?: boolean | undefined }
    /** An error of the server's own code, nothing taken. */
    | { readonly kind: "fault"; readonly message?: string | undefined }
  );

export const sending: ReadonlySet<string> = new Set(["SendSms", "ScheduleSms"]);

export const unreadable = { body: "<soap:Env", contentType: "text/xml; charset=utf-8" };

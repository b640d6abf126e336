import { line } from "./bridge-config.ts";

/** One SMS as Asanak pushes it. */
export function queryOf(sms: { readonly peer?: string; readonly text: string }): string {
  return `Destination=${line}&Source=${sms.peer ?? "09121234567"}&ReceiveTime=2026-11-22+12%3A00%3A00&MsgBody=${encodeURIComponent(sms.text)}`;
}

/** The n-th of many customers. */
export function peerOf(n: number): string {
  return `0912${String(n).padStart(7, "0")}`;
}

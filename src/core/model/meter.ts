import type { Outbound } from "./message.ts";
import { type CheaperSpelling, cheaperSpelling } from "./spelling.ts";
import { countSegments } from "./text.ts";

/** What is told of the length of an SMS. Of a template nobody here knows it: the panel makes the text. */
export interface Meter {
  readonly parts: number;
  /** Present where another spelling would leave in fewer parts. */
  readonly cheaper?: CheaperSpelling;
}

export function meterOf(message: Pick<Outbound, "text" | "template">): Meter | undefined {
  if (message.template) return undefined;
  const { parts } = countSegments(message.text);
  const cheaper = parts === 1 ? undefined : cheaperSpelling(message.text);
  return { parts, ...(cheaper ? { cheaper } : {}) };
}

export function cheaperThan(message: Pick<Outbound, "text" | "template">): CheaperSpelling | undefined {
  return meterOf(message)?.cheaper;
}

/** Equal for two messages exactly when what is told of their length looks the same; empty for most, which are one part. */
export function meterKey(message: Pick<Outbound, "text" | "template" | "written">): string {
  const meter = meterOf(message);
  if (!meter || (meter.parts === 1 && message.written === undefined)) return "";
  const { parts, cheaper } = meter;
  return `${parts}/${cheaper ? `${cheaper.parts}${cheaper.because.join("")}` : ""}/${message.written === undefined ? "" : message.text}`;
}

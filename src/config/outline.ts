import { z } from "zod";
import type { DeskId, ProviderId } from "../core/model/ids.ts";
import { foldNumber, type Line } from "../core/model/phone.ts";
import type { Document } from "./document.ts";

/**
 * The names in a configuration and how they point at each other, in the order in which they were written. Read tolerantly, so
 * that what points nowhere is told together with everything else that is wrong. What is not of the right type is left out.
 */
export interface Outline {
  readonly providers: readonly OutlinedProvider[];
  readonly lines: readonly OutlinedLine[];
  readonly desks: readonly OutlinedDesk[];
  /** Template name and the provider it has a form for. */
  readonly templates: readonly { readonly name: string; readonly provider: ProviderId }[];
  readonly updates?: string | undefined;
  readonly publicUrl?: string | undefined;
}

export interface OutlinedProvider {
  readonly id: ProviderId;
  readonly desk?: DeskId | undefined;
  readonly inboxToken?: string | undefined;
}

export interface OutlinedLine {
  /** As it stands in the file. */
  readonly written: string;
  readonly line: Line;
  readonly provider?: ProviderId | undefined;
  readonly desk?: DeskId | undefined;
  readonly fallback: readonly string[];
}

export interface OutlinedDesk {
  readonly id: DeskId;
  readonly chat?: number | undefined;
  readonly line?: string | undefined;
  /** What its rules point at. */
  readonly rules: readonly { readonly desk?: DeskId | undefined; readonly line?: string | undefined }[];
}

const text = z.string().optional().catch(undefined);
const records = z.record(z.string(), z.unknown()).catch({});
const shape = z.object({
  providers: records,
  lines: records,
  desks: records,
  templates: records,
  telegram: z.object({ updates: text }).catch({}),
  server: z.object({ publicUrl: text }).catch({}),
});
const provider = z.object({ desk: text, inboxToken: text }).catch({});
const line = z.object({ provider: text, desk: text, fallback: z.array(z.string()).catch([]) }).catch({ fallback: [] });
const rule = z.object({ desk: text, line: text }).catch({});
const desk = z
  .object({ chat: z.number().optional().catch(undefined), line: text, rules: z.array(rule).catch([]) })
  .catch({ rules: [] });

export function outlineOf(document: Document): Outline {
  const found = shape
    .catch({ providers: {}, lines: {}, desks: {}, templates: {}, telegram: {}, server: {} })
    .parse(document.value);
  return {
    providers: document.keysOf("providers").map((id) => ({ id, ...provider.parse(found.providers[id]) })),
    lines: document.keysOf("lines").map((written) => ({
      written,
      line: foldNumber(written),
      ...line.parse(found.lines[written]),
    })),
    desks: document.keysOf("desks").map((id) => ({ id, ...desk.parse(found.desks[id]) })),
    templates: document
      .keysOf("templates")
      .flatMap((name) => document.keysOf("templates", name).map((id) => ({ name, provider: id }))),
    updates: found.telegram.updates,
    publicUrl: found.server.publicUrl,
  };
}

/** The lines of a desk, first written first. */
export function linesOfDesk(outline: Outline, id: DeskId): readonly OutlinedLine[] {
  return outline.lines.filter((entry) => entry.desk === id);
}

/** Where an SMS to an unlisted line of a provider goes: its own `desk`, else the desk of its first line, else the first desk. */
export function deskOfProvider(outline: Outline, id: ProviderId): DeskId | undefined {
  const own = outline.providers.find((entry) => entry.id === id)?.desk;
  return own ?? outline.lines.find((entry) => entry.provider === id)?.desk ?? outline.desks[0]?.id;
}

import { dirname, resolve } from "node:path";
import type { Span } from "../core/model/hours.ts";
import type { DeskId, ProviderId } from "../core/model/ids.ts";
import { foldNumber, type Line } from "../core/model/phone.ts";
import type { LineSettings } from "../core/registry.ts";
import { parseStoreUri } from "../store/uri.ts";
import { quietHours } from "../telegram/hours/config.ts";
import { deskOfProvider, linesOfDesk, type Outline } from "./outline.ts";
import type { ParsedConfig } from "./schema.ts";

type Values<T> = T[keyof T];
type ParsedProvider = Values<ParsedConfig["providers"]>;
type ParsedDesk = Values<ParsedConfig["desks"]>;

/** A configuration with every default filled in, every number folded and every name known to point somewhere. */
export type Config = Readonly<
  Omit<ParsedConfig, "$schema" | "providers" | "lines" | "desks"> & {
    readonly providers: Readonly<Record<ProviderId, ProviderEntry>>;
    readonly lines: Readonly<Record<Line, LineEntry>>;
    readonly desks: Readonly<Record<DeskId, DeskEntry>>;
  }
>;

/** `desk` is where an SMS to an unlisted line goes. */
export type ProviderEntry = ParsedProvider & { readonly desk: DeskId };

export interface LineEntry {
  readonly provider: ProviderId;
  readonly desk: DeskId;
  readonly fallback: readonly Line[];
  /** Hours of every day in which nothing leaves from it. */
  readonly quiet?: readonly Span[];
}

export type DeskEntry = Omit<ParsedDesk, "line"> & {
  /** The line of `/send`. */
  readonly line: Line;
  /** Its lines in the order in which they were written. */
  readonly lines: readonly Line[];
};

export interface Surroundings {
  /** The configuration file; relative paths start beside it. */
  readonly file: string;
  /** `PORT`, where a platform gives one: it wins, and every address is listened on. */
  readonly port?: number;
}

/** Fills in what one part of a configuration takes from another. Only for one in which nothing is wrong. */
export function resolveConfig(parsed: ParsedConfig, outline: Outline, around: Surroundings): Config {
  const { $schema, providers, lines, desks, ...rest } = parsed;
  return {
    ...rest,
    server: around.port === undefined ? parsed.server : { ...parsed.server, host: "0.0.0.0", port: around.port },
    store: toAbsolute(parsed.store, dirname(resolve(around.file))),
    providers: mapRecord(providers, (provider, id) => ({ ...provider, desk: deskOfProvider(outline, id) ?? "" })),
    lines: Object.fromEntries(
      Object.entries(lines).map(([written, line]) => [
        foldNumber(written),
        {
          provider: line.provider,
          desk: line.desk,
          fallback: line.fallback.map(foldNumber),
          ...(line.quiet === undefined ? {} : { quiet: line.quiet }),
        },
      ]),
    ),
    desks: mapRecord(desks, (desk, id) => {
      const own = linesOfDesk(outline, id).map((entry) => entry.line);
      return { ...desk, lines: own, line: desk.line === undefined ? (own[0] ?? "") : foldNumber(desk.line) };
    }),
  };
}

/** The word by which a panel's pushes are known; panels that are asked have none. */
export function inboxTokenOf(provider: ProviderEntry): string | undefined {
  return "inboxToken" in provider && typeof provider.inboxToken === "string" ? provider.inboxToken : undefined;
}

/** Each template's forms, by name and provider, as the registry takes them. */
export function templatesOf({ templates }: Config): ReadonlyMap<string, ReadonlyMap<ProviderId, unknown>> {
  return new Map(Object.entries(templates).map(([name, forms]) => [name, new Map(Object.entries(forms))]));
}

/** Each line's settings, as the registry takes them. */
export function lineSettings({ lines, timeZone }: Config): ReadonlyMap<Line, LineSettings> {
  return new Map(
    Object.entries(lines).map(([line, { quiet, ...rest }]) => {
      const hours = quietHours(quiet, timeZone);
      return [line, { ...rest, ...(hours ? { quiet: hours } : {}) }];
    }),
  );
}

function toAbsolute(store: string, folder: string): string {
  const place = parseStoreUri(store, folder);
  return place.kind === "memory" ? store : `sqlite://${place.file}`;
}

function mapRecord<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

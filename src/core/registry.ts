import type { FollowUpRules } from "./model/follow-up.ts";
import { type Hours, isOpenAt, openingAt } from "./model/hours.ts";
import type { DeskId, ProviderId } from "./model/ids.ts";
import type { Outbound } from "./model/message.ts";
import type { Line } from "./model/phone.ts";
import type { Rule } from "./model/rule.ts";
import type { WallClock } from "./model/zone.ts";
import type { DigestTimes } from "./notices/digests.ts";
import type { Desk } from "./ports/desk.ts";
import type { SmsProvider } from "./ports/sms-provider.ts";
import type { DailyTimes } from "./showing/drops.ts";

/** A line as the configuration has it; numbers folded. */
export interface LineSettings {
  readonly provider: ProviderId;
  readonly desk: DeskId;
  /** Lines of the same desk to go over to, in order, when this one certainly cannot send. */
  readonly fallback: readonly Line[];
  /** When nothing leaves from it. */
  readonly quiet?: Hours;
}

/** What core needs to know of a desk's rules. They change while the bridge runs: read where they are used, never kept. */
export interface DeskRules {
  /** The line for a customer who never wrote. */
  readonly line: Line;
  readonly giveUpMs: number;
  /** Within this time two operators' answers to one customer collide. */
  readonly collisionMs: number;
  /** Where certain SMS go by themselves; the first that fits decides. Default none. */
  readonly rules?: readonly Rule[];
  /** When the desk hears how many SMS they have dropped. Absent: never. */
  readonly dropTimes?: DailyTimes;
  /** Absent: nobody is reminded of anything and nothing is closed by itself. */
  readonly followUp?: FollowUpRules;
  /** Absent: it gets none. */
  readonly digestTimes?: DigestTimes | undefined;
  /** When it is open. Absent: always. */
  readonly hours?: Hours;
  /** What a customer is told who writes while it is closed, and for how long they are not told again. */
  readonly away?: { readonly everyMs: number; textAt(now: number, opensAt: number | undefined): string };
  /** Absent: it is not told of lines that are silent. */
  readonly wallClock?: WallClock;
  /** What a customer is told who has opted out, or come back. Absent: nothing. */
  readonly confirmations?: Readonly<Record<"out" | "back", string>>;
  /** For how long an answer is held so that it can be undone; 0: not at all. */
  readonly undoMs: number;
  /** An answer of more parts is asked about. */
  readonly maxParts: number;
}

export interface RegistryParts {
  readonly providers: readonly SmsProvider[];
  readonly desks: readonly { readonly desk: Desk; readonly rules: DeskRules }[];
  readonly lines: ReadonlyMap<Line, LineSettings>;
  /** Where an SMS to an unlisted line goes. */
  readonly deskOfProvider: ReadonlyMap<ProviderId, DeskId>;
  /** Texts that panels have approved: for each name, each panel's own form of it. */
  readonly templates: ReadonlyMap<string, ReadonlyMap<ProviderId, unknown>>;
}

/** Who is who: the only place that knows which line belongs to which provider and desk. */
export type Registry = ReturnType<typeof createRegistry>;

export function createRegistry(parts: RegistryParts) {
  const providers = new Map(parts.providers.map((provider) => [provider.id, provider]));
  const desks = new Map(parts.desks.map((entry) => [entry.desk.id, entry]));

  /** What a template takes at the panel of a line. */
  function valueNames(template: string, line: Line): readonly string[] | undefined {
    const provider = providers.get(parts.lines.get(line)?.provider ?? "");
    const settings = provider && parts.templates.get(template)?.get(provider.id);
    return settings === undefined ? undefined : provider?.templates?.valuesOf(settings);
  }

  return {
    providers: parts.providers,
    desks: parts.desks.map((entry) => entry.desk),
    findDesk: (id: DeskId): Desk | undefined => desks.get(id)?.desk,
    findRules: (id: DeskId): DeskRules | undefined => desks.get(id)?.rules,
    findProvider: (id: ProviderId): SmsProvider | undefined => providers.get(id),
    findLine: (line: Line): LineSettings | undefined => parts.lines.get(line),
    providerOfLine(line: Line): SmsProvider | undefined {
      const settings = parts.lines.get(line);
      return settings && providers.get(settings.provider);
    },
    /** The lines to go over to when this message's own certainly cannot send it; for a template, those whose panel has it. */
    fallbacksOf({ line, triedLines, template }: Outbound): readonly Line[] {
      const lines = parts.lines.get(triedLines[0] ?? line)?.fallback ?? [];
      if (template === undefined) return lines;
      return lines.filter((one) => valueNames(template.name, one)?.every((name) => template.names.includes(name)));
    },
    valueNames,
    findTemplate: (name: string, provider: ProviderId): unknown => parts.templates.get(name)?.get(provider),
    templateNames: (): readonly string[] => [...parts.templates.keys()],
    /** The desk for an SMS: its line's, else its provider's. */
    deskFor(provider: ProviderId, line: Line): DeskId {
      const desk = parts.lines.get(line)?.desk ?? parts.deskOfProvider.get(provider) ?? parts.desks[0]?.desk.id;
      if (desk === undefined) throw new Error(`no desk for provider ${provider}`);
      return desk;
    },
    /** Whether a customer who writes at this moment is to be told that the desk is closed. */
    isAway(desk: DeskId, at: number): boolean {
      const { away, hours } = desks.get(desk)?.rules ?? {};
      return away !== undefined && hours !== undefined && !isOpenAt(hours, at);
    },
    /** Until when nothing leaves from a line, where that is so at this moment. */
    quietUntil(line: Line, at: number): number | undefined {
      const quiet = parts.lines.get(line)?.quiet;
      return quiet && openingAt(quiet, at)?.to;
    },
    linesOf: (desk: DeskId): readonly Line[] =>
      [...parts.lines].filter(([, settings]) => settings.desk === desk).map(([line]) => line),
    /** The lines that a provider serves. */
    linesOfProvider: (provider: ProviderId): readonly Line[] =>
      [...parts.lines].filter(([, settings]) => settings.provider === provider).map(([line]) => line),
    /** The providers behind a desk's lines. */
    providersOf(desk: DeskId): readonly SmsProvider[] {
      const lines = [...parts.lines.values()].filter((line) => line.desk === desk);
      return parts.providers.filter((provider) => lines.some((line) => line.provider === provider.id));
    },
    /** The desks that a provider serves, to tell them about it. */
    desksOf(provider: ProviderId): readonly Desk[] {
      const ids = new Set(
        [...parts.lines.values()].filter((line) => line.provider === provider).map((line) => line.desk),
      );
      const fallback = parts.deskOfProvider.get(provider);
      if (fallback !== undefined) ids.add(fallback);
      return parts.desks.map((entry) => entry.desk).filter((desk) => ids.has(desk.id));
    },
  };
}

import type { z } from "zod";
import type { ProviderId } from "../core/model/ids.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { SmsProvider } from "../core/ports/sms-provider.ts";

export interface ProviderDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** One kind of panel. Each folder exports one, and index.ts lists them. */
export interface ProviderKind<Config extends z.ZodObject = z.ZodObject> {
  readonly kind: string;
  /** Its settings under `providers.<id>`; `kind` is a literal in it. */
  readonly config: Config;
  /** Its settings under `templates.<name>.<id>`. Absent: the panel has no templates. */
  readonly template?: z.ZodType;
  /** Builds it, without any call. Takes the settings as `config` gave them. */
  create(id: ProviderId, settings: unknown, deps: ProviderDeps): SmsProvider;
}

/** Joins a schema with the factory that takes its output; outside, settings of any kind can then be handed to any factory. */
export function defineKind<Config extends z.ZodObject>(spec: {
  readonly kind: string;
  readonly config: Config;
  readonly template?: z.ZodType;
  readonly create: (id: ProviderId, settings: z.output<Config>, deps: ProviderDeps) => SmsProvider;
}): ProviderKind<Config> {
  return { ...spec, create: (id, settings, deps) => spec.create(id, spec.config.parse(settings), deps) };
}

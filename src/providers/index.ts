import { z } from "zod";
import type { ProviderId } from "../core/model/ids.ts";
import type { SmsProvider } from "../core/ports/sms-provider.ts";
import { asanakKind } from "./asanak/index.ts";
import type { ProviderDeps } from "./kind.ts";
import { mydnspanelKind } from "./mydnspanel/index.ts";
import { soapPanelKind } from "./soap-panel/index.ts";

/** Every kind of panel. A new one is its folder and its entry here: the import and its place in the list. */
export const providerKinds = [asanakKind, mydnspanelKind, soapPanelKind] as const;

type Kind = (typeof providerKinds)[number];

const configs: readonly Kind["config"][] = providerKinds.map((kind) => kind.config);

/** The settings of a provider of any kind, told apart by `kind`. */
export const providerConfig = z.discriminatedUnion("kind", [providerKinds[0].config, ...configs.slice(1)]);

export type ProviderSettings = z.output<typeof providerConfig>;

/** Builds a provider from its settings, without any call to its panel. */
export function createProvider(id: ProviderId, settings: ProviderSettings, deps: ProviderDeps): SmsProvider {
  return requireKind(settings.kind).create(id, settings, deps);
}

/** What `kind` can be configured with. Throws where the settings were never checked. */
export function requireKind(kind: string): Kind {
  const found = providerKinds.find((one) => one.kind === kind);
  if (!found) throw new TypeError(`no panel of kind "${kind}"`);
  return found;
}

export type { ProviderDeps, ProviderKind } from "./kind.ts";

import type { Bridge, ContactOutcome, CreditOfProvider, OfferedTemplate } from "../bridge.ts";
import type { Events, ProviderCall } from "../events.ts";
import type { DeskId } from "../model/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { ProviderError } from "../ports/provider-error.ts";
import type { SmsProvider } from "../ports/sms-provider.ts";
import type { Registry } from "../registry.ts";
import { createAsk } from "./ask.ts";
import type { CreditWatch } from "./credit-watch.ts";
import type { Health } from "./health.ts";

type Offers = Pick<Bridge, "creditOf" | "templatesOf" | "phoneBooksOf" | "addContact">;

/** What the panels of a desk can do beside plain SMS, and asking them to. */
export function createOffers(deps: {
  registry: Registry;
  health: Health;
  creditWatch: Pick<CreditWatch, "outlookOf">;
  clock: Clock;
  events: Events;
}): Offers {
  const { registry, creditWatch } = deps;
  const ask = createAsk(deps);

  /** People wait for it: nothing breaks it off but the panel's own time-out. */
  function call<T>(provider: SmsProvider, name: ProviderCall, run: (signal: AbortSignal) => Promise<T>) {
    return ask({ provider: provider.id, call: name }, () => run(new AbortController().signal));
  }

  async function readCredit(provider: SmsProvider): Promise<CreditOfProvider[]> {
    const { id, credit } = provider;
    if (!credit) return [];
    const credits = await call(provider, "credit", (signal) => credit.read(signal));
    if (credits instanceof ProviderError) return [{ provider: id, failure: credits.code }];
    return [{ provider: id, credits: await Promise.all(credits.map((one) => creditWatch.outlookOf(id, one))) }];
  }

  async function addTo(provider: SmsProvider, contact: Parameters<Offers["addContact"]>[1]): Promise<ContactOutcome[]> {
    const { id, contacts } = provider;
    const isKept = Object.keys(contact.fields).every((field) => contacts?.fields.includes(field));
    if (!contacts || !isKept) return [];
    const added = await call(provider, "contact", (signal) => contacts.add(contact, signal));
    if (!(added instanceof ProviderError)) return [{ provider: id, refused: added.refused }];
    const { code, vendor } = added;
    return [{ provider: id, failure: { code, ...(vendor === undefined ? {} : { vendor }) } }];
  }

  /** The desk's own line first, then the others as they were written. */
  function findTemplate(desk: DeskId, name: string): OfferedTemplate[] {
    const own = registry.findRules(desk)?.line;
    const lines = registry.linesOf(desk);
    for (const line of own === undefined ? lines : [own, ...lines]) {
      const provider = registry.providerOfLine(line);
      const settings = provider && registry.findTemplate(name, provider.id);
      if (provider?.templates && settings !== undefined) {
        return [{ name, line, values: provider.templates.valuesOf(settings) }];
      }
    }
    return [];
  }

  return {
    creditOf: async (desk) => (await Promise.all(registry.providersOf(desk).map(readCredit))).flat(),
    templatesOf: (desk) => registry.templateNames().flatMap((name) => findTemplate(desk, name)),
    phoneBooksOf: (desk) =>
      registry
        .providersOf(desk)
        .flatMap(({ id, contacts }) => (contacts ? [{ provider: id, fields: contacts.fields }] : [])),
    addContact: async (desk, contact) =>
      (await Promise.all(registry.providersOf(desk).map((provider) => addTo(provider, contact)))).flat(),
  };
}

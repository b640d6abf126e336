import { type Config, lineSettings, templatesOf } from "../config/resolve.ts";
import type { DeskId } from "../core/model/ids.ts";
import { createRule } from "../core/model/rule.ts";
import { type Desk, DeskError } from "../core/ports/desk.ts";
import type { SmsProvider } from "../core/ports/sms-provider.ts";
import { createRegistry, type Registry } from "../core/registry.ts";

/** Who is who, for a command that works in the store of a bridge: the same lines and desks, and nothing to show at any of them. */
export function registryOf(config: Config, providers: readonly SmsProvider[]): Registry {
  return createRegistry({
    providers,
    desks: Object.entries(config.desks).map(([id, desk]) => ({
      desk: createSilentDesk(id),
      rules: {
        line: desk.line,
        giveUpMs: 1000 * desk.giveUpSeconds,
        collisionMs: 1000 * desk.collisionSeconds,
        undoMs: 1000 * desk.undoSeconds,
        maxParts: desk.maxParts,
        rules: desk.rules.map(createRule),
      },
    })),
    lines: lineSettings(config),
    deskOfProvider: new Map(Object.entries(config.providers).map(([id, { desk }]) => [id, desk])),
    templates: templatesOf(config),
  });
}

/** Nothing is shown from here; the bridge that runs next shows what there is to show. */
function createSilentDesk(id: DeskId): Desk {
  const refuse = async () => {
    throw new DeskError("not-ready", "no desk is open here");
  };
  const wayOut = {
    post: refuse,
    mark: refuse,
    card: refuse,
    hideCodes: refuse,
    bulk: refuse,
    remind: refuse,
    echo: refuse,
    erase: refuse,
  };
  return { id, markAfterMs: 0, ...wayOut, notify: async () => undefined };
}

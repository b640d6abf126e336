import type { Config } from "../../config/resolve.ts";
import { createProvider } from "../../providers/index.ts";
import { checkInbox } from "./inboxes.ts";
import { type ProbeDeps, probe } from "./probes.ts";
import type { QuietFacts } from "./quiet.ts";
import type { Row } from "./table.ts";

/**
 * Of every panel: login, credit, lines and what else each tells without sending, and how SMS come in from it. All are asked at
 * once, so that a slow one delays no other.
 */
export async function checkProviders(
  config: Config,
  deps: ProbeDeps & Pick<QuietFacts, "lastInbound"> & { readonly showsUrls: boolean },
): Promise<Row[]> {
  const rows = await Promise.all(
    Object.entries(config.providers).map(async ([id, settings]) => {
      const provider = createProvider(id, settings, deps);
      const lines = Object.keys(config.lines).filter((line) => config.lines[line]?.provider === id);
      try {
        const inbox = checkInbox(config, provider, { ...deps, timeZone: config.timeZone, lines });
        return [...(await probe(provider, lines, deps)), ...inbox];
      } finally {
        await provider.close();
      }
    }),
  );
  return rows.flat();
}

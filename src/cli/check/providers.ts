import type { Config } from "../../config/resolve.ts";
import { createProvider } from "../../providers/index.ts";
import type { Finding } from "./finding.ts";
import { checkInbox } from "./inboxes.ts";
import { type ProbeDeps, probe } from "./probes.ts";
import { renderTable } from "./table.ts";

/**
 * One table for all panels: login, credit, lines and what else each tells without sending, and how SMS come in from it. All are
 * asked at once, so that a slow one delays no other.
 */
export async function checkProviders(
  config: Config,
  deps: ProbeDeps & { readonly showsUrls: boolean },
): Promise<Finding[]> {
  const rows = await Promise.all(
    Object.entries(config.providers).map(async ([id, settings]) => {
      const provider = createProvider(id, settings, deps);
      const lines = Object.keys(config.lines).filter((line) => config.lines[line]?.provider === id);
      try {
        const { showsUrls } = deps;
        return [...(await probe(provider, lines, deps)), ...checkInbox(config, provider, { lines, showsUrls })];
      } finally {
        await provider.close();
      }
    }),
  );
  return renderTable(rows.flat());
}

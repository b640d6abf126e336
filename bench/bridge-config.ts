import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sides } from "./processes.ts";

export const token = "1:bench-token-bench-token-bench-token-x";
export const inboxToken = "bench-inbox-token-bench";
export const line = "982164063188";
export const panelLogin = { username: "bench", password: "bench-password" };
export const desk = "bench";

export interface Limits {
  readonly groupPerMinute: number;
  readonly privatePerSecond: number;
  readonly globalPerSecond: number;
}

const wide: Limits = { groupPerMinute: 1_000_000, privatePerSecond: 1_000_000, globalPerSecond: 1_000_000 };
/** The bridge's own defaults, which are Telegram's. */
export const limitsAsInLife: Limits = { groupPerMinute: 20, privatePerSecond: 1, globalPerSecond: 30 };

/** Where a bridge has its configuration and its store. */
export interface BridgeFolder {
  readonly path: string;
  readonly store: string;
  readonly config: string;
  writeConfig(sides: Sides, limits?: Limits): Promise<void>;
  remove(): Promise<void>;
}

export async function createFolder(): Promise<BridgeFolder> {
  const path = await mkdtemp(join(tmpdir(), "chapar-bench-"));
  const store = join(path, "chapar.sqlite");
  const config = join(path, "config.json");
  return {
    path,
    store,
    config,
    writeConfig: (sides, limits = wide) => writeFile(config, JSON.stringify(configOf(sides, limits, store))),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

function configOf({ telegram, panel, chat }: Sides, limits: Limits, store: string) {
  return {
    telegram: { token, apiRoot: telegram, limits },
    server: { port: 0 },
    store: `sqlite://${store}`,
    providers: {
      asanak: {
        kind: "asanak",
        ...panelLogin,
        baseUrl: panel,
        inboxToken,
        perSecond: 1000,
        inFlight: 10,
      },
    },
    lines: { [line]: { provider: "asanak", desk } },
    desks: { [desk]: { chat, layout: "topics", ticks: "off" } },
  };
}

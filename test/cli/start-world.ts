import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Io } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { Log } from "../../src/core/ports/log.ts";
import {
  type BridgeConfig,
  type Simulators,
  type SimulatorsOptions,
  startSimulators,
} from "../../src/sandbox/start.ts";
import { openTranscript } from "../transcripts/transcript.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");

export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Calls a command in this process. */
export async function call(argv: readonly string[], change: Partial<Io> = {}): Promise<Called> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    input: async () => new Uint8Array(),
    env: {},
    isTerminal: false,
    isInputTerminal: false,
    isErrorTerminal: false,
    ...change,
  };
  const code = await main(argv, io);
  const showsUrls = argv.includes("--show-urls") || io.isTerminal;
  const shown = [...out, ...err].filter((line) => !showsUrls || !line.includes("/hooks/"));
  openTranscript().shown(shown.join("\n"));
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** With Asanak among the panels, as it is unless a test chooses others. */
type WorldConfig = BridgeConfig & {
  readonly providers: { readonly asanak: NonNullable<BridgeConfig["providers"]["asanak"]> };
};

export interface World extends Simulators {
  bridgeConfig(): WorldConfig;
  /** The configuration of a bridge in this world, on a real file and a real store. */
  readonly file: string;
  /** Writes the configuration anew. Only for a world with Asanak in it. */
  configure(change: (raw: WorldConfig) => object): Promise<void>;
}

export async function startWorld(options: SimulatorsOptions = {}): Promise<World> {
  const transcript = openTranscript();
  const folder = await mkdtemp(join(tmpdir(), "chapar-cli-"));
  const usual = { store: "sqlite://chapar.sqlite", limits: "none", deliverAfterMs: 50 } as const;
  const world = await startSimulators({ ...usual, ...options });
  onTestFinished(async () => {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const file = join(folder, "config.json");
  const bridgeConfig = () => requireAsanak(world.bridgeConfig());
  const write = (raw: object) => {
    transcript.secretsOf(raw);
    return writeFile(file, JSON.stringify(raw));
  };
  const configure = (change: (raw: WorldConfig) => object) => write(change(bridgeConfig()));
  await write(world.bridgeConfig());
  return { ...world, bridgeConfig, file, configure };
}

function requireAsanak(raw: BridgeConfig): WorldConfig {
  const { asanak } = raw.providers;
  if (!asanak) throw new Error("this world was started without Asanak's panel");
  return { ...raw, providers: { ...raw.providers, asanak } };
}

export interface Child {
  /** Resolves with the first line of either stream that matches; rejects when the process ends without one. */
  says(pattern: RegExp): Promise<string>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
  text(): string;
}

/** `chapar` as a process of its own, as it is shipped. Killed when the test is over. */
export function startChild(
  argv: readonly string[],
  how: { readonly node?: readonly string[]; readonly uid?: number; readonly env?: Record<string, string> } = {},
): Child {
  const { PORT: _, ...env } = process.env;
  const child = spawn(process.execPath, [...(how.node ?? [cli]), ...argv], {
    env: { ...env, ...how.env },
    ...(how.uid === undefined ? {} : { uid: how.uid }),
  });
  let text = "";
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer) => {
    text += chunk.toString("utf8");
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const transcript = openTranscript();
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
    transcript.shown(text);
  });
  return {
    ended,
    text: () => text,
    signal: (name) => void child.kill(name),
    says(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const line = text.split("\n").find((one) => pattern.test(one));
          if (line !== undefined) resolve(line);
        };
        listeners.add(look);
        look();
        void ended.then((code) => reject(new Error(`ended with ${code} and said only:\n${text}`)));
      });
    },
  };
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** Runs a bridge on the world's store in the meantime. */
export async function withBridge<T>(world: World, run: (url: string) => Promise<T>): Promise<T> {
  const { config } = await loadConfig(world.file, {});
  const app = await createApp(config, { log: silent });
  try {
    await app.start();
    return await run(app.url);
  } finally {
    await app.stop();
  }
}

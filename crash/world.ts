import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PanelKind, type Simulators, startSimulators } from "../src/sandbox/start.ts";
import type { WorldClock } from "../src/sandbox/timers.ts";
import { createReleaseStack } from "../src/support/release.ts";
import { type Aim, nameOf } from "./aims.ts";

const root = join(import.meta.dirname, "..");
const wide = { groupPerMinute: 1_000_000, privatePerSecond: 1_000_000, globalPerSecond: 1_000_000 };
const startMs = 30_000;
const nobody = "http://127.0.0.1:9";
const credit = 10_000_000;

/** How a life of the bridge ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the signal that ended it, or from its start where it ended itself. */
  readonly ms: number;
}

/** One process of the bridge, as it is shipped. */
export interface Life {
  readonly ended: Promise<End>;
  /** Resolves once it listens; `false` when it ended before. */
  readonly listens: Promise<boolean>;
  /** Whether it came to the point at which it was aimed. */
  hasReached(): boolean;
  signal(name: NodeJS.Signals): void;
  output(): string;
}

export interface WorldOptions {
  readonly panels: readonly PanelKind[];
  /** Of every panel's configuration. */
  readonly provider?: Readonly<Record<string, unknown>>;
  /** Of the desk's configuration. */
  readonly desk?: Readonly<Record<string, unknown>>;
  /** Of everything but the bridge. */
  readonly clock?: WorldClock;
}

/** What a process is given beside its configuration. */
export interface Surroundings {
  /** Loaded before it, as `node --import` does: paths from the root of the repository. */
  readonly imports?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** Simulators that outlive every process of the bridge, its store and its configuration. */
export async function startWorld({ panels, provider = {}, desk = {}, clock }: WorldOptions) {
  const stack = createReleaseStack();
  const folder = await mkdtemp(join(tmpdir(), "chapar-crash-"));
  stack.add(() => rm(folder, { recursive: true, force: true }));
  const simulators: Simulators = await startSimulators({
    ...(clock && { clock }),
    panels,
    limits: "none",
    deliverAfterMs: 100,
    store: "sqlite://chapar.sqlite",
    account: { credit },
    soapPanel: { credit },
    mydnspanel: { credit },
  });
  stack.add(() => simulators.stop());
  // Until the first bridge listens, as nobody does.
  simulators.connect(nobody);
  // As a panel that lists only its newest: a list of everything would grow with the run.
  simulators.mydnspanel.list({ window: 300 });
  const file = join(folder, "config.json");
  const config = simulators.bridgeConfig();
  const providers = Object.entries(config.providers).map(([id, settings]) => [
    id,
    { ...settings, perSecond: 1000, ...provider },
  ]);
  const telegram = { ...config.telegram, limits: wide };
  const desks = Object.entries(config.desks).map(([id, settings]) => [id, { ...settings, ...desk }]);
  const changed = { providers: Object.fromEntries(providers), desks: Object.fromEntries(desks) };
  await writeFile(file, JSON.stringify({ ...config, telegram, ...changed }));
  const lives = new Set<Life>();
  stack.add(() => {
    for (const life of lives) life.signal("SIGKILL");
  });

  return {
    ...simulators,
    folder,
    store: join(folder, "chapar.sqlite"),
    /** Starts a bridge; with an aim, one that ends itself there. */
    start(aim?: Aim & { readonly nth: number; readonly signal?: NodeJS.Signals }, surroundings?: Surroundings): Life {
      const life = startLife(file, (url) => simulators.connect(url), aim, surroundings);
      lives.add(life);
      void life.ended.then(() => lives.delete(life));
      return life;
    },
    stop: () => stack.release(),
  };
}

function startLife(
  config: string,
  connect: (url: string) => void,
  aim: (Aim & { readonly nth: number; readonly signal?: NodeJS.Signals }) | undefined,
  { imports = [], env: given = {} }: Surroundings = {},
): Life {
  const hooks = [...imports, ...(aim ? ["crash/kill-points.js"] : [])].flatMap((file) => [
    "--import",
    join(root, file),
  ]);
  const { CRASH_AIM: _, ...inherited } = process.env;
  const env = { ...inherited, ...given };
  const child = spawn(process.execPath, [...hooks, join(root, "dist/cli.js"), "run", "--config", config], {
    stdio: ["ignore", "pipe", "pipe"],
    env: aim ? { ...env, CRASH_AIM: JSON.stringify(aim) } : env,
  });
  let text = "";
  let signalledAt = performance.now();
  const listens = new Promise<boolean>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`it does not listen:\n${text}`)), startMs);
    const settle = (value: boolean) => {
      clearTimeout(late);
      resolve(value);
    };
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const url = /chapar listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (url === undefined) return;
      connect(url);
      settle(true);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
    child.once("close", () => settle(false));
  });
  return {
    ended: endOf(child, () => signalledAt),
    listens,
    hasReached: () => aim !== undefined && text.includes(`reached ${nameOf(aim)}`),
    signal(name) {
      signalledAt = performance.now();
      child.kill(name);
    },
    output: () => text,
  };
}

async function endOf(child: ChildProcess, since: () => number): Promise<End> {
  const exited = once(child, "exit").then(([code, signal]) => ({ code, signal, ms: performance.now() - since() }));
  await once(child, "close");
  return exited;
}

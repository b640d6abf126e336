import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";
import { type BridgeConfig, type Simulators, startSimulators } from "../../src/sandbox/start.ts";

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
    env: {},
    isTerminal: false,
    isErrorTerminal: false,
    ...change,
  };
  const code = await main(argv, io);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

export interface World extends Simulators {
  /** The configuration of a bridge in this world, on a real file and a real store. */
  readonly file: string;
  /** Writes the configuration anew. */
  configure(change: (raw: BridgeConfig) => object): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "chapar-cli-"));
  const world = await startSimulators({ store: "sqlite://chapar.sqlite", limits: "none", deliverAfterMs: 50 });
  onTestFinished(async () => {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const file = join(folder, "config.json");
  const configure = (change: (raw: BridgeConfig) => object) =>
    writeFile(file, JSON.stringify(change(world.bridgeConfig())));
  await configure((raw) => raw);
  return { ...world, file, configure };
}

export interface Child {
  /** Resolves with the first line of either stream that matches; rejects when the process ends without one. */
  says(pattern: RegExp): Promise<string>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
  text(): string;
}

/** `chapar` as a process of its own, as it is shipped. Killed when the test is over. */
export function startChild(argv: readonly string[], how: { readonly node?: readonly string[] } = {}): Child {
  const { PORT: _, ...env } = process.env;
  const child = spawn(process.execPath, [...(how.node ?? [cli]), ...argv], { env });
  let text = "";
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer) => {
    text += chunk.toString("utf8");
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
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

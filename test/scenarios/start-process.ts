import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { type BridgeConfig, type SimulatorsOptions, startSimulators } from "../../src/sandbox/start.ts";
import { openTranscript } from "../transcripts/transcript.ts";
import { deskOf, wide } from "./start-bridge.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");

/** `chapar run` as a process of its own, as it is shipped, on the simulators. */
export async function startProcess(
  configure: (config: BridgeConfig) => unknown = (config) => config,
  options: SimulatorsOptions = {},
) {
  const transcript = openTranscript();
  const folder = await mkdtemp(join(tmpdir(), "chapar-process-"));
  const file = join(folder, "config.json");
  const usual = { limits: "none", deliverAfterMs: 100, store: "sqlite://chapar.sqlite" } as const;
  const simulators = await startSimulators({ ...usual, ...options });
  const plain = simulators.bridgeConfig();
  const raw = configure({ ...plain, telegram: { ...plain.telegram, limits: wide } } as BridgeConfig);
  transcript.secretsOf(raw);
  await writeFile(file, JSON.stringify(raw));
  const children: ChildProcess[] = [];
  let listening = { url: "", output: () => "" };
  const phone = (number: string) => simulators.phones.phone(number);
  const world = { ...simulators, folder, file, run, start, chapar, phone, desk: deskOf(simulators) };
  const bridge = { url: () => listening.url, output: () => listening.output() };

  onTestFinished(async () => {
    for (const child of children) child.kill("SIGKILL");
    await simulators.stop();
    await rm(folder, { recursive: true, force: true });
    expect(simulators.telegram.violations).toEqual([]);
  });

  function spawnCli(args: readonly string[]): { child: ChildProcess; output: () => string } {
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
    onTestFinished(() => transcript.shown(text));
    return { child, output: () => text };
  }

  /** Starts the bridge; resolves once it listens and the panel knows where. */
  async function start(): Promise<ChildProcess> {
    const { child, output } = spawnCli(["run", "--config", file]);
    const url = await simulators.telegram.waitFor(() => urlIn(output()) ?? ended(child, output), 15_000, "listening");
    listening = { url: String(url), output };
    simulators.connect(listening.url);
    return child;
  }

  /** Runs a command to its end. */
  async function chapar(...args: string[]): Promise<{ code: number | null; output: string }> {
    const { child, output } = spawnCli(args);
    const [code] = (await once(child, "exit")) as [number | null];
    return { code, output: output() };
  }

  async function run(): Promise<{ code: number | null; output: string }> {
    return chapar("run", "--config", file);
  }

  return { ...world, ...bridge };
}

function urlIn(text: string): string | undefined {
  return /(http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
}

function ended(child: ChildProcess, output: () => string): undefined {
  if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${output()}`);
  return undefined;
}

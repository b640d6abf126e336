import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { type BridgeFolder, createFolder, inboxToken, type Limits, token } from "./bridge-config.ts";
import { type StandIn, startPanel, startTelegram, type TelegramStandIn } from "./stand-ins.ts";

/** A process under measurement: where its hook is, and how it ends. */
export interface Subject {
  readonly name: string;
  /** Where SMS are pushed; the query comes behind it. The same one for both, in Asanak's words. */
  readonly hook: string;
  /** From the start of its process until it listened. */
  readonly startMs: number;
  /** The most it ever was, in megabytes. */
  peakMb(): Promise<number>;
  /** Ends it in peace, or at once; what it had on disk goes with it unless the folder was given. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

export interface Sides {
  readonly telegram: string;
  readonly panel: string;
  readonly chat: number;
}

export interface BridgeOptions {
  /** Default: as wide as they go. */
  readonly limits?: Limits;
  /** A folder that outlives the process. */
  readonly folder?: BridgeFolder;
}

/** The bridge as it is shipped: the built command line on a SQLite store. */
export async function startBridge(sides: Sides, options: BridgeOptions = {}): Promise<Subject> {
  const folder = options.folder ?? (await createFolder());
  await folder.writeConfig(sides, options.limits);
  const { child, found, startMs } = await launch(
    ["dist/cli.js", "run", "--config", folder.config, "--log-level", "error"],
    /(http:\/\/127\.0\.0\.1:\d+)/,
  );
  return {
    ...subjectOf(child),
    name: "chapar",
    hook: `${found}/hooks/asanak/${inboxToken}`,
    startMs,
    async stop(signal) {
      await ended(child, signal);
      if (!options.folder) await folder.remove();
    },
  };
}

export async function startForwarder({ telegram, panel, chat }: Sides): Promise<Subject> {
  const { child, found, startMs } = await launch(
    ["--import", "tsx", "bench/forwarder.ts", `${telegram}/bot${token}`, panel, String(chat)],
    /listening (\d+)/,
  );
  return {
    ...subjectOf(child),
    name: "bare forwarder",
    hook: `http://127.0.0.1:${found}/hook`,
    startMs,
    stop: (signal) => ended(child, signal),
  };
}

/** Starts a Telegram and a panel for the time of some work. */
export async function withSides<T>(
  chat: number,
  work: (sides: { telegram: TelegramStandIn; panel: StandIn; sides: Sides }) => Promise<T>,
): Promise<T> {
  const telegram = await startTelegram(chat);
  const panel = await startPanel();
  try {
    return await work({ telegram, panel, sides: { telegram: telegram.url, panel: panel.url, chat } });
  } finally {
    await Promise.all([telegram.stop(), panel.stop()]);
  }
}

function subjectOf(child: ChildProcess): Pick<Subject, "peakMb"> {
  return {
    async peakMb() {
      const text = await readFile(`/proc/${child.pid}/status`, "utf8");
      return Number(/^VmHWM:\s+(\d+) kB/m.exec(text)?.[1]) / 1024;
    },
  };
}

async function launch(
  args: readonly string[],
  ready: RegExp,
): Promise<{ child: ChildProcess; found: string; startMs: number }> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const found = await firstMatch(child, ready);
  return { child, found, startMs: performance.now() - startedAt };
}

function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code} before it was ready:\n${text}`)));
  });
}

async function ended(child: ChildProcess, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  const late = new AbortController();
  void pause(6000, undefined, { signal: late.signal }).then(
    () => child.kill("SIGKILL"),
    () => undefined,
  );
  await exited;
  late.abort();
}

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createFolder, limitsAsInLife } from "./bridge-config.ts";
import { type Sides, type Subject, startBridge, startForwarder } from "./processes.ts";
import { startPanel, startTelegram } from "./stand-ins.ts";
import { countInbound } from "./store-facts.ts";

const run = promisify(execFile);

export interface Accepted {
  readonly bridge: number[];
  readonly forwarder: number[];
}

export interface AcceptOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly chat: number;
}

/** SMS accepted a second over 50 connections, the two by turns, each round with fresh processes. */
export async function measureAccept({ rounds, seconds, chat }: AcceptOptions): Promise<Accepted> {
  const accepted: Accepted = { bridge: [], forwarder: [] };
  for (let round = 0; round < rounds; round++) {
    const telegram = await startTelegram(chat);
    const panel = await startPanel();
    const sides = { telegram: telegram.url, panel: panel.url, chat };
    accepted.forwarder.push(await ofForwarder(sides, seconds));
    accepted.bridge.push(await ofBridge(sides, seconds));
    await Promise.all([telegram.stop(), panel.stop()]);
  }
  return accepted;
}

async function ofForwarder(sides: Sides, seconds: number): Promise<number> {
  const subject = await startForwarder(sides);
  const load = await pushTo(subject, seconds);
  await subject.stop("SIGKILL");
  return load.perSecond;
}

/** Telegram's limits as in life: it posts a few and keeps the others. Killed at the end, it must have all it said OK to. */
async function ofBridge(sides: Sides, seconds: number): Promise<number> {
  const folder = await createFolder();
  const subject = await startBridge(sides, { folder, limits: limitsAsInLife });
  try {
    const load = await pushTo(subject, seconds);
    await subject.stop("SIGKILL");
    const stored = await countInbound(folder.store);
    if (stored < load.accepted) throw new Error(`answered 200 to ${load.accepted} and has ${stored}`);
    return load.perSecond;
  } finally {
    await subject.stop("SIGKILL");
    await folder.remove();
  }
}

async function pushTo(subject: Subject, seconds: number): Promise<{ accepted: number; perSecond: number }> {
  const args = [
    "--import",
    "tsx",
    "bench/load.ts",
    subject.hook,
    "50",
    String(Math.ceil(seconds / 3)),
    String(seconds),
  ];
  const { stdout } = await run(process.execPath, args);
  const load = JSON.parse(stdout) as { accepted: number; failed: number; perSecond: number };
  if (load.failed > 0) throw new Error(`${subject.name} failed ${load.failed} calls`);
  return load;
}

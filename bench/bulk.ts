import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startAsanakSimulator } from "../src/sandbox/asanak/server.ts";
import { createFolder, line, panelLogin } from "./bridge-config.ts";
import { startBridge } from "./processes.ts";
import { peerOf } from "./sms.ts";
import { startTelegram } from "./stand-ins.ts";

export interface BulkFigures {
  readonly receivers: number;
  /** Calls that send, at the panel. */
  readonly requests: number;
  readonly missing: number;
  readonly doubled: number;
  readonly seconds: number;
  /** What `chapar send` said, where it did not end well. */
  readonly failure?: string;
}

export type BulkKind = "one text" | "different texts";

const waitSeconds = 120;

/** `chapar send` to many through a running bridge; counted at the panel. */
export async function measureBulk(kind: BulkKind, options: { receivers: number; chat: number }): Promise<BulkFigures> {
  const { receivers, chat } = options;
  const panel = await startAsanakSimulator({ ...panelLogin, lines: [line], credit: 10 * receivers });
  const telegram = await startTelegram(chat);
  const folder = await createFolder();
  const sides = { telegram: telegram.url, panel: panel.url, chat };
  const bridge = await startBridge(sides, { folder });
  try {
    const file = await writeReceivers(kind, folder.path, receivers);
    const startedAt = performance.now();
    const failure = await chapar("send", "--config", folder.config, "--wait", String(waitSeconds), ...file);
    const seconds = (performance.now() - startedAt) / 1000;
    const times = new Map<string, number>();
    for (const { receiver } of panel.ledger) times.set(receiver, (times.get(receiver) ?? 0) + 1);
    return {
      receivers,
      requests: panel.calls.filter(({ method }) => method === "sendsms" || method === "p2psendsms").length,
      missing: receivers - times.size,
      doubled: [...times.values()].filter((count) => count > 1).length,
      seconds,
      ...(failure === undefined ? {} : { failure }),
    };
  } finally {
    await bridge.stop();
    await Promise.all([panel.stop(), telegram.stop()]);
    await folder.remove();
  }
}

/** Gives the arguments that name the receivers and what they get. */
async function writeReceivers(kind: BulkKind, folder: string, receivers: number): Promise<string[]> {
  const numbers = Array.from({ length: receivers }, (_, n) => peerOf(n));
  const file = join(folder, "receivers");
  if (kind === "one text") {
    await writeFile(file, numbers.join("\n"));
    return ["--line", line, "--to-file", file, "فردا بسته‌ایم."];
  }
  await writeFile(file, numbers.map((to, n) => JSON.stringify({ to, text: `کد شما ${n} است.` })).join("\n"));
  return ["--line", line, "--each", file];
}

function chapar(...args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["dist/cli.js", ...args], { maxBuffer: 2 ** 26 }, (error, _out, words) => {
      resolve(error ? `exit ${error.code}: ${words.trim().split("\n")[0]}` : undefined);
    });
  });
}

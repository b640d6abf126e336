import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A process under measurement: where its hook is, and how it ends. */
export interface Subject {
  readonly name: string;
  hook(text: string): string;
  stop(): Promise<void>;
}

export interface Sides {
  readonly telegram: string;
  readonly panel: string;
  readonly chat: number;
}

const token = "1:bench-token-bench-token-bench-token-x";
const inboxToken = "bench-inbox-token-bench";

/** The bridge as it is shipped: the built command line on a SQLite store, limits as wide as they go. */
export async function startBridge({ telegram, panel, chat }: Sides): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), "chapar-bench-"));
  const file = join(folder, "config.json");
  const limits = { groupPerMinute: 1_000_000, privatePerSecond: 1_000_000, globalPerSecond: 1_000_000 };
  const config = {
    telegram: { token, apiRoot: telegram, limits },
    server: { port: 0 },
    store: "sqlite://chapar.sqlite",
    providers: {
      asanak: {
        kind: "asanak",
        username: "bench",
        password: "bench-password",
        baseUrl: panel,
        inboxToken,
        perSecond: 1000,
        inFlight: 100,
      },
    },
    lines: { "982164063188": { provider: "asanak", desk: "bench" } },
    desks: { bench: { chat, layout: "topics", ticks: "off" } },
  };
  await writeFile(file, JSON.stringify(config));
  const child = spawn(process.execPath, ["dist/cli.js", "run", "--config", file, "--log-level", "error"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await firstMatch(child, /(http:\/\/127\.0\.0\.1:\d+)/);
  const query = (text: string) =>
    new URLSearchParams({
      Destination: "982164063188",
      Source: "09121234567",
      ReceiveTime: "2026-11-22 12:00:00",
      MsgBody: text,
    });
  return {
    name: "chapar",
    hook: (text) => `${url}/hooks/asanak/${inboxToken}?${query(text)}`,
    async stop() {
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function startForwarder({ telegram, panel, chat }: Sides): Promise<Subject> {
  const tsx = ["--import", "tsx", "bench/forwarder.ts"];
  const child = spawn(process.execPath, [...tsx, `${telegram}/bot${token}`, panel, String(chat)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await firstMatch(child, /listening (\d+)/);
  return {
    name: "bare forwarder",
    hook: (text) => `http://127.0.0.1:${port}/hook?${new URLSearchParams({ MsgBody: text })}`,
    stop: () => ended(child),
  };
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

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill("SIGKILL"), 6000);
    child.once("exit", () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

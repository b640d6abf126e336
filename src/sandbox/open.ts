import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReleasably, type ReleaseStack } from "../support/release.ts";
import type { BridgeProgram } from "./bridge/process.ts";
import type { Language } from "./language.ts";
import { openSandboxServer } from "./server.ts";
import { type PanelKind, type Simulators, startSimulators } from "./start.ts";

export interface SandboxOptions extends Omit<BridgeProgram, "folder"> {
  readonly panels: readonly PanelKind[];
  readonly language: Language;
  /** 0 takes any that is free. */
  readonly port: number;
}

/** A small world with its page on one port, and the bridge as a process beside it. */
export interface Sandbox {
  readonly world: Simulators;
  /** Of the page, and of everything that the bridge serves. */
  readonly url: string;
  readonly isStopping: boolean;
  /** Starts the bridge; rejects when it ends before it is ready. */
  start(): Promise<void>;
  /** Stops the bridge and then the rest, and leaves no file behind. Safe to call twice. */
  stop(): Promise<void>;
}

/** How often Asanak repeats a push, a second apart: so long a person may leave the bridge dead. */
const pushRetries = 1800;

/** Opens the world and the port. Rejects when that is taken; what was opened by then is released. */
export function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  return openReleasably((stack) => open(options, stack));
}

async function open({ panels, language, port, ...program }: SandboxOptions, stack: ReleaseStack): Promise<Sandbox> {
  const folder = await makeFolder();
  // A second signal ends the process at once, and the bridge, which would remove it then, may have ended just before.
  const removeNow = () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // A bridge that still writes into it removes it itself.
    }
  };
  process.once("exit", removeNow);
  stack.add(async () => {
    await rm(folder, { recursive: true, force: true });
    process.off("exit", removeNow);
  });
  const world = await startSimulators({
    panels,
    language,
    pushRetries,
    store: "sqlite://chapar.sqlite",
    bridge: { ...program, folder },
  });
  stack.add(() => world.stop());
  const { bridge, control } = world;
  const server = await openSandboxServer({ port, control, bridgeUrl: () => bridge.url });
  stack.add(() => server.close());
  // It comes back on another port after each start, and this one stays.
  world.connect(server.url);
  stack.add(() => bridge.end());
  let isStopping = false;
  return {
    world,
    url: server.url,
    get isStopping() {
      return isStopping;
    },
    start: () => bridge.start(),
    stop() {
      isStopping = true;
      return stack.release();
    },
  };
}

/** For its owner alone: so Node makes it. */
async function makeFolder(): Promise<string> {
  const place = tmpdir();
  try {
    return await mkdtemp(join(place, "chapar-sandbox-"));
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    const advice = "let TMPDIR in the environment name a folder that you may write in";
    throw new Error(`no folder for the bridge's files can be made in ${place}${code}: ${advice}`, { cause });
  }
}

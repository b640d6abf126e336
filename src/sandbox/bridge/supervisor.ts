import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BridgeConfig } from "../bridge-config.ts";
import type { Timers } from "../timers.ts";
import { type BridgeProcess, type BridgeProgram, startProcess } from "./process.ts";

export type BridgeState = "running" | "starting" | "down";

/** Something that was done to the bridge, or that befell it, as a line of the log. */
export interface BridgeEvent {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly asked: string;
  /** Absent while it is under way. */
  answered?: string;
  isBad: boolean;
}

/** Runs the bridge of a world in one process after another. What is asked of it is done one after the other. */
export interface BridgeSupervisor {
  readonly state: BridgeState;
  /** Where it listens while it does. */
  readonly url: string | undefined;
  readonly events: readonly BridgeEvent[];
  /** Resolves once it is ready; does nothing where it runs. Rejects when it ends before, or when no bridge belongs to this world. */
  start(): Promise<void>;
  /** SIGKILL. Resolves when it is dead. */
  kill(): Promise<void>;
  /**
   * Stops it in good order, makes the change, and starts it with the configuration of then; one that is down stays down. Rejects
   * with what the change throws, the bridge being up again as it was.
   */
  change(make: () => void): Promise<void>;
  /** Stops it for good, without waiting for what was asked before. Safe to call twice. */
  end(): Promise<void>;
  onChange(listener: () => void): void;
}

export interface SupervisorDeps {
  /** Without one, whoever made the world runs its bridge. */
  readonly program: BridgeProgram | undefined;
  readonly config: () => Pick<BridgeConfig, "providers">;
  readonly timers: Timers;
}

// An answer in hand is waited for for four seconds (DESIGN 1.1).
const stopMs = 6_000;
/** The sandbox ends within five seconds, whatever its bridge does. */
const endMs = 4_400;
const eventsAtMost = 500;

export function createSupervisor({ program, config, timers }: SupervisorDeps): BridgeSupervisor {
  const listeners = new Set<() => void>();
  const events: BridgeEvent[] = [];
  let state: BridgeState = "down";
  let url: string | undefined;
  let current: BridgeProcess | undefined;
  /** The one whose end is wanted. */
  let dying: BridgeProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isEnding = false;

  function become(next: BridgeState, at?: string): void {
    state = next;
    url = at;
    for (const listener of listeners) listener();
  }

  function note(asked: string): BridgeEvent {
    const event: BridgeEvent = { at: timers.now(), asked, isBad: false };
    events.push(event);
    if (events.length > eventsAtMost) events.splice(0, events.length - eventsAtMost);
    return event;
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = last.then(() => {
      if (isEnding) throw new Error("the sandbox is ending");
      return work();
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  async function begin(): Promise<void> {
    if (!program) throw new Error("no bridge belongs to this world");
    const written = config();
    const panels = Object.values(written.providers).map((provider) => provider?.kind);
    const event = note(`chapar run (${panels.join(", ")})`);
    become("starting");
    try {
      await writeFile(join(program.folder, "config.json"), JSON.stringify(written), { mode: 0o600 });
      if (isEnding) throw new Error("the sandbox is ending");
      const child = startProcess(program);
      current = child;
      const at = await child.listens;
      event.answered = `ready, process ${child.pid}`;
      become("running", at);
      void child.ended.then((how) => lose(child, how, program));
    } catch (error) {
      current = undefined;
      event.answered = error instanceof Error ? error.message : "not started";
      event.isBad = true;
      become("down");
      throw error;
    }
  }

  /** Nobody asked for it. */
  function lose(child: BridgeProcess, how: string, { tell }: BridgeProgram): void {
    if (child === dying) return;
    current = undefined;
    const event = note(`chapar run, process ${child.pid}`);
    event.answered = `ended by itself: ${how}`;
    event.isBad = true;
    become("down");
    tell(`chapar: the bridge ended by itself (${how}); the page can start it again`);
  }

  async function finish(child: BridgeProcess, signal: "SIGTERM" | "SIGKILL", patienceMs = stopMs): Promise<void> {
    dying = child;
    url = undefined;
    const event = note(`kill -${signal === "SIGKILL" ? "9" : "TERM"} ${child.pid}`);
    const cancel = timers.after(patienceMs, () => child.signal("SIGKILL"));
    child.signal(signal);
    event.answered = `ended: ${await child.ended}`;
    cancel();
    current = undefined;
  }

  return {
    get state() {
      return state;
    },
    get url() {
      return url;
    },
    events,
    start: () => inTurn(async () => (current ? undefined : begin())),
    kill() {
      // One that comes up or stops need not get there first.
      if (state === "starting") current?.signal("SIGKILL");
      return inTurn(async () => {
        if (!current) return;
        await finish(current, "SIGKILL");
        become("down");
      });
    },
    change: (make) =>
      inTurn(async () => {
        if (!current) return make();
        become("starting");
        await finish(current, "SIGTERM");
        try {
          make();
        } finally {
          await begin();
        }
      }),
    async end() {
      isEnding = true;
      const cancel = timers.after(endMs, () => current?.signal("SIGKILL"));
      // A second signal would not let it stop in good order.
      if (current && current !== dying) await finish(current, "SIGTERM", endMs);
      await last;
      cancel();
      if (state !== "down") become("down");
    },
    onChange: (listener) => void listeners.add(listener),
  };
}

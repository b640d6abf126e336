import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BridgeConfig } from "../bridge-config.ts";
import type { Timers } from "../timers.ts";
import { type BridgeProgram, beginLife, type Life } from "./life.ts";

export type BridgeState = "running" | "starting" | "down";

/** Something that was done to the bridge, or that befell it, as a line of the log. */
export interface BridgeMoment {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly asked: string;
  /** Absent while it is under way. */
  answered?: string;
  isBad: boolean;
}

/** Runs the bridge of a world in one process after another. What is asked of it is done one after the other. */
export interface BridgeKeeper {
  readonly state: BridgeState;
  /** Where it listens while it does. */
  readonly url: string | undefined;
  readonly moments: readonly BridgeMoment[];
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

export interface KeeperDeps {
  /** Without one, whoever made the world runs its bridge. */
  readonly program: BridgeProgram | undefined;
  readonly config: () => Pick<BridgeConfig, "providers">;
  readonly timers: Timers;
}

// An answer in hand is waited for for four seconds (DESIGN 1.1).
const stopMs = 6_000;
/** The sandbox ends within five seconds, whatever its bridge does. */
const endMs = 4_400;
const momentsAtMost = 500;

export function createKeeper({ program, config, timers }: KeeperDeps): BridgeKeeper {
  const listeners = new Set<() => void>();
  const moments: BridgeMoment[] = [];
  let state: BridgeState = "down";
  let url: string | undefined;
  let current: Life | undefined;
  /** The one whose end is wanted. */
  let dying: Life | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isEnding = false;

  function become(next: BridgeState, at?: string): void {
    state = next;
    url = at;
    for (const listener of listeners) listener();
  }

  function note(asked: string): BridgeMoment {
    const moment: BridgeMoment = { at: timers.now(), asked, isBad: false };
    moments.push(moment);
    if (moments.length > momentsAtMost) moments.splice(0, moments.length - momentsAtMost);
    return moment;
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
    const moment = note(`chapar run (${panels.join(", ")})`);
    become("starting");
    try {
      await writeFile(join(program.folder, "config.json"), JSON.stringify(written), { mode: 0o600 });
      if (isEnding) throw new Error("the sandbox is ending");
      const life = beginLife(program);
      current = life;
      const at = await life.listens;
      moment.answered = `ready, process ${life.pid}`;
      become("running", at);
      void life.ended.then((how) => lose(life, how, program));
    } catch (error) {
      current = undefined;
      moment.answered = error instanceof Error ? error.message : "not started";
      moment.isBad = true;
      become("down");
      throw error;
    }
  }

  /** Nobody asked for it. */
  function lose(life: Life, how: string, { tell }: BridgeProgram): void {
    if (life === dying) return;
    current = undefined;
    const moment = note(`chapar run, process ${life.pid}`);
    moment.answered = `ended by itself: ${how}`;
    moment.isBad = true;
    become("down");
    tell(`chapar: the bridge ended by itself (${how}); the page can start it again`);
  }

  async function finish(life: Life, signal: "SIGTERM" | "SIGKILL", patienceMs = stopMs): Promise<void> {
    dying = life;
    url = undefined;
    const moment = note(`kill -${signal === "SIGKILL" ? "9" : "TERM"} ${life.pid}`);
    const cancel = timers.after(patienceMs, () => life.signal("SIGKILL"));
    life.signal(signal);
    moment.answered = `ended: ${await life.ended}`;
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
    moments,
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

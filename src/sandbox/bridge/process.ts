import { fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** How to run the bridge. */
export interface BridgeProgram {
  /** A JavaScript file that is `chapar run` with the configuration in a folder, and ends when its parent does, however that ends. */
  readonly entry: string;
  /** Private, and there already: its configuration, its store. */
  readonly folder: string;
  readonly logLevel: string;
  /** Tells a person at the terminal. */
  tell(line: string): void;
}

/** One process of the bridge, from its start to its end. */
export interface BridgeProcess {
  readonly pid: number | undefined;
  /** Where it listens, once it does; rejects when it ends before. */
  readonly listens: Promise<string>;
  /** Resolves when it is dead, with how it died: `code 0`, `SIGKILL`. */
  readonly ended: Promise<string>;
  signal(name: NodeJS.Signals): void;
}

export function startProcess({ entry, folder, logLevel }: BridgeProgram): BridgeProcess {
  // In the environment PORT would win over the configuration.
  const { PORT: _, ...env } = process.env;
  const child = fork(entry, [folder, logLevel], {
    env,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    // A group of its own: Ctrl-C at the terminal is for the sandbox, which then stops its bridge in good order.
    detached: true,
  });
  const ended = once(child, "exit").then(
    ([code, signal]: (number | string | null)[]) => (signal === null ? `code ${code}` : String(signal)),
    () => "it could not be started",
  );
  const listens = new Promise<string>((resolve, reject) => {
    if (child.stdout) {
      createInterface(child.stdout).on("line", (line) => {
        const [, url] = /^chapar listens on (http:\S+)$/.exec(line) ?? [];
        if (url !== undefined) resolve(url);
      });
    }
    void ended.then((how) => reject(new Error(`the bridge ended before it was ready (${how})`)));
  });
  // Whoever does not wait for it hears of its end.
  listens.catch(() => undefined);
  return { pid: child.pid, listens, ended, signal: (name) => void child.kill(name) };
}

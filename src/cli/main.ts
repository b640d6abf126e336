import { readFile } from "node:fs/promises";
import { z } from "zod";
import { UsageError } from "./arguments.ts";
import { describeUnexpected } from "./failures.ts";
import type { ExitCode, Io, RunCommand } from "./io.ts";

interface Entry {
  readonly usage: string;
  readonly does: string;
  /** Loaded when it is called, so that `--help` answers at once. */
  load(): Promise<RunCommand>;
}

const commands: Readonly<Record<string, Entry>> = {
  run: {
    usage: "run [--config FILE] [--log-level LEVEL]",
    does: "the bridge",
    load: async () => (await import("./run.ts")).run,
  },
  sandbox: {
    usage:
      "sandbox [--panel asanak|soap-panel|mydnspanel|all] [--language fa|en] [--port N] [--no-demo] [--log-level LEVEL]",
    does: "the same bridge with simulated panels, handset and Telegram; needs no configuration",
    load: async () => (await import("./sandbox.ts")).sandbox,
  },
  init: {
    usage: "init [--dir DIR | --config FILE] [--answers FILE] [--force] [--anyway]",
    does: `asks for the bot, the panel, the line and the desk, tests each answer at once, and writes config.json and .env.
--answers reads them from a JSON file (- is the standard input) and asks nothing; --force replaces files; --anyway writes although a test failed`,
    load: async () => (await import("./init.ts")).init,
  },
  check: {
    usage: "check [--config FILE] [--json] [--show-urls] [--show-unreadable] [--read-inbox] [--log-level LEVEL]",
    does: `tells what is wrong, why it matters and what to do: configuration, store, token, desks, panels, lines, public address; sends no SMS.
--json tells it to programs, with the codes of docs/check.md; --read-inbox also how what came in is understood`,
    load: async () => (await import("./check.ts")).check,
  },
  send: {
    usage:
      "send [--config FILE] --line L (--to N[,N…]… | --to-file FILE | --each FILE) [--key K] [--at TIME] [--wait S] [--delivered] [--log-level LEVEL] [TEXT]",
    does: `an SMS, or many, through the running bridge or by itself; the same key twice sends once; with --at not before this time.
--to-file has one number a line; --each a number and a text each, as CSV or as lines of {"to":…,"text":…}; - is the standard input`,
    load: async () => (await import("./send.ts")).send,
  },
  import: {
    usage: "import [--config FILE] --line L --days N [--post] [--unread] [--log-level LEVEL]",
    does: "past SMS of a line that its panel still lists: into the store, and with --post the old ones into their threads, too; with --unread they are unread again at the panel",
    load: async () => (await import("./import.ts")).importSms,
  },
  backup: {
    usage: "backup [--config FILE] [--log-level LEVEL] FILE",
    does: "a consistent copy of the store in a new file, also while the bridge runs; docs/operating.md tells how to restore it",
    load: async () => (await import("./backup.ts")).backup,
  },
};

/** Runs one call of `chapar`; `argv` is what comes after its name. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name = "--help", ...rest] = argv;
  if (name === "--help" || name === "-h" || name === "help") {
    io.out(usage());
    return argv.length === 0 ? 2 : 0;
  }
  if (name === "--version" || name === "-v") {
    io.out(await readVersion());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    io.err(`chapar: there is no command "${name}"\n\n${usage()}`);
    return 2;
  }
  if (rest.some((word) => word === "--help" || word === "-h")) {
    io.out(`chapar ${command.usage}\n\n${command.does}`);
    return 0;
  }
  return runCommand(command, rest, io);
}

async function runCommand(command: Entry, argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await (await command.load())(argv, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`chapar: ${error.message}\n\nchapar ${command.usage}`);
      return 2;
    }
    // What a command expects it has told itself, without secrets.
    io.err(`chapar: ${describeUnexpected(error)}`);
    return 1;
  }
}

function usage(): string {
  const lines = Object.values(commands).map(
    ({ usage: how, does }) => `  chapar ${how}\n      ${does.replaceAll("\n", "\n      ")}`,
  );
  return [
    "chapar: a bridge between SMS and Telegram",
    "",
    ...lines,
    "",
    "The configuration is config.json unless --config names another file.",
    "--log-level is one of debug, info, warn, error, silent.",
    "Exit codes: 0 done; 1 failed, certainly not sent; 2 bad usage or configuration; 3 uncertain, do not repeat.",
  ].join("\n");
}

async function readVersion(): Promise<string> {
  const file = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(file)).version;
}

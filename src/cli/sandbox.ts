import { fileURLToPath } from "node:url";
import { playConversation } from "../sandbox/demo.ts";
import { type Language, languages } from "../sandbox/language.ts";
import { openSandbox, type Sandbox } from "../sandbox/open.ts";
import { type PanelKind, panelKinds } from "../sandbox/start.ts";
import { createRedactor } from "../support/redact.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, readNumber, takeNoMore, UsageError } from "./arguments.ts";
import type { ExitCode, Io } from "./io.ts";
import { createCommandLog, readLogLevel } from "./options.ts";
import { serve } from "./serve.ts";

const options = {
  panel: { type: "string", default: "asanak" },
  language: { type: "string", default: "fa" },
  port: { type: "string", default: "8080" },
  "no-demo": { type: "boolean", default: false },
  "log-level": { type: "string" },
} as const;

const bridgeEntry = fileURLToPath(new URL("./sandbox-bridge.js", import.meta.url));

/** `chapar sandbox`: the bridge in a small world of its own, on loopback. */
export async function sandbox(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, options);
  takeNoMore(positionals);
  const panels = readPanels(values.panel);
  const language = readLanguage(values.language);
  const port = readNumber("port", values.port, { min: 0, max: 65_535 });
  const level = readLogLevel(values["log-level"], "warn");

  // Nothing in a sandbox is secret.
  const redactor = createRedactor([]);
  return serve({
    io,
    log: createCommandLog(io, redactor, level),
    clock: createSystemClock(),
    redactor,
    create: () => openSandbox({ panels, language, port, entry: bridgeEntry, logLevel: level, tell: io.err }),
    async onStarted(running) {
      io.out(`chapar sandbox listens on ${running.url}`);
      if (!values["no-demo"]) await play(running, io);
    },
  });
}

function readPanels(written: string): readonly PanelKind[] {
  if (written === "all") return panelKinds;
  const kind = panelKinds.find((one) => one === written);
  if (kind) return [kind];
  throw new UsageError(`--panel is one of ${panelKinds.join(", ")}, all`);
}

function readLanguage(written: string): Language {
  const language = languages.find((one) => one === written);
  if (language) return language;
  throw new UsageError(`--language is one of ${languages.join(", ")}`);
}

async function play(sandbox: Sandbox, io: Io): Promise<void> {
  const { world, url } = sandbox;
  try {
    await playConversation(world, io.out);
    io.out("");
    io.out(`The conversation is over; go on with it in a browser at ${url}/. Ctrl-C ends it.`);
  } catch (error) {
    if (sandbox.isStopping) return;
    // Whoever has opened the page by now may have killed the bridge, or taken Telegram away: that ends no sandbox.
    const why = error instanceof Error ? error.message : "for an unknown reason";
    io.err(`chapar: the conversation broke off: ${why}; go on with it in a browser at ${url}/`);
  }
}

import { createApp } from "../app.ts";
import { parseConfig } from "../config/load.ts";
import { playConversation } from "../sandbox/demo.ts";
import { type PanelKind, panelKinds, type Simulators, startSimulators } from "../sandbox/start.ts";
import { createRedactor } from "../support/redact.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, readNumber, takeNoMore, UsageError } from "./arguments.ts";
import type { ExitCode, Io } from "./io.ts";
import { createCommandLog, readLogLevel } from "./options.ts";
import { serve } from "./serve.ts";

const options = {
  panel: { type: "string", default: "asanak" },
  port: { type: "string", default: "8080" },
  "no-demo": { type: "boolean", default: false },
  "log-level": { type: "string" },
} as const;

/** `chapar sandbox`: the bridge in a small world of its own, on loopback. */
export async function sandbox(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, options);
  takeNoMore(positionals);
  const panels = readPanels(values.panel);
  const port = readNumber("port", values.port, { min: 0, max: 65_535 });
  const level = readLogLevel(values["log-level"], "warn");

  const world = await startSimulators({ panels, bridgePort: port });
  try {
    return await serveWorld(world, { io, level, plays: !values["no-demo"] });
  } finally {
    await world.stop();
  }
}

function readPanels(written: string): readonly PanelKind[] {
  if (written === "all") return panelKinds;
  const kind = panelKinds.find((one) => one === written);
  if (kind) return [kind];
  throw new UsageError(`--panel is one of ${panelKinds.join(", ")}, all`);
}

async function serveWorld(
  world: Simulators,
  { io, level, plays }: { io: Io; level: ReturnType<typeof readLogLevel>; plays: boolean },
): Promise<ExitCode> {
  const { config, secrets } = parseConfig(JSON.stringify(world.bridgeConfig()), { file: "sandbox.json", env: {} });
  const redactor = createRedactor(secrets);
  const log = createCommandLog(io, redactor, level);
  const clock = createSystemClock();
  return serve({
    io,
    log,
    clock,
    redactor,
    create: () => createApp(config, { log, clock, extraRoutes: world.control }),
    async onStarted(app) {
      world.connect(app.url);
      io.out(`chapar sandbox listens on ${app.url}`);
      if (!plays) return;
      await playConversation(world, io.out);
      io.out("");
      io.out(`The conversation is over; go on with it in a browser at ${app.url}/. Ctrl-C ends it.`);
    },
  });
}

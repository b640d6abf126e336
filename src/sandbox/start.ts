import type { AccountOptions } from "./asanak/account.ts";
import { type AsanakSimulator, startAsanakSimulator } from "./asanak/server.ts";
import { createControl } from "./control.ts";
import { createPhones, type Phones } from "./phone.ts";
import type { Group } from "./telegram/group.ts";
import type { FloodLimits } from "./telegram/limits.ts";
import { startTelegramSimulator, type TelegramSimulator } from "./telegram/server.ts";
import type { User } from "./telegram/types.ts";
import { createTimers, type WorldClock, worldClock } from "./timers.ts";

export interface SimulatorsOptions {
  readonly clock?: WorldClock;
  readonly telegramPort?: number;
  readonly asanakPort?: number;
  /** Where the bridge should listen. Default 0: any free port. */
  readonly bridgePort?: number;
  /** Default `memory:`. */
  readonly store?: string;
  /** Default: Telegram as in life, 20 messages a minute in a group. `"none"` takes the limits away. */
  readonly limits?: FloodLimits | "none";
  /** The panel's account: lines, credit, templates. */
  readonly account?: AccountOptions;
  /** From receipt to handset. Default 1500, so that a person sees both ticks come. */
  readonly deliverAfterMs?: number;
}

/** A small world: one Telegram with a forum group and two operators, one panel with a line, and handsets. */
export interface Simulators {
  readonly telegram: TelegramSimulator;
  readonly asanak: AsanakSimulator;
  readonly phones: Phones;
  readonly group: Group;
  readonly operators: readonly User[];
  /** Express router with every route under `/sandbox`; mount it at the root. */
  readonly control: ReturnType<typeof createControl>;
  /** The configuration of a bridge that works in this world; plain JSON, as in a configuration file. */
  bridgeConfig(): BridgeConfig;
  /** Tells the panel where the bridge listens: `http://127.0.0.1:8080`. */
  connect(bridgeUrl: string): void;
  /** Safe to call twice. */
  stop(): Promise<void>;
}

export type BridgeConfig = ReturnType<typeof writeConfig>;

const providerId = "asanak";
const inboxToken = "sandbox-inbox-token-1f0c7b52";

export async function startSimulators(options: SimulatorsOptions = {}): Promise<Simulators> {
  const clock = options.clock ?? worldClock;
  const timers = createTimers(clock);
  const telegram = await startTelegramSimulator({
    clock,
    ...(options.telegramPort !== undefined && { port: options.telegramPort }),
    ...(options.limits !== "none" && { limits: options.limits ?? {} }),
  });
  const asanak = await startAsanakSimulator({
    ...options.account,
    clock,
    deliverAfterMs: options.deliverAfterMs ?? 1500,
    ...(options.asanakPort !== undefined && { port: options.asanakPort }),
  }).catch(async (error: unknown) => {
    await telegram.stop();
    throw error;
  });
  const line = asanak.account.lines[0] ?? "";
  const phones = createPhones({ panels: [asanak], timers, defaultLine: line });
  const operators = [
    telegram.user({ name: "سارا", username: "sara" }),
    telegram.user({ name: "رضا", username: "reza" }),
  ];
  const group = telegram.group({ title: "پشتیبانی", forum: true });
  for (const [index, operator] of operators.entries()) group.add(operator, index === 0 ? "creator" : "member");

  return {
    telegram,
    asanak,
    phones,
    group,
    operators,
    control: createControl({ telegram, asanak, phones, group, operators }),
    bridgeConfig: () => writeConfig({ telegram, asanak, group, line, options }),
    connect: (bridgeUrl) => asanak.registerWebhook(`${bridgeUrl.replace(/\/$/, "")}/hooks/${providerId}/${inboxToken}`),
    async stop() {
      phones.stop();
      await asanak.stop();
      await telegram.stop();
      timers.stop();
    },
  };
}

function writeConfig(deps: {
  telegram: TelegramSimulator;
  asanak: AsanakSimulator;
  group: Group;
  line: string;
  options: SimulatorsOptions;
}) {
  const { telegram, asanak, group, line, options } = deps;
  return {
    telegram: { token: telegram.token, apiRoot: telegram.url },
    server: { host: "127.0.0.1", port: options.bridgePort ?? 0 },
    store: options.store ?? "memory:",
    providers: {
      [providerId]: {
        kind: "asanak",
        username: asanak.account.username,
        password: asanak.account.password,
        baseUrl: asanak.url,
        inboxToken,
        desk: "support",
        // Reports are asked for soon, for a person is watching.
        reportSeconds: [0.5, 1, 2, 3, 5, 10, 20, 40, 80, 300],
      },
    },
    lines: { [line]: { provider: providerId, desk: "support" } },
    desks: { support: { chat: group.id, line } },
  };
}

import { Router } from "express";
import { openReleasably, type ReleaseStack } from "../support/release.ts";
import type { AccountOptions } from "./asanak/account.ts";
import type { BridgeProgram } from "./bridge/process.ts";
import { type BridgeSupervisor, createSupervisor } from "./bridge/supervisor.ts";
import { asanakHook, type BridgeConfig, writeBridgeConfig } from "./bridge-config.ts";
import { forPlay } from "./bridge-config-for-play.ts";
import { type Choice, createChoice } from "./choice.ts";
import { createControl } from "./control.ts";
import { casts, type Language } from "./language.ts";
import type { MydnspanelOptions } from "./mydnspanel/server.ts";
import { createPage } from "./page/routes.ts";
import { type ChosenPanel, type PanelKind, type PanelSimulators, startPanels } from "./panels.ts";
import { createPhones, type Phones } from "./phone.ts";
import type { SoapPanelOptions } from "./soap-panel/server.ts";
import { timeIn } from "./tehran.ts";
import type { Group } from "./telegram/group.ts";
import type { FloodLimits } from "./telegram/limits.ts";
import { createPrivateTalks } from "./telegram/private-talks.ts";
import { startTelegramSimulator, type TelegramSimulator } from "./telegram/server.ts";
import type { User } from "./telegram/types.ts";
import { createTimers, type WorldClock, worldClock } from "./timers.ts";

export type { BridgeConfig } from "./bridge-config.ts";
export { type ChosenPanel, type PanelKind, panelKinds } from "./panels.ts";

export interface SimulatorsOptions {
  readonly clock?: WorldClock;
  /** Panels on the telephone network and in the bridge's configuration; the desk's line is of the first. Default Asanak's alone. */
  readonly panels?: readonly PanelKind[];
  /** Of the bot, of the names in the group, and of what is played. Default Persian. */
  readonly language?: Language;
  readonly telegramPort?: number;
  readonly asanakPort?: number;
  /** Where the bridge should listen. Default 0, which takes a free port. */
  readonly bridgePort?: number;
  /** Default `memory:`. */
  readonly store?: string;
  /** Default: Telegram as in life, 20 messages a minute in a group. `"none"` takes the limits away. */
  readonly limits?: FloodLimits | "none";
  /** The account at Asanak: lines, credit, templates. */
  readonly account?: AccountOptions;
  /** The SOAP panel: its account, and how it does things. */
  readonly soapPanel?: Omit<SoapPanelOptions, "clock">;
  /** The same of mydnspanel. */
  readonly mydnspanel?: Omit<MydnspanelOptions, "clock">;
  /** How often Asanak repeats a push that was not taken, a second apart. Default 0: its manual promises none. */
  readonly pushRetries?: number;
  /** How to run the bridge of this world; without it, whoever made the world runs one. */
  readonly bridge?: BridgeProgram;
  /** From receipt to handset. Default 1500, so that a person sees both ticks come. */
  readonly deliverAfterMs?: number;
}

/** A small world: one Telegram with a forum group and three operators, panels with a line each, and handsets. */
export interface Simulators extends PanelSimulators {
  readonly telegram: TelegramSimulator;
  /** Those that are chosen now; the others stand by, and no handset reaches them. */
  readonly panels: readonly [ChosenPanel, ...ChosenPanel[]];
  /** The bot speaks it now. */
  readonly language: Language;
  readonly phones: Phones;
  readonly group: Group;
  readonly operators: readonly User[];
  /** The bridge as a process, where the options say how to run one. Not started. */
  readonly bridge: BridgeSupervisor;
  /** Express router with the page at `/` and every route under `/sandbox`; mount it at the root. */
  readonly control: Router;
  /** The configuration of a bridge that works in this world; plain JSON, as in a configuration file. */
  bridgeConfig(): BridgeConfig;
  /** Tells the panel that pushes where the bridge listens: `http://127.0.0.1:8080`. */
  connect(bridgeUrl: string): void;
  /** Safe to call twice. */
  stop(): Promise<void>;
}

/** So long somebody has played, or up to a minute less, when the digest of the day comes. */
const digestAfterMs = 180_000;

export function startSimulators(options: SimulatorsOptions = {}): Promise<Simulators> {
  return openReleasably((stack) => startWorld(options, stack));
}

async function startWorld(options: SimulatorsOptions, stack: ReleaseStack): Promise<Simulators> {
  const clock = options.clock ?? worldClock;
  const timers = createTimers(clock);
  stack.add(() => timers.stop());
  const limits = options.limits === "none" ? undefined : (options.limits ?? {});
  const telegram = await startTelegramSimulator({
    clock,
    ...(options.telegramPort !== undefined && { port: options.telegramPort }),
    ...(limits && { limits }),
  });
  stack.add(() => telegram.stop());
  const simulators = await startPanels(
    {
      clock,
      deliverAfterMs: options.deliverAfterMs ?? 1500,
      asanak: {
        ...options.account,
        ...(options.asanakPort !== undefined && { port: options.asanakPort }),
        ...(options.pushRetries !== undefined && { pushRetries: options.pushRetries }),
      },
      soapPanel: options.soapPanel ?? {},
      mydnspanel: options.mydnspanel ?? {},
    },
    stack,
  );
  const { language = "fa" } = options;
  const choice = createChoice(simulators, options.panels ?? ["asanak"], language);
  const phones = createPhones({ ...networkOf(choice.panels), timers });
  stack.add(() => phones.stop());
  choice.onChange(() => {
    const { panels, defaultLine } = networkOf(choice.panels);
    phones.connect(panels, defaultLine);
  });
  const { group, operators } = gather(telegram, language);
  const bridgeConfig = () =>
    writeBridgeConfig({
      ...simulators,
      telegram,
      group,
      panels: choice.panels,
      language: choice.language,
      bridgePort: options.bridgePort ?? 0,
      store: options.store ?? "memory:",
    });
  const digestAt = timeIn(timers.now() + digestAfterMs);
  const config = () =>
    forPlay(bridgeConfig(), { operators, language: choice.language, hours: choice.hours, now: timers.now(), digestAt });
  const bridge = createSupervisor({ program: options.bridge, config, timers });
  stack.add(() => bridge.end());
  const privates = createPrivateTalks(telegram);
  const parts = { ...simulators, telegram, choice, phones, group, privates, operators, bridge };

  return {
    ...simulators,
    telegram,
    get panels() {
      return choice.panels;
    },
    get language() {
      return choice.language;
    },
    phones,
    group,
    operators,
    bridge,
    control: Router().use(createPage({ ...parts, limits, timers }), createControl(parts)),
    bridgeConfig,
    connect: (bridgeUrl) => simulators.asanak.registerWebhook(`${bridgeUrl.replace(/\/$/, "")}${asanakHook}`),
    stop: () => stack.release(),
  };
}

function networkOf(panels: Choice["panels"]) {
  return { panels: panels.map(({ simulator }) => simulator), defaultLine: panels[0].lines[0] };
}

/** The desk's people and their group. */
function gather(telegram: TelegramSimulator, language: Language): Pick<Simulators, "group" | "operators"> {
  const cast = casts[language];
  const operators = Object.entries(cast.operators).map(([username, name]) => telegram.user({ name, username }));
  const group = telegram.group({ title: cast.group, forum: true });
  for (const [index, operator] of operators.entries()) group.add(operator, index === 0 ? "creator" : "member");
  return { group, operators };
}

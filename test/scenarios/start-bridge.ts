import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { type App, type AppParts, createApp } from "../../src/app.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { Log } from "../../src/core/ports/log.ts";
import type { PanelSimulator, TakenSms } from "../../src/sandbox/panels.ts";
import type { Handset } from "../../src/sandbox/phone.ts";
import {
  type BridgeConfig,
  type Simulators,
  type SimulatorsOptions,
  startSimulators,
} from "../../src/sandbox/start.ts";
import type { SayOptions, SeenMessage } from "../../src/sandbox/telegram/people.ts";
import { createFastClock } from "../support/fast-clock.ts";
import { textsInPost } from "../support/texts-in-post.ts";
import { openTranscript } from "../transcripts/transcript.ts";

/** Telegram's limits, so that no test waits for them. */
export const wide = { groupPerMinute: 100_000, privatePerSecond: 100_000, globalPerSecond: 100_000 };
const patienceMs = 40_000;

export interface BridgeOptions extends SimulatorsOptions {
  /** Changes the configuration before the bridge reads it. */
  readonly configure?: (config: BridgeConfig & Record<string, unknown>) => unknown;
  /** Other parts for the bridge than those of life. */
  readonly parts?: Omit<Partial<AppParts>, "log">;
  /** How many times faster than life time passes, in the bridge and in the world around it, so that minutes are seconds. */
  readonly speed?: number;
}

export type Bridge = Awaited<ReturnType<typeof startBridge>>;

/**
 * The whole bridge on the simulators, on a SQLite file, without Telegram's limits unless a test wants them. When the test is
 * over everything is stopped, and the test fails on a call that the Bot API does not know, on what a simulator stumbled over
 * and on an SMS through a panel that was not chosen or to a number that the test never named.
 */
export async function startBridge(options: BridgeOptions = {}) {
  const transcript = openTranscript();
  const folder = await mkdtemp(join(tmpdir(), "chapar-scenario-"));
  const { speed = 1 } = options;
  const clock = speed === 1 ? undefined : createFastClock(speed);
  const simulators = await startSimulators({
    limits: "none",
    deliverAfterMs: 100,
    store: "sqlite://chapar.sqlite",
    ...(clock ? { clock } : {}),
    ...options,
  });
  const panels: readonly PanelSimulator[] = [simulators.asanak, simulators.soapPanel, simulators.mydnspanel];
  const named = new Set<Handset>();
  const file = join(folder, "config.json");
  const plain = simulators.bridgeConfig();
  const widened = { ...plain, telegram: { ...plain.telegram, limits: wide } };
  const raw = options.configure?.(widened) ?? widened;
  transcript.secretsOf(raw);
  await writeFile(file, JSON.stringify(raw));
  const { config } = await loadConfig(file, {});
  const problems: string[] = [];
  let app: App | undefined = await start();

  async function start(): Promise<App> {
    const started = await createApp(config, {
      ...(clock ? { clock } : {}),
      ...options.parts,
      log: transcript.logTo(keepErrors(problems)),
    });
    await started.start();
    simulators.connect(started.url);
    return started;
  }

  /** What it tells of itself, and what people and the simulators know of it. */
  async function keep(): Promise<void> {
    const authorization = config.server.adminToken && `Bearer ${config.server.adminToken}`;
    if (app) await transcript.pagesOf(app.url, authorization);
    for (const { parameters } of simulators.telegram.callsOf("setWebhook")) {
      const { url, secret_token } = parameters;
      transcript.secret(String(url).split("/").at(-1), String(secret_token));
    }
    for (const { method, parameters } of simulators.telegram.calls) {
      if (method !== "setWebhook") transcript.shown(JSON.stringify(parameters));
    }
    for (const handset of named) {
      transcript.personal(handset.number.slice(1), ...handset.thread.flatMap(({ text }) => text.split("\n")));
    }
    for (const { code } of app?.pairingCodes ?? []) transcript.personal(code);
  }

  onTestFinished(async () => {
    await keep();
    await app?.stop();
    await simulators.stop();
    await rm(folder, { recursive: true, force: true });
    expect(simulators.telegram.violations).toEqual([]);
    for (const { network } of [simulators.telegram, ...panels]) expect(network.crashes).toEqual([]);
    expect(unexpectedSms(simulators, named)).toEqual([]);
  });

  return {
    ...simulators,
    config,
    problems,
    get app(): App {
      if (app === undefined) throw new Error("the bridge is stopped");
      return app;
    },
    phone(number: string): Handset {
      const handset = simulators.phones.phone(number);
      named.add(handset);
      return handset;
    },
    desk: deskOf(simulators, speed),
    /** Texts that left to a number through whichever panel, in the order in which they were taken. */
    sentTo: (handset: Handset) =>
      panels
        .flatMap(({ ledger }) => ledger.filter((sms) => isFor(handset, sms)))
        .toSorted((one, other) => one.at - other.at)
        .map(({ text }) => text),
    async stop() {
      await keep();
      await app?.stop();
      app = undefined;
    },
    async restart() {
      await app?.stop();
      app = await start();
    },
  };
}

/** The desk's group as a test speaks of it. */
export function deskOf({ telegram, group, operators }: Simulators, speed = 1) {
  const sara = operators[0] ?? telegram.user({ name: "سارا" });
  const seen = (find: () => SeenMessage | undefined, what: string) => telegram.waitFor(find, patienceMs * speed, what);
  const inGeneral = () => group.messages("general").filter((one) => one.from.isBot && one.service === undefined);

  function topicView(id: number | undefined) {
    const messages = () => group.messages(id ?? "general");
    const view = {
      id,
      /** Every text that stands there, also of SMS that went together. */
      texts: () => messages().flatMap(({ text }) => textsInPost(text)),
      messages,
      /** Waits until a post holds this text. */
      shows: (text: string) => seen(() => messages().find((one) => one.from.isBot && one.text.includes(text)), text),
      operatorSays: (text: string, more: SayOptions & { by?: typeof sara } = {}) =>
        replyView(group.say(more.by ?? sara, text, { ...(id === undefined ? {} : { topic: id }), ...more })),
    };
    return view;
  }

  function replyView(message: SeenMessage) {
    const marks = () => group.messages().filter((one) => one.from.isBot && one.replyTo === message.id);
    return {
      message,
      marks,
      /** Waits until the mark begins with this sign, and with no longer one. */
      isMarked: (sign: string) =>
        seen(() => marks().find(({ text }) => signOf(text) === sign), `${sign} under "${message.text}"`),
      press: (label: string | RegExp, by = sara) => {
        const [mark] = marks();
        const button = mark?.buttons
          .flat()
          .find((one) => (typeof label === "string" ? one === label : label.test(one)));
        if (!mark || !button) throw new Error(`no button ${label} under ${JSON.stringify(mark?.text)}`);
        return group.press(by, mark, button);
      },
      edit: (text: string) => group.edit(message, text),
    };
  }

  return {
    group,
    topicView,
    replyView,
    topics: () => group.topics(),
    /** What the bot has said in General and that holds this. */
    told: (text: string | RegExp) => inGeneral().filter((one) => one.text.search(text) >= 0),
    /** Waits until the bot has said it in General. */
    isTold: (text: string | RegExp) => seen(() => inGeneral().find((one) => one.text.search(text) >= 0), String(text)),
    /** Waits for the topic whose name holds the last digits of the number. */
    async topicOf(number: string) {
      const digits = number.replace(/\D/g, "").slice(-4);
      const topic = await telegram.waitFor(
        () => group.topics().find(({ name }) => name.replace(/\D/g, "").endsWith(digits)),
        patienceMs * speed,
        `a topic for ${number}`,
      );
      return topicView(topic.id);
    },
  };
}

/** What no test can have meant. */
function unexpectedSms(simulators: Simulators, named: ReadonlySet<Handset>): readonly TakenSms[] {
  const { asanak, soapPanel, mydnspanel, panels } = simulators;
  return [asanak, soapPanel, mydnspanel].flatMap((panel: PanelSimulator) => {
    const isChosen = panels.some(({ simulator }) => simulator === panel);
    return panel.ledger.filter((sms) => !isChosen || ![...named].some((handset) => isFor(handset, sms)));
  });
}

function isFor(handset: Handset, { receiver }: TakenSms): boolean {
  return handset.number.endsWith(receiver.slice(-10));
}

/** The sign at the head of a mark. */
export function signOf(text: string): string | undefined {
  return /^(✓✓|✓|⏳|◐|✗|⚠|∅|⊘)/u.exec(text)?.[0];
}

/** Time that runs faster than in life, for whoever waits for minutes. */
function keepErrors(problems: string[]): Log {
  const log: Log = {
    debug() {},
    info() {},
    warn() {},
    error: (facts, message) => void problems.push(`${message} ${JSON.stringify(facts)}`),
    child: () => log,
  };
  return log;
}

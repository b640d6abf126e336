import { setTimeout as pause } from "node:timers/promises";
import { type Sides, type Subject, startBridge, startForwarder, withSides } from "./processes.ts";
import { peerOf, queryOf } from "./sms.ts";
import type { Call, TelegramStandIn, Trouble } from "./stand-ins.ts";

export interface Losses {
  readonly lost: number;
  /** That stood in the forum more than once. */
  readonly doubled: number;
}

export interface FailureFigures {
  readonly what: string;
  readonly sms: number;
  readonly bridge: Losses;
  readonly forwarder: Losses;
}

interface Failure {
  readonly what: string;
  /** How often the panel pushes each SMS. */
  readonly pushes?: number;
  readonly trouble?: () => (call: Call) => Trouble | undefined;
  /** Ends the trouble after the last SMS. */
  readonly ends?: boolean;
}

const failures: readonly Failure[] = [
  { what: "Telegram away while SMS come", trouble: () => () => "cut", ends: true },
  { what: "every push comes three times", pushes: 3 },
  { what: "429 to a fifth of the calls", trouble: everyFifth },
];
/** How long the bridge may take to make up for it; the forwarder keeps nothing in mind, so what it has not shown soon is lost. */
const patienceMs = { bridge: 60_000, forwarder: 2000 };
/** For what comes late and should not come at all. */
const afterwardsMs = 500;

/** What a bad hour costs: the same SMS through both, each with a text of its own. */
export async function measureFailures(options: { chat: number; sms: number }): Promise<FailureFigures[]> {
  // All at once: nothing here depends on how fast the machine is.
  return Promise.all(
    failures.map(async (failure) => {
      const [bridge, forwarder] = await Promise.all([
        through(failure, startBridge, patienceMs.bridge, options),
        through(failure, startForwarder, patienceMs.forwarder, options),
      ]);
      return { what: failure.what, sms: options.sms, bridge, forwarder };
    }),
  );
}

function through(
  failure: Failure,
  start: (sides: Sides) => Promise<Subject>,
  patience: number,
  { chat, sms }: { chat: number; sms: number },
): Promise<Losses> {
  return withSides(chat, async ({ telegram, sides }) => {
    const subject = await start(sides);
    try {
      return await suffer(failure, subject, telegram, sms, patience);
    } finally {
      await subject.stop();
    }
  });
}

async function suffer(
  failure: Failure,
  subject: Subject,
  telegram: TelegramStandIn,
  count: number,
  patience: number,
): Promise<Losses> {
  telegram.trouble(failure.trouble?.());
  const texts = Array.from({ length: count }, (_, n) => `<${n}> سلام`);
  for (const [n, text] of texts.entries()) {
    for (let push = 0; push < (failure.pushes ?? 1); push++) {
      const response = await fetch(`${subject.hook}?${queryOf({ peer: peerOf(n % 10), text })}`);
      await response.text();
      if (response.status !== 200) throw new Error(`${subject.name} answered ${response.status}`);
    }
    await pause(10);
  }
  await pause(afterwardsMs);
  if (failure.ends) telegram.trouble(undefined);
  const timesShown = (text: string) => telegram.shown.filter((one) => one.includes(text)).length;
  const givenUpAt = performance.now() + patience;
  while (performance.now() < givenUpAt && texts.some((text) => timesShown(text) === 0)) await pause(50);
  await pause(afterwardsMs);
  return {
    lost: texts.filter((text) => timesShown(text) === 0).length,
    doubled: texts.filter((text) => timesShown(text) > 1).length,
  };
}

function everyFifth(): (call: Call) => Trouble | undefined {
  let calls = 0;
  return ({ method }) => {
    if (method !== "sendMessage") return undefined;
    calls += 1;
    return calls % 5 === 0 ? { retryAfter: 1 } : undefined;
  };
}

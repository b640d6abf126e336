import { setTimeout as pause } from "node:timers/promises";
import type { AsanakMode } from "../src/sandbox/asanak/modes.ts";
import { type Aim, nameOf } from "./aims.ts";
import { type Figure, none } from "./judge.ts";
import { smsText } from "./talk.ts";
import { until } from "./until.ts";
import { type Witness, watchGroup } from "./witness.ts";
import { startWorld, type World } from "./world.ts";

/** Where a process is frozen in the middle of sending, and what the panel does meanwhile. */
export interface Freeze {
  readonly aim: Pick<Aim, "point" | "when">;
  readonly panel: AsanakMode;
  /** How often the SMS stands at the panel in the end: never, or once. */
  readonly expected: readonly number[];
  /** The marks that may stand in the end. */
  readonly marks: readonly string[];
}

const timeoutSeconds = 1;
/** What a call may take, and 30 s on top (`core/outbox/outbox.ts`), and then some. */
const pastLeaseMs = timeoutSeconds * 1000 + 30_000 + 3000;
const patienceMs = 60_000;

export const freezes: readonly Freeze[] = [
  { aim: { point: "claim", when: "after" }, panel: { kind: "normal" }, expected: [1], marks: ["✓", "✓✓"] },
  { aim: { point: "send", when: "before" }, panel: { kind: "normal" }, expected: [0, 1], marks: ["✓", "✓✓", "⚠"] },
  { aim: { point: "send", when: "sent" }, panel: { kind: "normal" }, expected: [1], marks: ["✓", "✓✓", "⚠"] },
  { aim: { point: "send", when: "sent" }, panel: { kind: "silent" }, expected: [1], marks: ["⚠"] },
  { aim: { point: "send", when: "answered" }, panel: { kind: "normal" }, expected: [1], marks: ["✓", "✓✓", "⚠"] },
  { aim: { point: "receipt", when: "before" }, panel: { kind: "normal" }, expected: [1], marks: ["✓", "✓✓", "⚠"] },
];

/** What became of the answer that was being sent. */
export interface Thawed {
  readonly mark: string;
  readonly atPanel: number;
}

/** Freezes the whole process for `ms` and lets it go on. Throws where it never came to the point. */
export async function freeze({ aim, panel, marks }: Freeze, ms: number): Promise<Thawed> {
  const world = await startWorld({ panels: ["asanak"], provider: { timeoutSeconds } });
  try {
    const witness = watchGroup(world);
    const sign = (messageId: number) => witness.markUnder(messageId)?.sign ?? "";
    const life = world.start({ ...aim, mostNth: 1, nth: 1, signal: "SIGSTOP" });
    await life.listens;
    const said = await sayInTopic(world, witness, "answer-1-1");
    world.asanak.mode({ ...panel, times: 1 });
    await requireSoon(() => life.hasReached(), `${nameOf(aim)} reached`);
    await pause(ms);
    life.signal("SIGCONT");
    await requireSoon(() => marks.includes(sign(said)), `marked ${marks.join(" or ")}`);
    // Time for a second SMS, if there were to be one.
    await pause(4000);
    return {
      mark: sign(said),
      atPanel: world.asanak.ledger.filter(({ text }) => text === "answer-1-1").length,
    };
  } finally {
    await world.stop();
  }
}

/** All freezes, each longer than every lease and time-out, at the same time. */
export async function runFrozen(): Promise<Figure[]> {
  const outcomes = await Promise.all(
    freezes.map(async (one) => {
      const name = `frozen at ${nameOf(one.aim)}, panel ${one.panel.kind}`;
      const thawed = await freeze(one, pastLeaseMs).catch((error: unknown) => String(error));
      return { one, name, thawed };
    }),
  );
  const words = ({ name, thawed }: (typeof outcomes)[number]) => `${name}: ${JSON.stringify(thawed)}`;
  const twice = outcomes.filter(({ thawed }) => typeof thawed === "object" && thawed.atPanel > 1);
  const wrong = outcomes.filter(
    ({ one, thawed }) => typeof thawed === "string" || !one.expected.includes(thawed.atPanel),
  );
  return [
    none(
      "SMS sent twice by a frozen process",
      twice.map(words),
      `${outcomes.length} freezes of ${pastLeaseMs / 1000} s`,
    ),
    none("freezes that ended otherwise than they should", wrong.map(words), ""),
  ];
}

async function sayInTopic({ phones, group, operators }: World, witness: Witness, text: string): Promise<number> {
  await phones.phone("09120000001").sends(smsText(1, 1));
  await requireSoon(() => witness.hasShown(1, 1), "the SMS shown");
  const [sara] = operators;
  const topic = witness.topicOf(1);
  if (sara === undefined || topic === undefined) throw new Error("there is no topic to answer in");
  return group.say(sara, text, { topic }).id;
}

async function requireSoon(isSo: () => boolean, what: string): Promise<void> {
  if (!(await until(isSo, patienceMs))) throw new Error(`${what}: not within ${patienceMs} ms`);
}

/**
 * `npm run bench`: what the bridge adds to a message's way, next to a bare forwarder measured in the same run.
 * `--quick` takes fewer samples. Storm, bulk, growth and crash figures come with the parts that they measure.
 */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Sides, type Subject, startBridge, startForwarder } from "./processes.ts";
import { type StandIn, startPanel, startTelegram, type TelegramStandIn } from "./stand-ins.ts";
import { median, percentile } from "./statistics.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const samples = values.quick ? 200 : 1000;
const rounds = values.quick ? 3 : 5;
const warmUp = 30;
/** Between two SMS: long enough for whatever the one before left to do. */
const restMs = 8;
const chat = -1001234567890;

interface Delays {
  readonly inbound: number[];
  readonly outbound: number[];
}

const bridge: Delays = { inbound: [], outbound: [] };
const forwarder: Delays = { inbound: [], outbound: [] };

console.log(`delays, unloaded: ${rounds} rounds of ${samples} SMS each way, one at a time, node ${process.version}`);
for (let round = 0; round < rounds; round++) {
  await measure(startForwarder, forwarder);
  await measure(startBridge, bridge);
}

const rows = [
  row("inbound median", bridge.inbound, forwarder.inbound, median, 4),
  row("inbound p99", bridge.inbound, forwarder.inbound, (list) => percentile(list, 99), 15),
  row("outbound median", bridge.outbound, forwarder.outbound, median, 8),
];
console.table(Object.fromEntries(rows.map(({ figure, ...cells }) => [figure, cells])));
console.log("left out: accepted a second, bulk, storm, growth, crash");
process.exitCode = rows.every((one) => one.held === "yes") ? 0 : 1;

async function measure(start: (sides: Sides) => Promise<Subject>, into: Delays): Promise<void> {
  const telegram = await startTelegram(chat);
  const panel = await startPanel();
  const subject = await start({ telegram: telegram.url, panel: panel.url, chat });
  try {
    await measureInbound(subject, telegram, into.inbound);
    await measureOutbound(telegram, panel, into.outbound);
  } finally {
    await subject.stop();
    await Promise.all([telegram.stop(), panel.stop()]);
  }
}

/** From the moment at which the panel calls us until Telegram is called. */
async function measureInbound(subject: Subject, telegram: StandIn, into: number[]): Promise<void> {
  for (let n = -warmUp; n < samples; n++) {
    const text = `پیامک ${n} ${subject.name}`;
    const posted = telegram.next(
      ({ method, fields }) => method === "sendMessage" && String(fields.text).includes(text),
    );
    const startedAt = performance.now();
    const response = await fetch(subject.hook(text));
    if (response.status !== 200) throw new Error(`${subject.name} answered ${response.status}`);
    await response.text();
    const { at } = await posted;
    if (n >= 0) into.push(at - startedAt);
    await pause(restMs);
  }
}

/** From the moment at which an update leaves Telegram until the panel is called. */
async function measureOutbound(telegram: TelegramStandIn, panel: StandIn, into: number[]): Promise<void> {
  for (let n = -warmUp; n < samples; n++) {
    const text = `answer ${n}`;
    const sent = panel.next(({ method, fields }) => method === "sendsms" && fields.message === text);
    const leftAt = await telegram.update({
      message: {
        message_id: 1_000_000 + n,
        date: Math.floor(Date.now() / 1000),
        chat: { id: chat, type: "supergroup", title: "bench", is_forum: true },
        from: { id: 5, is_bot: false, first_name: "Sara" },
        message_thread_id: 7,
        is_topic_message: true,
        text,
      },
    });
    const { at } = await sent;
    if (n >= 0) into.push(at - leftAt);
    await pause(restMs);
  }
}

/** Compares medians of all rounds; what is held against the bar is the difference. */
function row(figure: string, ours: number[], bare: number[], of: (list: readonly number[]) => number, barMs: number) {
  const added = of(ours) - of(bare);
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  return {
    figure,
    chapar: ms(of(ours)),
    "bare forwarder": ms(of(bare)),
    added: ms(added),
    bar: `≤ ${barMs} ms`,
    held: added <= barMs ? "yes" : "NO",
  };
}

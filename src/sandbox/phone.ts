import type { CarriedSms, Carrier, Panel, PushResult } from "./carrier.ts";
import { toHandsetNumber } from "./number.ts";
import type { Timers } from "./timers.ts";
import { createWatch, type Watch } from "./watch.ts";

/** An SMS on the screen of a handset. */
export interface HandsetSms {
  readonly direction: "sent" | "received";
  /** The other side: our line. */
  readonly line: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A customer's telephone. */
export interface Handset {
  /** `09…`. */
  readonly number: string;
  readonly isOn: boolean;
  /** Both directions, oldest first. */
  readonly thread: readonly HandsetSms[];
  /** Texts that came in. */
  received(): string[];
  /** Sends an SMS to a line; default the first line of the first panel. Resolves to how the panel's push ended. */
  sends(text: string, options?: { to?: string }): Promise<PushResult>;
  /** Waits until this text, or one that the pattern or function accepts, has come in. */
  gets(wanted: string | RegExp | ((text: string) => boolean), timeoutMs?: number): Promise<HandsetSms>;
  /** Unreachable until it is on again; what was sent meanwhile then arrives. */
  switchOff(): void;
  switchOn(): void;
}

/** The telephone network between handsets and panels. */
export interface Phones {
  /** The handset with this number, in any spelling. It is made at its first mention and is on. */
  phone(number: string): Handset;
  all(): Handset[];
  /** From now on handsets write to these panels. What others took before still arrives. */
  connect(panels: readonly Panel[], defaultLine: string): void;
  onChange: Watch<{ number: string }>["onChange"];
  waitFor: Watch<{ number: string }>["waitFor"];
  stop(): void;
}

export function createPhones(deps: { panels: readonly Panel[]; timers: Timers; defaultLine: string }): Phones {
  const { timers } = deps;
  let { panels, defaultLine } = deps;
  const watch = createWatch<{ number: string }>(timers);
  const handsets = new Map<string, Handset & { take(sms: CarriedSms, delivered: () => void): void }>();

  const carrier: Carrier = { carry: (sms, delivered) => phone(sms.to).take(sms, delivered) };
  connect(panels, defaultLine);

  function connect(next: readonly Panel[], line: string): void {
    panels = next;
    defaultLine = line;
    for (const panel of panels) panel.attach(carrier);
  }

  function phone(written: string) {
    const number = toHandsetNumber(written);
    const known = handsets.get(number);
    if (known) return known;
    const thread: HandsetSms[] = [];
    const waiting: { sms: CarriedSms; delivered: () => void }[] = [];
    let isOn = true;

    function show(sms: CarriedSms): void {
      thread.push({ direction: "received", line: sms.from, text: sms.text, at: timers.now() });
      watch.tell({ number });
    }

    const handset = {
      number,
      thread,
      get isOn() {
        return isOn;
      },
      received: () => thread.filter(({ direction }) => direction === "received").map(({ text }) => text),
      async sends(text: string, { to = defaultLine }: { to?: string } = {}) {
        const panel = panels.find((one) => one.owns(to));
        if (!panel) throw new Error(`no panel owns the line ${to}`);
        if (!isOn) throw new Error(`the handset ${number} is off`);
        thread.push({ direction: "sent", line: to, text, at: timers.now() });
        watch.tell({ number });
        return panel.receive({ from: number, to, text });
      },
      gets(wanted: string | RegExp | ((text: string) => boolean), timeoutMs?: number) {
        const find = () => thread.find((sms) => sms.direction === "received" && isWanted(sms.text, wanted));
        return watch.waitFor(find, timeoutMs, `handset ${number} getting ${String(wanted)}`);
      },
      switchOff() {
        isOn = false;
        watch.tell({ number });
      },
      switchOn() {
        isOn = true;
        watch.tell({ number });
        for (const { sms, delivered } of waiting.splice(0)) {
          show(sms);
          delivered();
        }
      },
      take(sms: CarriedSms, delivered: () => void) {
        if (isOn) {
          show(sms);
          delivered();
        } else {
          waiting.push({ sms, delivered });
        }
      },
    };
    handsets.set(number, handset);
    watch.tell({ number });
    return handset;
  }

  return {
    phone,
    all: () => [...handsets.values()],
    connect,
    onChange: watch.onChange,
    waitFor: watch.waitFor,
    stop: () => watch.stop(),
  };
}

function isWanted(text: string, wanted: string | RegExp | ((text: string) => boolean)): boolean {
  if (typeof wanted === "string") return text === wanted;
  return typeof wanted === "function" ? wanted(text) : wanted.test(text);
}

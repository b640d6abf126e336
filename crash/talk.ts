import type { ChosenPanel } from "../src/sandbox/start.ts";

/** An SMS that a customer wrote. */
export interface Written {
  readonly text: string;
  /** The panel heard 200, or keeps it until it is asked: from now on it may not be lost. */
  isTaken: boolean;
}

/** What an operator wrote into a topic. */
export interface Said {
  readonly customer: number;
  /** Found again in whatever is made of it. */
  readonly name: string;
  /** The text, and what an edit made of it. */
  readonly texts: string[];
  messageId?: number;
  /** How often somebody pressed **Send again**. */
  presses: number;
}

/** What goes in on both sides. */
export interface Talk {
  newCustomer(): number;
  numberOf(customer: number): string;
  /** Each customer writes to one line, in turns of all panels. */
  homeOf(customer: number): { readonly panel: ChosenPanel["simulator"]; readonly line: string };
  writes(customer: number, text: string): Written;
  answers(customer: number): Said;
  /** By customer, each in the order in which they were written. */
  readonly written: ReadonlyMap<number, readonly Written[]>;
  readonly said: ReadonlyMap<number, readonly Said[]>;
}

export function createTalk(panels: readonly ChosenPanel[]): Talk {
  const written = new Map<number, Written[]>();
  const said = new Map<number, Said[]>();

  function listOf<T>(of: Map<number, T[]>, customer: number): T[] {
    const list = of.get(customer) ?? [];
    of.set(customer, list);
    return list;
  }

  return {
    written,
    said,
    newCustomer() {
      const customer = written.size + 1;
      written.set(customer, []);
      return customer;
    },
    numberOf: (customer) => `0912${String(customer).padStart(7, "0")}`,
    homeOf(customer) {
      const home = panels[customer % panels.length];
      if (home === undefined) throw new Error("there is no panel");
      return { panel: home.simulator, line: home.lines[0] };
    },
    writes(customer, text) {
      const sms = { text, isTaken: false };
      listOf(written, customer).push(sms);
      return sms;
    },
    answers(customer) {
      const list = listOf(said, customer);
      const name = `answer-${customer}-${list.length + 1}`;
      const answer = { customer, name, texts: [`چشم ${name}`], presses: 0 };
      list.push(answer);
      return answer;
    },
  };
}

// Each text is the only one of its kind, and is found again in whatever stands around it.
export const smsText = (customer: number, n: number) => `سلام sms-${customer}-${n}`;

/** The SMS that a post shows, in their order. */
export function smsIn(text: string): { readonly customer: number; readonly n: number }[] {
  return [...text.matchAll(/sms-(\d+)-(\d+)/g)].map(([, customer, n]) => ({
    customer: Number(customer),
    n: Number(n),
  }));
}

/** The names of the answers in whatever a panel is sent. */
export function answersIn(text: string): string[] {
  return text.match(/answer-\d+-\d+/g) ?? [];
}

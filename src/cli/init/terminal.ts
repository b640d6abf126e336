import * as clack from "@clack/prompts";
import type { Finding } from "../check/finding.ts";
import { foldWords } from "../fold.ts";

/** The person went away (Ctrl-C) before the end. */
export class Cancelled extends Error {
  override name = "Cancelled";
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

export interface Question {
  readonly message: string;
  /** Taken when nothing is typed. */
  readonly usual?: string;
  /** What is shown where nothing is typed yet. */
  readonly example?: string;
  /** What is wrong with an answer. */
  readonly check?: (answer: string) => string | undefined;
}

/** How set-up talks with a person. Every question throws `Cancelled` at Ctrl-C. */
export interface Terminal {
  begin(title: string): void;
  end(words: string): void;
  tell(words: string): void;
  /** Says what is waited for. Ctrl-C ends the wait as it ends a question; the work itself is then forgotten. */
  waitFor<T>(words: string, work: Promise<T>): Promise<T>;
  show(findings: readonly Finding[]): void;
  text(question: Question): Promise<string>;
  /** What is typed is not shown. */
  secret(question: Question): Promise<string>;
  choose<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T>;
  /** No, unless the person says otherwise. */
  confirm(message: string): Promise<boolean>;
}

export function createTerminal(): Terminal {
  return {
    begin: (title) => clack.intro(title),
    end: (words) => clack.outro(words),
    tell: (words) => clack.log.step(fold(words)),
    waitFor(words, work) {
      clack.log.step(fold(words));
      return untilInterrupted(work);
    },
    show(findings) {
      for (const { kind, text, advice } of findings) {
        const words = fold(advice === undefined ? text : `${text}\n→ ${advice}`);
        if (kind === "good") clack.log.success(words);
        else if (kind === "bad") clack.log.error(words);
        else clack.log.info(words);
      }
    },
    text: async ({ message, usual, example, check }) => {
      const placeholder = usual ?? example;
      const answer = await clack.text({
        message: ask(usual === undefined ? message : `${message}\n(Enter takes ${usual})`),
        ...(placeholder === undefined ? {} : { placeholder }),
        ...(usual === undefined ? {} : { defaultValue: usual }),
        validate: (typed = "") => (typed.trim() === "" && usual !== undefined ? undefined : check?.(typed.trim())),
      });
      return finish(answer).trim();
    },
    secret: async ({ message, check }) =>
      finish(await clack.password({ message: ask(message), validate: (typed = "") => check?.(typed.trim()) })).trim(),
    choose: async (message, choices) => {
      const chosen = finish(await clack.select<string>({ message, options: choices.map((choice) => ({ ...choice })) }));
      const found = choices.find(({ value }) => value === chosen);
      if (!found) throw new TypeError(`no choice ${chosen}`);
      return found.value;
    },
    confirm: async (message) => finish(await clack.confirm({ message: ask(message), initialValue: false })),
  };
}

const besideTheText = 4;
const narrowest = 20;

/** A question: unlike other texts it gets its bar only at its first line. */
function ask(message: string): string {
  return fold(message).replaceAll("\n", `\n${clack.S_BAR}  `);
}

/** Breaks long lines between words; the terminal would do it within them. */
function fold(words: string): string {
  const width = Math.max(narrowest, (process.stdout.columns ?? 80) - besideTheText);
  return words
    .split("\n")
    .flatMap((line) => foldWords(line, width))
    .join("\n");
}

/** Between two questions the terminal makes a signal of Ctrl-C. */
async function untilInterrupted<T>(work: Promise<T>): Promise<T> {
  let interrupt: () => void = () => undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    interrupt = () => reject(new Cancelled("interrupted"));
  });
  process.once("SIGINT", interrupt);
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    process.off("SIGINT", interrupt);
    work.catch(() => undefined);
  }
}

function finish(answer: string | symbol): string;
function finish(answer: boolean | symbol): boolean;
function finish(answer: string | boolean | symbol): string | boolean {
  if (typeof answer === "symbol") throw new Cancelled("cancelled");
  return answer;
}

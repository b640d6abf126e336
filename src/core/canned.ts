import type { DeskId } from "./model/ids.ts";
import type { Operator } from "./model/message.ts";
import { foldName } from "./model/name.ts";
import type { Clock } from "./ports/clock.ts";
import type { CollectionSpec, Store } from "./ports/store.ts";

/** An answer that a desk keeps ready under a name. */
export interface CannedAnswer {
  /** Of this text: one that is changed gets another id, so that nobody sends what they have not seen. Never given twice. */
  readonly id: number;
  readonly name: string;
  /** May have fields, as in `fillFields`. */
  readonly text: string;
  /** Who wrote it, and when. */
  readonly by: Operator;
  readonly at: number;
  /** How often it was sent. */
  readonly uses: number;
}

/** What is written of one. */
export interface CannedText {
  readonly name: string;
  readonly text: string;
  readonly by: Operator;
}

export interface CannedDecision {
  /**
   * `done`: it took effect; `same`: it was so already; `taken`: another text has this name, however it is spelled; `unknown`: none has it;
   * `full`: there is no room for one more; `long-name`, `long-text`: too long to keep.
   */
  readonly outcome: "done" | "same" | "taken" | "unknown" | "full" | "long-name" | "long-text";
  /** The one that has the name now, or had it. */
  readonly answer?: CannedAnswer;
}

/** The canned answers of desks. Each change is one atomic step, on disk before it resolves, and safe to repeat. */
export interface CannedAnswers {
  /** Those that are used most first, and of equals the older one. */
  all(desk: DeskId): Promise<readonly CannedAnswer[]>;
  find(desk: DeskId, id: number): Promise<CannedAnswer | undefined>;
  /** The one with this name, however it is spelled. */
  called(desk: DeskId, name: string): Promise<CannedAnswer | undefined>;
  add(desk: DeskId, what: CannedText): Promise<CannedDecision>;
  /** Gives the one that has this name another text. */
  change(desk: DeskId, what: CannedText): Promise<CannedDecision>;
  remove(desk: DeskId, id: number): Promise<CannedDecision>;
  /** It was sent once more. */
  used(desk: DeskId, id: number): Promise<void>;
}

export const mostCanned = 100;
/** In letters. */
export const longestCannedName = 32;
/** In letters: some fifteen parts of Persian. */
export const longestCannedText = 1000;

/** All of a desk in one record: so names stay apart and their number bounded, whoever writes at the same time. */
interface Book {
  readonly next: number;
  readonly answers: readonly CannedAnswer[];
}

const empty: Book = { next: 1, answers: [] };

export const cannedSpec: CollectionSpec<Book> = {
  name: "canned",
  indexes: {},
  parse(value) {
    if (typeof value !== "object" || value === null) throw new TypeError("not a record");
    const { next, answers } = value as Partial<Book>;
    if (typeof next !== "number" || !Array.isArray(answers)) throw new TypeError("not a book of answers");
    return { next, answers };
  },
};

export async function openCannedAnswers(deps: {
  readonly store: Store;
  readonly clock: Clock;
}): Promise<CannedAnswers> {
  const books = await deps.store.collection(cannedSpec);
  const answersOf = async (desk: DeskId) => (await books.get(desk))?.answers ?? [];

  /** One step; `decide` says what becomes of the book, or why nothing does. */
  async function move(
    desk: DeskId,
    decide: (book: Book) => CannedDecision & { readonly book?: Book },
  ): Promise<CannedDecision> {
    let decision: CannedDecision = { outcome: "unknown" };
    await books.update(desk, (current) => {
      const { book, ...decided } = decide(current ?? empty);
      decision = decided;
      return book ?? current;
    });
    return decision;
  }

  function toAnswer(book: Book, { name, text, by }: CannedText, uses = 0): CannedAnswer {
    return { id: book.next, name, text, by, at: deps.clock.now(), uses };
  }

  return {
    all: async (desk) => (await answersOf(desk)).toSorted((one, other) => other.uses - one.uses || one.at - other.at),
    find: async (desk, id) => (await answersOf(desk)).find((answer) => answer.id === id),
    called: async (desk, name) => findCalled(await answersOf(desk), name),

    add: (desk, what) =>
      move(desk, (book) => {
        const known = findCalled(book.answers, what.name);
        if (known) return { outcome: known.text === what.text ? "same" : "taken", answer: known };
        const wrong = tooLong(what);
        if (wrong) return { outcome: wrong };
        if (book.answers.length >= mostCanned) return { outcome: "full" };
        const answer = toAnswer(book, what);
        return { outcome: "done", answer, book: { next: book.next + 1, answers: [...book.answers, answer] } };
      }),

    change: (desk, what) =>
      move(desk, (book) => {
        const known = findCalled(book.answers, what.name);
        if (!known) return { outcome: "unknown" };
        if (known.text === what.text) return { outcome: "same", answer: known };
        const wrong = tooLong({ ...what, name: known.name });
        if (wrong) return { outcome: wrong, answer: known };
        const answer = toAnswer(book, { ...what, name: known.name }, known.uses);
        const answers = book.answers.map((each) => (each.id === known.id ? answer : each));
        return { outcome: "done", answer, book: { next: book.next + 1, answers } };
      }),

    remove: (desk, id) =>
      move(desk, (book) => {
        const answer = book.answers.find((each) => each.id === id);
        if (!answer) return { outcome: "unknown" };
        return { outcome: "done", answer, book: { ...book, answers: book.answers.filter((each) => each.id !== id) } };
      }),

    async used(desk, id) {
      await move(desk, (book) => {
        if (!book.answers.some((each) => each.id === id)) return { outcome: "unknown" };
        const answers = book.answers.map((each) => (each.id === id ? { ...each, uses: each.uses + 1 } : each));
        return { outcome: "done", book: { ...book, answers } };
      });
    },
  };
}

function findCalled(answers: readonly CannedAnswer[], name: string): CannedAnswer | undefined {
  const folded = foldName(name);
  return answers.find((answer) => foldName(answer.name) === folded);
}

function tooLong({ name, text }: Pick<CannedText, "name" | "text">): "long-name" | "long-text" | undefined {
  if ([...name].length > longestCannedName) return "long-name";
  return [...text].length > longestCannedText ? "long-text" : undefined;
}

import type { ContactOutcome, PhoneBook } from "../../core/bridge.ts";
import { type Peer, spellNumber } from "../../core/model/phone.ts";
import { shortVendor } from "../marks/render.ts";
import { withExample } from "../texts/rich.ts";
import type { Rendered, Texts } from "../types.ts";
import type { ContactProblem } from "./contact-command.ts";

type Say = Pick<Texts, "say">;

/** Every field that one of the phone books has. */
export function fieldsOf(books: readonly PhoneBook[]): string[] {
  return [...new Set(books.flatMap(({ fields }) => fields))];
}

/** What is wrong with a `/contact`, what can be kept, and how it is written. */
export function contactUsage(texts: Say, problem: ContactProblem, known: readonly string[]): Rendered {
  const sentences = [wrongWords(texts, problem), fieldWords(texts, known)];
  return withExample(texts, sentences.join("\n"), exampleOf(texts, known));
}

/** What became of a contact at each panel, in the panels' own words where they refused something. */
export function contactOutcome(
  texts: Say,
  peer: Peer,
  outcomes: readonly ContactOutcome[],
  books: readonly PhoneBook[],
): Rendered {
  if (outcomes.length > 0)
    return { text: outcomes.flatMap((outcome) => outcomeLines(texts, peer, outcome)).join("\n") };
  const able = books.filter(({ fields }) => fields.length > 0);
  const lines = able.map(({ provider, fields }) => texts.say("contact-book", { provider, fields }));
  return { text: [texts.say("contact-no-book"), ...lines].join("\n") };
}

function outcomeLines(texts: Say, peer: Peer, { provider, refused = [], failure }: ContactOutcome): string[] {
  if (failure) {
    const reason = texts.say(`failure-${failure.code}`);
    const { vendor } = failure;
    return [
      texts.say("contact-failed", { provider, reason }),
      ...(vendor ? [texts.say("mark-vendor", { vendor: shortVendor(vendor) })] : []),
    ];
  }
  return [
    texts.say("contact-kept", { provider, number: spellNumber(peer) }),
    ...refused.map(({ field, vendor }) => texts.say("contact-field-refused", { field, vendor: shortVendor(vendor) })),
  ];
}

function wrongWords(texts: Say, problem: ContactProblem): string {
  switch (problem.kind) {
    case "empty":
      return texts.say("contact-usage");
    case "bad-number":
      return texts.say("contact-bad-number", { number: problem.written });
    case "unknown-field":
      return texts.say("contact-unknown-field", { field: problem.written });
    case "unreadable":
      return texts.say("contact-unreadable", { written: problem.written });
  }
}

function fieldWords(texts: Say, known: readonly string[]): string {
  return known.length === 0 ? texts.say("contact-no-fields") : texts.say("contact-fields", { fields: known });
}

function exampleOf(texts: Say, known: readonly string[]): string {
  return ["/contact", texts.say("number-example"), ...known.map((field) => `${field}=…`)].join(" ");
}

import { fieldCodes, phoneBookCodes } from "./codes.ts";
import { toTenDigits } from "./receivers.ts";

/** A field of contacts that the account's owner has defined. */
export interface ContactField {
  readonly id: string;
  /** Values that fit; without it, all. */
  readonly accepts?: RegExp;
  /** No two contacts of a book may have the same value. */
  readonly isUnique?: boolean;
}

export interface Contact {
  /** Ten digits. */
  readonly number: string;
  readonly fields: Map<string, string>;
}

/** The phone books of an account. */
export interface PhoneBooks {
  /** By the id of the book. */
  readonly contacts: ReadonlyMap<string, readonly Contact[]>;
  /** `addReceiver` answers this instead of adding: the service is off (-1), or it finds the number wrong (-4). */
  refusal: -1 | -4 | undefined;
  has(book: string): boolean;
  /** What `send` does with a receiver; gives a code of `phoneBookCodes`. */
  addReceiver(book: string, receiver: string): number;
  /**
   * What `newContact` does; gives a code of `fieldCodes` for each field. A field that is not right is left out and the rest
   * kept. The manual says nothing of a number that is in the book already: here it gets the new fields.
   */
  addContact(book: string, number: string, fields: Readonly<Record<string, string>>): Record<string, number>;
}

export function createPhoneBooks(ids: readonly string[], known: readonly ContactField[]): PhoneBooks {
  const contacts = new Map<string, Contact[]>(ids.map((id) => [id, []]));

  function find(book: string, receiver: string): Contact | undefined {
    return contacts.get(book)?.find(({ number }) => number === toTenDigits(receiver));
  }

  function findOrAdd(book: string, receiver: string): Contact {
    const found = find(book, receiver);
    if (found) return found;
    const contact: Contact = { number: toTenDigits(receiver), fields: new Map() };
    contacts.get(book)?.push(contact);
    return contact;
  }

  function judge(book: string, contact: Contact, id: string, value: string): number {
    const field = known.find((one) => one.id === id);
    if (!field) return fieldCodes.badField;
    if (field.accepts && !field.accepts.test(value)) return fieldCodes.badValue;
    const others = contacts.get(book)?.filter((other) => other !== contact) ?? [];
    const isTaken = field.isUnique && others.some((other) => other.fields.get(id) === value);
    return isTaken ? fieldCodes.duplicate : fieldCodes.done;
  }

  const phoneBooks: PhoneBooks = {
    contacts,
    refusal: undefined,
    has: (book) => contacts.has(book),
    addReceiver(book, receiver) {
      if (phoneBooks.refusal !== undefined) return phoneBooks.refusal;
      if (!contacts.has(book)) return phoneBookCodes.badBook;
      if (find(book, receiver)) return phoneBookCodes.exists;
      findOrAdd(book, receiver);
      return phoneBookCodes.added;
    },
    addContact(book, number, fields) {
      const contact = findOrAdd(book, number);
      const codes: Record<string, number> = {};
      for (const [id, value] of Object.entries(fields)) {
        const code = judge(book, contact, id, value);
        if (code === fieldCodes.done) contact.fields.set(id, value);
        codes[id] = code;
      }
      return codes;
    },
  };
  return phoneBooks;
}

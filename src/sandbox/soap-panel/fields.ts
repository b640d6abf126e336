import { readDateTime } from "./dates.ts";
import { SoapFault, tempuri } from "./soap.ts";
import { findChild, type XmlElement } from "./xml.ts";

/** Names of parameters that this installation spells in its own way: ours to its. */
export type Rename = Readonly<Record<string, string>>;

/**
 * The parameters of a call as ASP.NET's deserializer sees them. Case and namespace must be exact, order does not matter;
 * what is spelled otherwise is not there, and a missing value has the default of its type. A value that is none of its
 * type is a fault.
 */
export interface Fields {
  text(name: string): string | undefined;
  texts(name: string): string[];
  flag(name: string): boolean;
  /** A 64-bit integer, canonical, as text. */
  long(name: string): string;
  longs(name: string): string[];
  /** Epoch milliseconds. */
  moment(name: string): number | undefined;
}

export function createFields(wrapper: XmlElement | undefined, rename: Rename): Fields {
  const find = (name: string): XmlElement | undefined => {
    const found = wrapper && findChild(wrapper, tempuri, rename[name] ?? name);
    return found?.isNil ? undefined : found;
  };
  const items = (name: string, type: string) =>
    (find(name)?.children ?? []).filter((child) => child.name === type && child.namespace === tempuri && !child.isNil);

  return {
    text: (name) => find(name)?.text,
    texts: (name) => items(name, "string").map(({ text }) => text),
    flag: (name) => toFlag(find(name)?.text ?? "false"),
    long: (name) => toLong(find(name)?.text ?? "0"),
    longs: (name) => items(name, "long").map(({ text }) => toLong(text)),
    moment(name) {
      const written = find(name)?.text;
      return written === undefined ? undefined : (readDateTime(written) ?? refuse(written, "a dateTime"));
    },
  };
}

/** What came, for the record: every child by the name it had, lists as arrays, anything like a password left out. */
export function recordFields(wrapper: XmlElement | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (wrapper?.children ?? [])
      .filter(({ name }) => !/password/i.test(name))
      .map(({ name, text, children }) => [name, children.length > 0 ? children.map((child) => child.text) : text]),
  );
}

function toFlag(written: string): boolean {
  const word = written.trim();
  if (word === "true" || word === "1") return true;
  return word === "false" || word === "0" ? false : refuse(written, "a boolean");
}

function toLong(written: string): string {
  const word = written.trim();
  if (!/^[+-]?\d+$/.test(word)) return refuse(written, "a long");
  const value = BigInt(word.replace(/^\+/, ""));
  return BigInt.asIntN(64, value) === value ? String(value) : refuse(written, "a long");
}

function refuse(written: string, type: string): never {
  const message = `Server was unable to read request. ---> There is an error in XML document. ---> '${written}' is not ${type}.`;
  throw new SoapFault("client", message);
}

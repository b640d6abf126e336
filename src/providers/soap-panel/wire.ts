import { isNamed, leavesOf, type XmlElement } from "./xml.ts";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What `SendSms` answered, as it was written. */
export interface SendAnswer {
  /** Absent where there is no readable result. */
  readonly code?: number;
  /** `recId`, one for each receiver; 0 and the like are in it. */
  readonly ids: readonly string[];
  /** `status`, one for each receiver: 0 sent, 1 not sent. */
  readonly statuses: readonly number[];
}

/**
 * The `<SendSmsResult>` in a `<SendSmsResponse>`. The vendor's own samples call that of one method by another's name, so any
 * child that ends in `Result` will do.
 */
export function resultOf(response: XmlElement): XmlElement | undefined {
  const exact = response.name.replace(/Response$/, "Result");
  return (
    response.children.find((child) => child.name === exact) ??
    response.children.find((child) => /result$/i.test(child.name))
  );
}

/** A whole number. `undefined`: there is none. */
export function readInteger(response: XmlElement): number | undefined {
  const written = resultOf(response)?.text.trim() ?? "";
  return /^-?\d{1,9}$/.test(written) ? Number(written) : undefined;
}

/** A number as .NET writes one: `1250`, `12.5`, `1.2E+05`. `undefined`: there is none. */
export function readDouble(response: XmlElement): number | undefined {
  const written = resultOf(response)?.text.trim() ?? "";
  const number = /\d/.test(written) ? Number(written.replaceAll(",", "")) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** The panel's forks differ in how they write both lists, so every scalar in them is taken. */
export function readSendAnswer(response: XmlElement): SendAnswer {
  const code = readInteger(response);
  const named = (name: string) => response.children.filter((child) => isNamed(child, name));
  return {
    ...(code === undefined ? {} : { code }),
    ids: named("recId").flatMap(scalarsOf),
    statuses: named("status").flatMap(readStatuses),
  };
}

/** The account's own numbers: a list of strings, or of records with a number in each. */
export function readNumbers(response: XmlElement): readonly string[] {
  const result = resultOf(response);
  if (!result) return [];
  return result.children.flatMap((entry) => {
    if (entry.children.length === 0) return scalarsOf(entry);
    const named = leavesOf(entry).filter((leaf) => /number|line/i.test(leaf.name));
    const numbers = (named.length > 0 ? named : [entry]).flatMap(scalarsOf);
    return numbers.filter((number) => /^\+?\d{3,}$/.test(number));
  });
}

/** Base64 of one byte a receiver, a list of numbers, or one number. */
function readStatuses(status: XmlElement): readonly number[] {
  const scalars = scalarsOf(status);
  if (status.children.length > 0) return scalars.filter((one) => /^\d{1,3}$/.test(one)).map(Number);
  const [written = ""] = scalars;
  if (/^\d{1,3}$/.test(written)) return [Number(written)];
  const packed = written.replace(/\s+/g, "");
  return base64.test(packed) ? [...Buffer.from(packed, "base64")] : [];
}

function scalarsOf(element: XmlElement): readonly string[] {
  return leavesOf(element).flatMap((leaf) => {
    const text = leaf.text.trim();
    return leaf.isNil || text === "" ? [] : [text];
  });
}

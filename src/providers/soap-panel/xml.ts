import sax from "sax";

const deepest = 100;
const mostElements = 1_000_000;
const mostAttributes = 1000;
/** Each of them costs as much as many letters. */
const mostStrays = 10_000;
const broken = new Error("not well-formed XML");
/** An `&` that begins no reference, outside CDATA, which is matched whole. */
const stray = /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|&(?!(?:[A-Za-z_:][\w:.-]*|#\d+|#x[\dA-Fa-f]+);)/g;

/** An element of XML, without its namespace: panels of this family differ in prefixes, and nothing hangs on them. */
export interface XmlElement {
  /** Without a prefix. */
  readonly name: string;
  /** `xsi:nil="true"`. */
  readonly isNil: boolean;
  /** Its own text and CDATA, spaces kept; not that of its children. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** As it was written, but for a stray `&`, which is `&amp;`. */
  readonly markup: string;
}

interface Opened extends XmlElement {
  text: string;
  children: XmlElement[];
  readonly from: number;
  markup: string;
}

/**
 * Reads a whole document; `undefined` where it is none, or is cut off. No number is made of anything. Entities of a document's
 * own are not known: a DTD makes it unreadable. A stray `&` is text, for one customer's SMS must not hide all the others.
 */
export function parseXml(written: string): XmlElement | undefined {
  let strays = 0;
  // XML 1.0, 2.11: a line end is one line feed, however it was written. Of a stray `&` `sax` would swallow what comes next: a tag.
  const text = written.replace(/\r\n?/g, "\n").replace(stray, (found) => {
    if (found !== "&") return found;
    strays += 1;
    return "&amp;";
  });
  const parser = sax.parser(true);
  const open: Opened[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  let attributes = 0;

  parser.onerror = (error) => {
    if (!/^Invalid character entity/.test(error.message)) throw broken;
    strays += 1;
    if (strays > mostStrays) throw broken;
    parser.resume();
  };
  parser.ondoctype = () => {
    throw broken;
  };
  parser.onattribute = () => {
    attributes += 1;
    if (attributes > mostAttributes) throw broken;
  };
  parser.onopentag = ({ name, attributes: own }) => {
    attributes = 0;
    count += 1;
    const isSecondRoot = root !== undefined && open.length === 0;
    if (isSecondRoot || open.length >= deepest || count > mostElements) throw broken;
    const isNil = Object.entries(own).some(([key, value]) => localName(key) === "nil" && isTrue(String(value)));
    const from = parser.startTagPosition - 1;
    const element: Opened = { name: localName(name), isNil, text: "", children: [], from, markup: "" };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  };
  const addText = (more: string) => {
    const top = open.at(-1);
    if (top) top.text += more;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onclosetag = () => {
    const closed = open.pop();
    if (closed) closed.markup = text.slice(closed.from, parser.position);
  };

  if (strays > mostStrays) return undefined;
  try {
    parser.write(text).close();
  } catch (error) {
    if (error === broken) return undefined;
    throw error;
  }
  return root;
}

/** The first child of this name, in any case of letters. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => isNamed(child, name));
}

export function isNamed(element: XmlElement, ...names: readonly string[]): boolean {
  return names.some((name) => element.name.toLowerCase() === name.toLowerCase());
}

/** The elements without children, in order; the element itself where it has none. */
export function leavesOf(element: XmlElement): readonly XmlElement[] {
  return element.children.length === 0 ? [element] : element.children.flatMap(leavesOf);
}

/** Makes a text fit to stand between two tags. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function isTrue(value: string): boolean {
  return value === "1" || value.toLowerCase() === "true";
}

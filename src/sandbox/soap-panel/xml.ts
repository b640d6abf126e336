import sax from "sax";

/** An element as a reader that knows namespaces sees it. Attributes are left out: no parameter is one. */
export interface XmlElement {
  /** Without prefix, in the case in which it was written. */
  readonly name: string;
  readonly namespace: string;
  readonly isNil: boolean;
  /** Its own text, without that of its children. */
  text: string;
  readonly children: XmlElement[];
}

/** `strictEntities`: XML's five, and not those of HTML. */
const options = { xmlns: true, strictEntities: true };
const schemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

/** Reads a whole document. Throws `SyntaxError` where .NET's reader would refuse it: ill-formed, a DTD, a forbidden character. */
export function parseXml(source: string): XmlElement {
  const parser = sax.parser(true, options);
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;

  const refuse = (why: string): never => {
    throw new SyntaxError(why);
  };
  const append = (text: string) => {
    if (forbidden.test(text)) refuse("a character that XML 1.0 does not allow");
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.onerror = (error) => refuse(error.message);
  parser.ondoctype = () => refuse("a DTD is not allowed");
  parser.ontext = append;
  parser.oncdata = append;
  parser.onopentag = (tag) => {
    if (!("local" in tag)) return refuse("no namespaces");
    const isNil = Object.values(tag.attributes).some(
      ({ uri, local, value }) => uri === schemaInstance && local === "nil" && /^(?:true|1)$/.test(value),
    );
    const element: XmlElement = { name: tag.local, namespace: tag.uri, isNil, text: "", children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  };
  parser.onclosetag = () => void open.pop();

  // A reader sees every line end as one line feed; a carriage return can only come as a character reference.
  parser.write(source.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n")).close();
  return root ?? refuse("no element");
}

export function findChild(parent: XmlElement, namespace: string, name: string): XmlElement | undefined {
  return parent.children.find((child) => child.name === name && child.namespace === namespace);
}

/** Text for an element, as .NET's writer escapes it: control characters leave as references that no reader may accept. */
export function escapeXml(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\x00-\x08\x0b-\x1f]/g, (char) => `&#x${char.charCodeAt(0).toString(16).toUpperCase()};`);
}

/** `<name>…</name>` around inner XML; `<name />` around none. */
export function element(name: string, inner: string, attributes = ""): string {
  const head = attributes === "" ? name : `${name} ${attributes}`;
  return inner === "" ? `<${head} />` : `<${head}>${inner}</${name}>`;
}

export function textElement(name: string, value: string | number | boolean): string {
  return element(name, escapeXml(String(value)));
}

const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u;

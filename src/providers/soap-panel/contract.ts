import type { Client, IHttpClient, WSDL } from "soap";
import { z } from "zod";
import type { OperationName } from "./operations.ts";
import { childOf, isNamed, parseXml, type XmlElement } from "./xml.ts";

/** What one service takes, read from a WSDL. */
export interface Contract {
  find(operation: OperationName): Operation | undefined;
}

export interface Operation {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Its shape is a placeholder. Only our own contract says such a thing. */
  readonly isGuess: boolean;
  /** Writes the call and hands it to the HTTP client. Values are XML: escaped by the caller. */
  write(values: Values, httpClient: IHttpClient, done: (error: unknown) => void): void;
}

export interface Parameter {
  readonly name: string;
  /** Of XML Schema, without a prefix; `complex` for anything of several parts. That of the items, where it is a list. */
  readonly type: string;
  /** The name of its items where it is a list: `long` in `<recId><long>`. */
  readonly item?: string;
  /** The parameter itself may stand several times. */
  readonly isRepeated: boolean;
}

/** By the names of parameters. */
export type Values = Readonly<Record<string, string | readonly string[] | Readonly<Record<string, readonly string[]>>>>;

const described = z.record(
  z.string(),
  z.record(z.string(), z.record(z.string(), z.looseObject({ input: z.unknown() }))),
);
const fields = z.record(z.string(), z.unknown());

/**
 * Reads a WSDL with npm `soap`, which is loaded here, at first use: it takes 100 ms. It leaves out the ports for plain HTTP
 * that a live WSDL may list, and operations that cannot be called as ours are. A WSDL that is made of several files is refused, for `soap` would fetch them by itself, from the disk
 * too. Throws `Error` for anything that is no WSDL.
 */
export async function openContract(text: string): Promise<Contract> {
  const root = parseXml(text);
  if (!root || !isNamed(root, "definitions")) throw new Error("not a WSDL");
  const { Client, WSDL } = await import("soap");
  const wsdl = await openWsdl(new WSDL(text, "panel.wsdl", wsdlOptions));
  const guesses = guessesIn(root);
  const found = new Map<string, Operation>();
  const services = described.parse(wsdl.describeServices());
  for (const [service, ports] of Object.entries(services)) {
    for (const [port, methods] of Object.entries(ports)) {
      for (const [name, { input }] of Object.entries(methods)) {
        const binding = wsdl.definitions.services[service]?.ports[port]?.binding;
        if (found.has(name.toLowerCase()) || !isCallable(binding?.methods[name])) continue;
        found.set(name.toLowerCase(), {
          name,
          parameters: parametersOf(input),
          isGuess: guesses.has(name),
          write(values, httpClient, done) {
            // One client a call: it keeps the last call that it wrote, with the password in it.
            const client: Client = new Client(wsdl, "", { httpClient });
            methodOf(client, service, port, name)(values, done);
          },
        });
      }
    }
  }
  return { find: (operation) => found.get(operation.toLowerCase()) };
}

const wsdlOptions = {
  disableCache: true,
  // `soap` leaves a text alone that looks like CDATA, whatever stands inside: values are escaped before they come here.
  escapeXML: false,
  wsdl_options: {
    overrideImportLocation(): never {
      throw new Error("a WSDL of several files is not read");
    },
  },
};

function openWsdl(wsdl: WSDL): Promise<WSDL> {
  return new Promise((resolve, reject) => {
    wsdl.onReady((error: unknown) => (error ? reject(error) : resolve(wsdl)));
  });
}

/**
 * `soap` escapes the values of `rpc` by itself, so that ours would be escaped twice; and HTTP takes no header with a control
 * character in it, which an action may hold as `&#10;`.
 */
function isCallable(method: { readonly style?: string; readonly soapAction?: string } | undefined): boolean {
  const { style = "", soapAction = "" } = method ?? {};
  return (style === "" || style === "document") && /^[\x20-\x7e]*$/.test(soapAction);
}

function methodOf(client: Client, service: string, port: string, name: string) {
  const method: unknown = client[service]?.[port]?.[name];
  if (typeof method !== "function") throw new Error(`${name} is not in the WSDL`);
  return (values: Values, done: (error: unknown) => void) => void method(values, done);
}

/** `soap` describes a list as an object with one key that ends in `[]`, and a repeated parameter by such a key of its own. */
function parametersOf(input: unknown): readonly Parameter[] {
  const parsed = fields.safeParse(input);
  return Object.entries(parsed.success ? parsed.data : {}).map(([key, shape]) => {
    const isRepeated = key.endsWith("[]");
    const name = isRepeated ? key.slice(0, -2) : key;
    const inner = fields.safeParse(shape);
    if (!inner.success) return { name, type: bareType(shape), isRepeated };
    const parts = Object.entries(inner.data).filter(([part]) => !/^targetN(?:SAlias|amespace)$/.test(part));
    const [only] = parts;
    if (parts.length !== 1 || !only?.[0].endsWith("[]")) return { name, type: "complex", isRepeated };
    return { name, type: bareType(only[1]), item: only[0].slice(0, -2), isRepeated };
  });
}

/** `long` for `s:long`; `string` for `Mode|s:string|…`, which is a string of few values. */
function bareType(shape: unknown): string {
  if (typeof shape !== "string") return "complex";
  const typed = shape.split("|").find((part) => part.includes(":")) ?? shape;
  return typed.slice(typed.indexOf(":") + 1);
}

function guessesIn(root: XmlElement): ReadonlySet<string> {
  const isGuess = (operation: XmlElement) => childOf(operation, "documentation")?.text.includes("[GUESS]");
  const nameOf = (operation: XmlElement) => /\bname="([^"]+)"/.exec(operation.markup)?.[1] ?? "";
  const portTypes = root.children.filter((child) => isNamed(child, "portType"));
  return new Set(portTypes.flatMap(({ children }) => children.filter(isGuess).map(nameOf)));
}

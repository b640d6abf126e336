import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { type Problem, renderPath } from "./problem.ts";

export type Path = readonly (string | number)[];

/** A configuration as it was written, with the environment filled in. */
export interface Document {
  readonly value: unknown;
  /** The keys of the object at a path in the order in which they were written; JavaScript itself sorts `30001234` to the front. */
  keysOf(...path: Path): readonly string[];
  /** Places whose text came from the environment, so that a number or a switch may come from there too. */
  readonly fromEnvironment: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

const deepest = 32;

/**
 * Reads JSON with comments and trailing commas. `${NAME}` in a text is replaced from the environment, `$${` stands for `${`.
 * Syntax errors are told with line and column, keys written twice and names that are not set with their path.
 */
export function readDocument(
  text: string,
  fileName: string,
  env: Readonly<Record<string, string | undefined>>,
): Document {
  const errors: ParseError[] = [];
  const root = parse(text.replace(/^\ufeff/, ""), errors);
  if (root === "too deep") return emptyWith({ path: fileName, what: "is nested too deep" });
  if (errors.length > 0 || !root) {
    const first = errors[0] ?? { error: 4, offset: 0, length: 0 };
    const what = `${describe(first)}`;
    const fix = "correct the text there; comments and trailing commas are allowed, keys and texts need double quotes";
    return emptyWith({ path: `${fileName}:${placeOf(text, first.offset)}`, what, fix });
  }

  const problems: Problem[] = [];
  const fromEnvironment = new Set<string>();

  function read(node: Node, path: Path): unknown {
    if (path.length > deepest) {
      problems.push({ path: renderPath(path.slice(0, 4)), what: "is nested too deep" });
      return undefined;
    }
    if (node.type === "array") return (node.children ?? []).map((child, index) => read(child, [...path, index]));
    if (node.type === "object") return readObject(node, path);
    const value: unknown = node.value;
    return typeof value === "string" ? fillIn(value, path) : value;
  }

  function readObject(node: Node, path: Path): Record<string, unknown> {
    const fields = new Map<string, unknown>();
    for (const [key, child] of propertiesOf(node)) {
      const place = [...path, key];
      if (key === "__proto__") problems.push({ path: renderPath(place), what: "is not a key of the configuration" });
      else if (fields.has(key))
        problems.push({ path: renderPath(place), what: "is there twice", fix: "keep one of them" });
      else fields.set(key, read(child, place));
    }
    return Object.fromEntries(fields);
  }

  function fillIn(raw: string, path: Path): string {
    return raw.replace(/(\$?)\$\{([^{}]*)\}/g, (whole, dollar: string, name: string) => {
      if (dollar) return whole.slice(1);
      const value = env[name];
      if (value !== undefined && value !== "") {
        fromEnvironment.add(renderPath(path));
        return value;
      }
      const what = value === undefined ? "is not set" : "is empty";
      const fix = `set ${name} in the environment, or in a file named .env beside the configuration`;
      problems.push({ path: renderPath(path), what: `the environment variable ${name} ${what}`, fix });
      return whole;
    });
  }

  const value = read(root, []);
  return { value, keysOf: (...path) => writtenKeys(root, path), fromEnvironment, problems };
}

/** The parser goes as deep as the text does, which the stack may not. */
function parse(text: string, errors: ParseError[]): Node | undefined | "too deep" {
  try {
    return parseTree(text, errors, { allowTrailingComma: true });
  } catch (error) {
    if (error instanceof RangeError) return "too deep";
    throw error;
  }
}

function writtenKeys(root: Node, path: Path): readonly string[] {
  let node: Node | undefined = root;
  for (const step of path) node = node && propertiesOf(node).find(([key]) => key === step)?.[1];
  return node ? [...new Set(propertiesOf(node).map(([key]) => key))] : [];
}

function propertiesOf(node: Node): [string, Node][] {
  if (node.type !== "object") return [];
  return (node.children ?? []).flatMap((property) => {
    const [key, child] = property.children ?? [];
    return key && child && typeof key.value === "string" ? [[key.value, child] satisfies [string, Node]] : [];
  });
}

function emptyWith(problem: Problem): Document {
  return { value: undefined, keysOf: () => [], fromEnvironment: new Set(), problems: [problem] };
}

/** `12:5`, both from 1. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

/** `ColonExpected` → `colon expected`. */
function describe(error: ParseError): string {
  const name = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return `cannot be read: ${name.replace(/[<>]/g, "")}`;
}

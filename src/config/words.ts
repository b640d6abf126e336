import type { z } from "zod";

/** Zod's issues in plain words. A piece of the schema that brings its own words keeps them. */
export function describeIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is missing"
        : `must be ${nameType(String(issue.expected))}, not ${nameInput(issue.input)}`;
    case "invalid_value":
      return issue.input === undefined ? "is missing" : `must be ${listOf(issue.values.map(String))}`;
    case "too_small":
      return describeBound(issue.origin, "least", issue.minimum, issue.inclusive !== false);
    case "too_big":
      return describeBound(issue.origin, "most", issue.maximum, issue.inclusive !== false);
    case "invalid_format":
      return issue.format === "url" ? "must be a URL" : "has a form that is not allowed here";
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_union":
      return describeUnion(issue);
    case "unrecognized_keys":
      return "is not a key of the configuration";
    default:
      return "is not valid";
  }
}

/** `a`, `a or b`, `a, b or c` */
export function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function describeUnion(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  if (issue.input === undefined) return "is missing";
  const types = issue.errors.flatMap((branch) => branch.flatMap(expectedOf));
  return types.length > 0 ? `must be ${listOf([...new Set(types)])}` : "is not valid";
}

function expectedOf(issue: z.core.$ZodIssue): string[] {
  if (issue.path.length > 0) return [];
  if (issue.code === "invalid_type") return [nameType(issue.expected)];
  return issue.code === "invalid_value" ? issue.values.map(String) : [];
}

function describeBound(origin: string, word: "least" | "most", bound: number | bigint, inclusive: boolean): string {
  if (origin === "string") {
    return word === "least" && bound <= 1 ? "must not be empty" : `must have at ${word} ${bound} characters`;
  }
  if (origin === "array") return `must have at ${word} ${bound} ${bound === 1 ? "entry" : "entries"}`;
  if (inclusive) return `must be at ${word} ${bound}`;
  return `must be ${word === "least" ? "more" : "less"} than ${bound}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

function nameType(type: string): string {
  return typeNames[type] ?? type;
}

function nameInput(input: unknown): string {
  if (input === null) return "null";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "number" && !Number.isInteger(input)) return "a fraction";
  return nameType(typeof input);
}

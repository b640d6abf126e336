import type { z } from "zod";
import type { Document } from "./document.ts";
import { problemsOf } from "./issues.ts";
import { type Problem, renderPath } from "./problem.ts";
import { describeIssue } from "./words.ts";

export type Parsed<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/**
 * Holds a document against a schema. A text that came from the environment and stands where a number or a switch belongs is
 * read as one: `"chat": "${SUPPORT_CHAT}"`.
 */
export function parseDocument<S extends z.ZodType>(schema: S, document: Document): Parsed<z.output<S>> {
  const first = schema.safeParse(document.value, { error: describeIssue });
  if (first.success) return { value: first.data };
  const wrong = new Set(first.error.issues.map((issue) => renderPath(issue.path)));
  const value = retype(document.value, [], (path) => wrong.has(path) && document.fromEnvironment.has(path));
  const second = schema.safeParse(value, { error: describeIssue });
  return second.success ? { value: second.data } : { problems: problemsOf(second.error.issues, schema, value) };
}

function retype(value: unknown, path: readonly PropertyKey[], isWanted: (path: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item, index) => retype(item, [...path, index], isWanted));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, retype(field, [...path, key], isWanted)]),
    );
  }
  return typeof value === "string" && isWanted(renderPath(path)) ? toPlainValue(value.trim()) : value;
}

function toPlainValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

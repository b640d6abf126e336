import { z } from "zod";
import { findNearest } from "./hint.ts";
import { type Problem, renderPath } from "./problem.ts";
import { listOf } from "./words.ts";

type Issue = z.core.$ZodIssue;
type Found = Omit<Problem, "path"> & { readonly path: readonly PropertyKey[] };

/** What zod found in `value`, which stands `at` a place of the configuration: one problem for each key, with what was probably meant. */
export function problemsOf(
  issues: readonly Issue[],
  schema: z.ZodType,
  value: unknown,
  at: readonly PropertyKey[] = [],
): Problem[] {
  const readOutline = () => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return issues
    .flatMap((issue) => toFound(issue, [], readOutline, value))
    .map(({ path, ...rest }) => ({ ...rest, path: renderPath([...at, ...path]) }));
}

function toFound(issue: Issue, above: readonly PropertyKey[], readOutline: () => unknown, value: unknown): Found[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(readOutline(), value, path);
    return issue.keys.map((key) => unknownKey([...path, key], key, known));
  }
  if (issue.code === "invalid_union") {
    if (issue.discriminator !== undefined) return [wrongKind(path, issue, value)];
    // The branch of which the type was right says what is wrong inside it.
    const inside = issue.errors.find((branch) => branch.every((inner) => inner.path.length > 0));
    if (inside) return inside.flatMap((inner) => toFound(inner, path, readOutline, value));
  }
  if (issue.code === "invalid_key") return [{ path, what: `this name ${issue.issues[0]?.message ?? "is not valid"}` }];
  return [{ path, what: issue.message }];
}

function unknownKey(path: readonly PropertyKey[], key: string, known: readonly string[]): Found {
  const nearest = findNearest(key, known);
  const fix = nearest === undefined ? `take it out; there are: ${known.join(", ")}` : `did you mean "${nearest}"?`;
  return { path, what: "is not a key of the configuration", fix };
}

function wrongKind(path: readonly PropertyKey[], issue: z.core.$ZodIssueInvalidUnion, value: unknown): Found {
  const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  const written = valueAt(value, path);
  const nearest = typeof written === "string" ? findNearest(written, options) : undefined;
  const what = written === undefined ? "is missing" : `must be ${listOf(options)}`;
  const fix =
    nearest === undefined ? (written === undefined ? listOf(options) : undefined) : `did you mean "${nearest}"?`;
  return { path, what, ...(fix === undefined ? {} : { fix }) };
}

/** The keys that the schema knows at a path; of several forms, those of the one with the same `kind`. */
function keysAt(outline: unknown, value: unknown, path: readonly PropertyKey[]): string[] {
  let forms = formsOf(outline);
  for (const [depth, step] of path.entries()) {
    const here = valueAt(value, path.slice(0, depth));
    forms = sameKind(forms, here).flatMap((form) => formsOf(fieldOf(form, step)));
  }
  return [...new Set(sameKind(forms, valueAt(value, path)).flatMap((form) => Object.keys(toRecord(form.properties))))];
}

type Form = Readonly<Record<string, unknown>>;

function formsOf(outline: unknown): Form[] {
  const form = toRecord(outline);
  const branches = [form.anyOf, form.oneOf, form.allOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return branches.length > 0 ? branches.flatMap(formsOf) : [form];
}

function fieldOf(form: Form, step: PropertyKey): unknown {
  if (typeof step === "number") return form.items;
  return toRecord(form.properties)[String(step)] ?? form.additionalProperties;
}

function sameKind(forms: Form[], value: unknown): Form[] {
  const kind = toRecord(value).kind;
  const same = forms.filter((form) => toRecord(toRecord(form.properties).kind).const === kind);
  return kind !== undefined && same.length > 0 ? same : forms;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, step) => (Array.isArray(at) ? at[Number(step)] : toRecord(at)[String(step)]), value);
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

import { z } from "zod";
import { ProviderError } from "../../core/ports/provider-error.ts";

/**
 * `templates.<name>.<id>`: a pattern of the panel, or its action for one-time codes. One object and no union, so that
 * docs/config.md lists its keys.
 */
export const mydnspanelTemplate = z
  .strictObject({
    textCode: z.int().positive().optional().describe("The code of the text, from the panel's list of patterns."),
    variables: z
      .array(z.string().min(1))
      .refine((names) => new Set(names.map(bareName)).size === names.length, "must each have another name")
      .optional()
      .describe("The names of its variables, in the order in which their values are given."),
    otp: z
      .literal(true)
      .optional()
      .describe("In place of both: a one-time code, sent by the action that the provider's `otp` names."),
  })
  .refine(
    ({ textCode, variables, otp }) =>
      otp ? textCode === undefined && variables === undefined : textCode !== undefined && variables !== undefined,
    { error: 'needs "textCode" and "variables", or "otp": true alone' },
  );

/** What a template of the configuration comes to. Names are bare: `code` for the panel's `{code}`. */
export type Template =
  | { readonly kind: "pattern"; readonly textCode: number; readonly variables: readonly string[] }
  | { readonly kind: "one-time-code" };

/** Throws `ProviderError("bad-template")`. */
export function requireTemplate(written: unknown): Template {
  const parsed = mydnspanelTemplate.safeParse(written);
  if (!parsed.success) throw badTemplate("the template's settings are not those of mydnspanel");
  const { textCode, variables = [] } = parsed.data;
  if (textCode === undefined) return { kind: "one-time-code" };
  return { kind: "pattern", textCode, variables: variables.map(bareName) };
}

export function valuesOf(template: Template): readonly string[] {
  return template.kind === "pattern" ? template.variables : ["code"];
}

export function badTemplate(message: string): ProviderError {
  return new ProviderError("bad-template", message, { certain: true });
}

/** The panel shows a variable in braces, and people copy it so. */
function bareName(written: string): string {
  return written.replace(/^\{(.+)\}$/s, "$1");
}

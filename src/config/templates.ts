import { requireKind } from "../providers/index.ts";
import { problemsOf } from "./issues.ts";
import type { Problem } from "./problem.ts";
import { renderPath } from "./problem.ts";
import type { ParsedConfig } from "./schema.ts";
import { describeIssue } from "./words.ts";

/** Whether each template has the form that the panel of its provider needs. */
export function checkTemplateForms(config: ParsedConfig): Problem[] {
  return Object.entries(config.templates).flatMap(([name, forms]) =>
    Object.entries(forms).flatMap(([id, form]) => {
      const path = renderPath(["templates", name, id]);
      const provider = config.providers[id];
      if (!provider) return [];
      const { template } = requireKind(provider.kind);
      if (!template) return [{ path, what: "this provider's panel has no templates", fix: "take it out" }];
      const result = template.safeParse(form, { error: describeIssue });
      if (result.success) return [];
      return problemsOf(result.error.issues, template, form, ["templates", name, id]);
    }),
  );
}

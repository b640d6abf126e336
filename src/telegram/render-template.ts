import type { OfferedTemplate } from "../core/bridge.ts";
import type { TemplateUse } from "../core/model/message.ts";
import { withExample } from "./rich.ts";
import type { TemplateCommand, TemplateProblem } from "./template-command.ts";
import type { Rendered, Texts } from "./types.ts";
import { quoted } from "./written-values.ts";

/** What a person reads of a template: the panel alone knows its text. */
export function templateText(texts: Pick<Texts, "say">, { name, values }: TemplateUse): string {
  return texts.say("template-text", { name, values });
}

/** What is wrong with a `/template`, and how it is written. */
export function templateUsage(
  texts: Pick<Texts, "say">,
  problem: Exclude<TemplateCommand, { kind: "template" }>,
  templates: readonly OfferedTemplate[],
): Rendered {
  const examples = templates.map((template) => exampleOf(texts, template));
  if (problem.kind === "empty") return withExample(texts, texts.say("template-list"), ...examples);
  if (problem.kind === "unknown-name") {
    return withExample(texts, texts.say("template-unknown", { name: problem.written }), ...examples);
  }
  return withExample(
    texts,
    wrongWords(texts, problem),
    exampleOf(texts, problem.offered, problem.kind === "ambiguous"),
  );
}

function wrongWords(texts: Pick<Texts, "say">, problem: TemplateProblem): string {
  const { name, values } = problem.offered;
  switch (problem.kind) {
    case "no-number":
      return texts.say("template-no-number");
    case "bad-number":
      return texts.say("template-bad-number", { number: problem.written });
    case "ambiguous":
      return texts.say("template-ambiguous");
    case "open-quote":
      return texts.say("template-open-quote");
    case "too-few":
      return texts.say("template-too-few", { name, missing: problem.missing });
    case "too-many":
      return values.length === 0
        ? texts.say("template-no-values", { name })
        : texts.say("template-too-many", { name, values });
  }
}

/** The whole command, with the names of the values where the values go: in one line, or each in a line of its own. */
function exampleOf(texts: Pick<Texts, "say">, { name, values }: OfferedTemplate, inLines = false): string {
  const command = ["/template", name, texts.say("number-example")].join(" ");
  return inLines ? [command, ...values].join("\n") : [command, ...values.map(quoted)].join(" ");
}

import type { InlineKeyboardButton } from "grammy/types";
import type { OfferedTemplate } from "../../core/bridge.ts";
import type { TemplateUse } from "../../core/model/message.ts";
import type { Peer } from "../../core/model/phone.ts";
import { withExample } from "../texts/rich.ts";
import type { Rendered, Texts } from "../types.ts";
import { quoted } from "../written-values.ts";
import type { TemplateCommand, TemplateProblem } from "./command.ts";
import { encodeTemplatePress, templateKey } from "./press.ts";

/** Telegram's limit of a keyboard. */
const mostButtons = 100;

/** What a person reads of a template: the panel alone knows its text. */
export function templateText(texts: Pick<Texts, "say">, { name, values }: TemplateUse): string {
  return texts.say("template-text", { name, values });
}

/** The templates, and a button for each; `peer` is the customer in whose thread the menu stands. */
export function templateMenu(
  texts: Pick<Texts, "say">,
  templates: readonly OfferedTemplate[],
  peer: Peer | undefined,
): Rendered {
  const lines = templates.map(({ name, values }) =>
    values.length === 0 ? texts.say("template-bare", { name }) : texts.say("template-text", { name, values }),
  );
  const to = peer === undefined ? {} : { peer };
  const keyboard = templates
    .slice(0, mostButtons)
    .map(({ name }): InlineKeyboardButton[] => [
      { text: name, callback_data: encodeTemplatePress({ key: templateKey(name), ...to }) },
    ]);
  return { text: [texts.say("template-menu"), "", ...lines].join("\n"), keyboard };
}

/** The command of one to copy; in a customer's thread the number is not needed. */
export function templateForm(texts: Pick<Texts, "say">, offered: OfferedTemplate, isInThread: boolean): Rendered {
  const withValues = isInThread ? "template-form" : "template-form-number";
  const key = offered.values.length === 0 ? "template-form-bare" : withValues;
  return withExample(texts, texts.say(key), exampleOf(texts, offered, { withNumber: !isInThread }));
}

/** What is wrong with a `/template`, and how it is written. */
export function templateUsage(
  texts: Pick<Texts, "say">,
  problem: Exclude<TemplateCommand, { kind: "template" | "empty" }>,
  templates: readonly OfferedTemplate[],
): Rendered {
  const examples = templates.map((template) => exampleOf(texts, template));
  if (problem.kind === "unknown-name") {
    return withExample(texts, texts.say("template-unknown", { name: problem.written }), ...examples);
  }
  return withExample(
    texts,
    wrongWords(texts, problem),
    exampleOf(texts, problem.offered, { inLines: problem.kind === "ambiguous" }),
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
function exampleOf(
  texts: Pick<Texts, "say">,
  { name, values }: OfferedTemplate,
  { inLines = false, withNumber = true } = {},
): string {
  const command = ["/template", name, ...(withNumber ? [texts.say("number-example")] : [])].join(" ");
  return inLines ? [command, ...values].join("\n") : [command, ...values.map(quoted)].join(" ");
}

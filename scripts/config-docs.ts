import { z } from "zod";
import { configSchema } from "../src/config/schema.ts";
import { providerKinds } from "../src/providers/index.ts";
import { settingKeys } from "../src/telegram/settings/overrides.ts";

const shape = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  required: z.array(z.string()).default([]),
  get items() {
    return shape.optional();
  },
  get properties() {
    return z.record(z.string(), shape).optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), shape]).optional();
  },
  get anyOf() {
    return z.array(shape).optional();
  },
  get oneOf() {
    return z.array(shape).optional();
  },
});
type Schema = z.output<typeof shape>;

interface Row {
  readonly key: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

/** docs/config.schema.json, for editors. */
export function renderConfigSchema(): string {
  return `${JSON.stringify(toJsonSchema(), null, 2)}\n`;
}

/** docs/config.md */
export function renderConfigDocs(): string {
  const root = shape.parse(toJsonSchema());
  const rows = rowsOf(root);
  const single = rows.filter(({ schema }) => !isSection(schema));
  const sections = rows
    .filter(({ schema }) => isSection(schema))
    .flatMap(({ key, schema }) => renderSection(key, schema));
  return `${[
    "# Configuration",
    "",
    "Made by `npm run docs` from the schema; do not edit.",
    "",
    `\`config.json\` is JSON in which comments and trailing commas are allowed. \`${"$"}{NAME}\` inside a text is taken from the environment, or`,
    `from a file named \`.env\` beside the configuration, where the environment wins; \`$${"$"}{\` stands for \`${"$"}{\` itself. Paths are relative to the`,
    "configuration file. A key whose value is a time ends in its unit.",
    "",
    "`chapar init` asks for what it needs and writes it, with its secrets in `.env`; `chapar check` tells everything that is wrong with it.",
    "`docs/config.schema.json` lets an editor help: put",
    '`"$schema": "./docs/config.schema.json"` at the start.',
    "",
    "## At the top",
    "",
    ...renderTable(single),
    ...sections,
    ...providerKinds.flatMap(({ kind, template }) => (template ? renderTemplate(kind, template) : [])),
  ].join("\n")}\n`;
}

function toJsonSchema(schema: z.ZodType = configSchema): unknown {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    // Zod leaves out the default of a value that is changed after it was read.
    override({ zodSchema, jsonSchema }) {
      const { def } = zodSchema._zod;
      if ("defaultValue" in def && jsonSchema.default === undefined) jsonSchema.default = def.defaultValue;
    },
  });
}

function isSection(schema: Schema): boolean {
  return schema.properties !== undefined || typeof schema.additionalProperties === "object";
}

function renderSection(key: string, schema: Schema): string[] {
  const head = ["", `## \`${key}\``, "", ...(schema.description === undefined ? [] : [schema.description, ""])];
  if (schema.properties) return [...head, ...renderTable(flatten(rowsOf(schema)))];
  const entry = typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
  const forms = entry?.oneOf ?? entry?.anyOf ?? (entry?.properties ? [entry] : []);
  return [...head.slice(0, -1), ...forms.flatMap((form) => renderForm(key, form))];
}

function renderForm(section: string, form: Schema): string[] {
  const kind = form.properties?.kind?.const;
  const name = section === "lines" ? "<number>" : "<name>";
  const title =
    kind === undefined ? `### \`${section}.${name}\`` : `### \`${section}.${name}\` with \`"kind": "${kind}"\``;
  const rows = flatten(rowsOf(form));
  if (section !== "desks") return ["", title, "", ...renderTable(rows)];
  return ["", title, "", ...renderTable(rows), "", inTelegram];
}

const inTelegram = [
  `Administrators of the chat can change ${listOf(settingKeys)} in Telegram, with \`/desk\`. What is set there counts in place of the value here`,
  "until the value here is changed; `chapar check` tells of it.",
].join("\n");

function listOf(keys: readonly string[]): string {
  return keys.map((key) => `\`${key}\``).join(", ");
}

function renderTemplate(kind: string, template: z.ZodType): string[] {
  const rows = flatten(rowsOf(shape.parse(toJsonSchema(template))));
  return ["", `### \`templates.<name>.<provider>\` where the provider's kind is \`${kind}\``, "", ...renderTable(rows)];
}

function rowsOf(schema: Schema): Row[] {
  return Object.entries(schema.properties ?? {}).map(([key, field]) => ({
    key,
    schema: field,
    isRequired: schema.required.includes(key),
  }));
}

/** `limits.groupPerMinute` stands in the table of `telegram`, and `rules[].sender` in that of a desk. */
function flatten(rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => {
    if (row.schema.properties) return within(row.key, row.schema);
    return row.schema.items?.properties ? [row, ...within(`${row.key}[]`, row.schema.items)] : [row];
  });
}

function within(key: string, schema: Schema): Row[] {
  return rowsOf(schema).map((inner) => ({ ...inner, key: `${key}.${inner.key}` }));
}

function renderTable(rows: readonly Row[]): string[] {
  return [
    "| key | type | default | what it does |",
    "|---|---|---|---|",
    ...rows.map(({ key, schema, isRequired }) => {
      const usual = isRequired
        ? "**required**"
        : schema.default === undefined
          ? ""
          : `\`${JSON.stringify(schema.default)}\``;
      return `| \`${key}\` | ${toCell(renderType(schema))} | ${toCell(usual)} | ${toCell(schema.description ?? "")} |`;
    }),
  ];
}

function renderType(schema: Schema): string {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return [...new Set(branches.map(renderType))].join(" or ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(" or ");
  if (schema.type === "array") return `list of ${schema.items ? renderType(schema.items) : "anything"}`;
  if (schema.format === "uri") return "URL";
  return (
    { integer: "whole number", boolean: "true or false", string: "text", object: "object" }[String(schema.type)] ??
    String(schema.type ?? "anything")
  );
}

function toCell(text: string): string {
  return text.replaceAll("|", "\\|");
}

import { metricTable } from "../src/web/metrics.ts";

/** docs/metrics.md */
export function renderMetricsDocs(): string {
  const rows = Object.values(metricTable).map(({ name, type, labels, help }) => {
    const given = labels.map((label) => `\`${label}\``).join(", ") || "none";
    return `| \`${name}\` | ${type} | ${given} | ${help} |`;
  });
  return [
    "# Metrics",
    "",
    "Made by `npm run docs` from `src/web/metrics.ts`; do not edit.",
    "",
    "`GET /metrics` gives them as Prometheus reads them. With `server.adminToken` set it needs `Authorization: Bearer`.",
    "No label ever holds a number of a customer or a text.",
    "",
    "| metric | type | labels | tells |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

import type { Figure } from "./judge.ts";

/** The verdict as it stands in docs/reliability.md, and below it what broke it. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ figure, measured, bar, isHeld }) => `| ${figure} | ${measured} | ${bar} | ${isHeld ? "yes" : "NO"} |`,
  );
  const broken = figures
    .filter(({ isHeld }) => !isHeld)
    .flatMap(({ figure, broken = [] }) => [figure, ...broken.map((one) => `  ${one}`)]);
  return ["| figure | measured | bar | held |", "|---|---|---|---|", ...rows, ...broken].join("\n");
}

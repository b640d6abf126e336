/** One thing that is wrong with the configuration, for the person who wrote it. Holds no secret. */
export interface Problem {
  /** `providers.asanak.password`, or `config.json:12:5` where the text cannot be read. */
  readonly path: string;
  /** What is wrong: `is missing`. */
  readonly what: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** The configuration cannot be used. Holds every problem at once. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(renderProblem).join("\n"));
    this.problems = problems;
  }
}

/** `path.to.key: what is wrong — what to do` */
export function renderProblem({ path, what, fix }: Problem): string {
  return fix === undefined ? `${path}: ${what}` : `${path}: ${what} — ${fix}`;
}

/** `desks.support.operators[0]`; keys that are no plain words are quoted. */
export function renderPath(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => {
      if (typeof key === "number") return `[${key}]`;
      const word = String(key);
      return /^[\p{L}\p{N}_-]+$/u.test(word) ? `.${word}` : `[${JSON.stringify(word)}]`;
    })
    .join("");
  return text.replace(/^\./, "") || "(the whole file)";
}

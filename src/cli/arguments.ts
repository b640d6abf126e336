import { type ParseArgsConfig, parseArgs } from "node:util";

/** The command was called wrongly; the message says how. */
export class UsageError extends Error {
  override name = "UsageError";
}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Read<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>;

/** `parseArgs` of Node, with a `UsageError` for whatever it does not like. */
export function readArguments<const O extends Options>(argv: readonly string[], options: O): Read<O> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(error.message.split(". To specify")[0] ?? error.message);
  }
}

/** Throws a `UsageError` when anything is left that no option took. */
export function takeNoMore(positionals: readonly string[]): void {
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one too many`);
}

/** A number from `min` to `max` as it was written after an option. */
export function readNumber(name: string, written: string, { min, max }: { min: number; max: number }): number {
  const value = Number(written);
  if (written.trim() !== "" && value >= min && value <= max) return value;
  throw new UsageError(`--${name} needs a number from ${min} to ${max}`);
}

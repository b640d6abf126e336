import { isDeepStrictEqual, parseEnv } from "node:util";

/** A `.env` with these values in it and everything else as it was. `undefined` where that cannot be written so that it is read again. */
export function renderDotenv(before: string, values: Readonly<Record<string, string>>): string | undefined {
  const lines = Object.entries(values).map(([name, value]) => renderValue(name, value));
  if (lines.includes(undefined)) return undefined;
  const names = Object.keys(values);
  const kept = before
    .split("\n")
    .filter((line) => !names.some((name) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(line)));
  while (kept.at(-1)?.trim() === "") kept.pop();
  const text = `${[...kept, ...lines].join("\n")}\n`;
  // A text in quotes over several lines is more than the filter above understands.
  return isDeepStrictEqual({ ...parseEnv(text) }, { ...parseEnv(before), ...values }) ? text : undefined;
}

/** In the first way of quoting from which Node reads the same value again. */
function renderValue(name: string, value: string): string | undefined {
  const plain = /^[\w.:/@+=-]+$/.test(value) ? [value] : [];
  const ways = [...plain, ...["'", '"', "`"].map((quote) => quote + value + quote), value];
  const way = ways.find((written) => parseEnv(`${name}=${written}\nZ=1`)[name] === value);
  return way === undefined ? undefined : `${name}=${way}`;
}

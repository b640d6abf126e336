import { isAbsolute, resolve } from "node:path";
import { StoreError } from "../core/ports/store.ts";

/** Where a store is. */
export type StorePlace = { readonly kind: "memory" } | { readonly kind: "sqlite"; readonly file: string };

const allowed = "`sqlite://path/to/file.sqlite`, `sqlite:///absolute/path.sqlite` or `memory:`";

/** What is wrong with the address of a store, for a person; `undefined` when nothing is. */
export function problemOfStoreUri(uri: string): string | undefined {
  if (/^memory:(\/\/)?$/.test(uri)) return undefined;
  const path = /^sqlite:(?:\/\/)?(.*)$/s.exec(uri)?.[1];
  // The address is not repeated: one of another scheme may hold a password.
  if (path === undefined) return `is not an address of a store; use ${allowed}`;
  if (path === "" || path.endsWith("/") || path.includes("\0")) return `names no file; use ${allowed}`;
  if (path === ":memory:") return "keeps nothing on disk and cannot be shared; use `memory:`, or name a file";
  return undefined;
}

/** A relative path is relative to `baseDir`. Throws `StoreError("unopenable")` for an address that is not one. */
export function parseStoreUri(uri: string, baseDir = "."): StorePlace {
  const problem = problemOfStoreUri(uri);
  if (problem) throw new StoreError("unopenable", `\`store\` ${problem}`);
  if (uri.startsWith("memory:")) return { kind: "memory" };
  const path = uri.replace(/^sqlite:(\/\/)?/, "");
  return { kind: "sqlite", file: isAbsolute(path) ? path : resolve(baseDir, path) };
}

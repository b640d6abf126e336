import { StoreError } from "../core/ports/store.ts";

const systemErrors: Readonly<Record<string, string>> = {
  EADDRINUSE:
    "something else listens there already; stop it, or choose another port: server.port, in the sandbox --port",
  EADDRNOTAVAIL: "this machine has no such address; correct server.host",
  EACCES: "this is not permitted; a port below 1024 needs a right that others do not",
};

/** Why a command could not go on, in one line. May hold secrets: to be redacted before it is shown. */
export function describeFailure(error: unknown): string {
  if (error instanceof StoreError) return error.message;
  if (!(error instanceof Error)) return "failed for an unknown reason";
  const code = "code" in error ? String(error.code) : "";
  const advice = systemErrors[code];
  return advice === undefined ? error.message : `${error.message}: ${advice}`;
}

/**
 * What no command expected. Nothing is shown of it but its kind, for it may hold anything; but a driver that was not built, or
 * was built for another version of Node, fails as soon as it is loaded, and that can be mended.
 */
export function describeUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return "stopped by an unexpected failure";
  const code = "code" in error ? error.code : undefined;
  if (code === "ERR_DLOPEN_FAILED" || error.message.startsWith("Could not locate the bindings file")) {
    return "SQLite's driver is not built for this machine: run `npm rebuild sqlite3` (it may need python3, make and g++)";
  }
  return `stopped by an unexpected ${error.name}`;
}

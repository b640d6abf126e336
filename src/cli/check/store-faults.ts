import type { StoreError } from "../../core/ports/store.ts";
import type { FindingCode } from "./codes.ts";
import { type Finding, found } from "./finding.ts";

/** By the driver's code, or the system's; what is not here is `store.unusable`. */
const codes: Readonly<Record<string, FindingCode>> = {
  SQLITE_BUSY: "store.held",
  SQLITE_LOCKED: "store.held",
  SQLITE_NOTADB: "store.damaged",
  SQLITE_CORRUPT: "store.damaged",
  SQLITE_READONLY: "store.not-writable",
  EACCES: "store.not-writable",
  EPERM: "store.not-writable",
  EROFS: "store.not-writable",
};

/** Why the store cannot be used. Its own words tell what to do, too: every command says them. */
export function storeFault(store: string, error: StoreError): Finding {
  const { cause } = error;
  const code = typeof cause === "object" && cause !== null ? String(Reflect.get(cause, "code")) : "";
  return found(codes[code] ?? "store.unusable", store, `store: ${error.message}`);
}

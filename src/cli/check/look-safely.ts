import type { LoadedConfig } from "../../config/load.ts";
import { StoreError } from "../../core/ports/store.ts";
import { readOwner } from "../../store/lock.ts";
import { describeUnexpected } from "../failures.ts";
import { found } from "./finding.ts";
import { type LookDeps, lookAround } from "./look-around.ts";

/** Whatever happens there is a report: who called may be a program that waits for one. */
export async function lookSafely(file: string, loaded: LoadedConfig, deps: LookDeps): ReturnType<typeof lookAround> {
  try {
    if (!deps.readsInbox) return await lookAround(file, loaded, deps);
    const isRunning = await isRunningOn(loaded.config.store);
    const { findings, unreadable } = await lookAround(file, loaded, { ...deps, readsInbox: isRunning === false });
    const refusal = isRunning ? [found("inbox.not-read", "--read-inbox", inboxNotRead)] : [];
    return { findings: [...findings, ...refusal], unreadable };
  } catch (error) {
    deps.log.warn({ err: error }, "check broke off");
    return { findings: [found("check.broken-off", file, `check: ${describeUnexpected(error)}`)], unreadable: [] };
  }
}

const inboxNotRead = "--read-inbox: a bridge runs, and SMS that this reads may never come to it";

/** `undefined` where nobody can tell; what is wrong with the store is then a finding of its own. */
async function isRunningOn(store: string): Promise<boolean | undefined> {
  try {
    return (await readOwner(store, {})) !== undefined;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

import type { Account } from "./account.ts";
import type { Action, ActionDeps } from "./action.ts";
import type { Answer } from "./answer.ts";
import type { ReadCall } from "./call.ts";
import { MydnspanelRefusal, results } from "./codes.ts";
import type { MydnspanelMode } from "./modes.ts";

export interface RespondDeps extends ActionDeps {
  readonly actions: ReadonlyMap<string, Action>;
  /** The mode that hits this call, if any. */
  readonly mode: MydnspanelMode | undefined;
  /** What `receivedMessages` answers instead of a list. */
  readonly rawList: string | undefined;
}

/** The answer to a call, or the whole text of it. */
export function respond(call: ReadCall, deps: RespondDeps): Answer | string {
  const { mode } = deps;
  try {
    if (mode?.kind === "refuse") throw new MydnspanelRefusal(mode.code, mode.description);
    checkAccess(call, deps.account);
    const run = deps.actions.get(call.action);
    if (!run) throw new MydnspanelRefusal(results.unknownAction);
    if (call.action === "receivedMessages" && deps.rawList !== undefined) return deps.rawList;
    const more = run(
      call.fields,
      mode?.kind === "no-id" ? { ...deps, form: { ...deps.form, sendIdPlace: "none" } } : deps,
    );
    if (mode?.kind === "refuse-after") throw new MydnspanelRefusal(mode.code, mode.description);
    return { result: results.done, ...more };
  } catch (error) {
    if (!(error instanceof MydnspanelRefusal)) throw error;
    return { result: error.code, description: error.description };
  }
}

/** The checks that every table of the manual begins with, in the order of their codes. */
function checkAccess(call: ReadCall, account: Account): void {
  if (call.key !== account.apiKey) throw new MydnspanelRefusal(results.badKey);
  if (!account.hasAccess) throw new MydnspanelRefusal(results.noAccess);
  if (!account.isApproved) throw new MydnspanelRefusal(results.notApproved);
  if (call.verb !== "GET" && call.verb !== "POST") throw new MydnspanelRefusal(results.badRequestType);
  if (!account.isAddressAllowed) throw new MydnspanelRefusal(results.addressRefused);
}

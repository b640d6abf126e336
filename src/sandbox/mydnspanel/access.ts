import type { Account } from "./account.ts";
import type { ReadCall } from "./call.ts";
import { MydnspanelRefusal, results } from "./codes.ts";

/** The checks that every table of the manual begins with, in the order of their codes. */
export function checkAccess(call: ReadCall, account: Account): void {
  if (call.key !== account.apiKey) throw new MydnspanelRefusal(results.badKey);
  if (!account.hasAccess) throw new MydnspanelRefusal(results.noAccess);
  if (!account.isApproved) throw new MydnspanelRefusal(results.notApproved);
  if (call.verb !== "GET" && call.verb !== "POST") throw new MydnspanelRefusal(results.badRequestType);
  if (!account.isAddressAllowed) throw new MydnspanelRefusal(results.addressRefused);
}

import type { Config } from "../../config/resolve.ts";
import type { Store } from "../../core/ports/store.ts";
import { codeOf } from "../../telegram/settings/kinds.ts";
import { openOverrides, parseSetting, readOverrides } from "../../telegram/settings/overrides.ts";
import { type Finding, found } from "./finding.ts";

/** Settings of desks that were set in Telegram: the configuration alone does not tell how those work. */
export async function checkOverrides({ desks }: Config, store: Store): Promise<Finding[]> {
  const records = await openOverrides(store);
  const findings: Finding[] = [];
  for (const [id, { chat: _, ...desk }] of Object.entries(desks)) {
    for (const { key, value, isDropped } of await readOverrides(records, { ...desk, id })) {
      const here = codeOf(desk[key]);
      const what = isDropped
        ? `${id}: ${key} is ${here}; what was once set in Telegram does not count, because the configuration changed since`
        : `${id}: ${key} is ${codeOf(parseSetting(key, value)?.value)}, set in Telegram with /desk; the configuration says ${here}`;
      findings.push(found("desk.setting", id, what));
    }
  }
  return findings;
}

import type { Report, Reports, SentId } from "../../core/ports/sms-provider.ts";
import type { MydnspanelClient } from "./client.ts";
import { readSendReport, reportsOf, sendIdOf } from "./send-report.ts";

const idsPerCall = 20;
const callsAtOnce = 2;

/**
 * Asks once for each send, whatever the number of its receivers. A send that the panel does not know is left out, and so is a
 * receiver that its answer does not name. Where some calls fail, what the others told is still told.
 */
export function createMydnspanelReports(client: MydnspanelClient, askAtSeconds: readonly number[]): Reports {
  return {
    idsPerCall,
    askAtSeconds,
    async fetch(ids, signal) {
      const sends = groupBySend(ids);
      const told: Report[] = [];
      const failures: unknown[] = [];

      async function askInTurn() {
        for (let next = sends.shift(); next; next = sends.shift()) {
          try {
            const content = await client.reportSend(next.sendId, signal);
            if (content !== undefined) told.push(...reportsOf(next.ids, readSendReport(content)));
          } catch (error) {
            failures.push(error);
          }
        }
      }

      await Promise.all(Array.from({ length: callsAtOnce }, askInTurn));
      if (told.length === 0 && failures.length > 0) throw failures[0];
      return told;
    },
  };
}

function groupBySend(ids: readonly SentId[]): { sendId: string; ids: readonly SentId[] }[] {
  const groups = new Map<string, SentId[]>();
  for (const one of ids) groups.set(sendIdOf(one), [...(groups.get(sendIdOf(one)) ?? []), one]);
  return [...groups].map(([sendId, own]) => ({ sendId, ids: own }));
}

import type { Report, Reports, SentId } from "../../core/ports/sms-provider.ts";
import { groupBy } from "../../support/group-by.ts";
import { requireCount } from "../count.ts";
import { fewAtOnce } from "../few-at-once.ts";
import type { MydnspanelClient } from "./client.ts";
import { readSendReport, reportsOf, sendIdOf } from "./send-report.ts";

const idsPerCall = 20;

/**
 * Asks once for each send, whatever the number of its receivers. A send that the panel does not know is left out, and so is a
 * receiver that its answer does not name. Where some calls fail, what the others told is still told.
 */
export function createMydnspanelReports(client: MydnspanelClient, askAtSeconds: readonly number[]): Reports {
  return {
    idsPerCall,
    countsBatches: true,
    askAtSeconds,
    async fetch(ids, signal) {
      const sends = groupBySend(ids);
      requireCount("sends", sends.length, idsPerCall);
      const told: Report[] = [];
      const failure = await fewAtOnce(sends, async (send) => {
        const content = await client.reportSend(send.sendId, signal);
        if (content !== undefined) told.push(...reportsOf(send.ids, readSendReport(content)));
      });
      if (failure && told.length === 0) throw failure;
      return told;
    },
  };
}

function groupBySend(ids: readonly SentId[]): { sendId: string; ids: readonly SentId[] }[] {
  return [...groupBy(ids, sendIdOf)].map(([sendId, own]) => ({ sendId, ids: own }));
}

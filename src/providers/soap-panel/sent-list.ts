import { toEpochMs } from "../../core/model/calendar.ts";
import { foldNumber } from "../../core/model/phone.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { SentList, SentSms } from "../../core/ports/sms-provider.ts";
import { toPanelLine } from "../numbers.ts";
import type { SoapPanelClient } from "./client.ts";
import { requireMessages } from "./inbox.ts";
import type { PanelMessage } from "./messages.ts";

/**
 * What the panel says that it has sent, from its two lists together: half a list could make one of two equal SMS look like the only
 * one, so both must be read, and every text in them.
 */
export function createSentList(client: SoapPanelClient): SentList {
  return {
    async read(line, signal) {
      const from = toPanelLine(line);
      const answers = await Promise.all([
        client.getSentSMSIsNotReadList(from, signal),
        client.getSentSMSIsReadList(from, signal),
      ]);
      // One that was marked between the two answers stands in both.
      const byId = new Map(answers.flatMap(requireMessages).map((message) => [message.id, message]));
      return [...byId.values()].flatMap(toSent);
    },
  };
}

function toSent({ id, receiver, body, sendDate }: PanelMessage): readonly SentSms[] {
  const peer = foldNumber(receiver);
  if (!/^\d*[1-9]\d*$/.test(id) || peer === "") return [];
  if (body === undefined) {
    throw new ProviderError("bad-reply", "soap-panel: a sent SMS without a text that can be read", { certain: true });
  }
  const at = toEpochMs(sendDate);
  return [{ id, peer, text: body, ...(at === undefined ? {} : { at }) }];
}

import type { Line } from "../../core/model/phone.ts";
import type { StatusFact, StatusReading } from "../../core/ports/sms-provider.ts";
import { type Advices, failureFact } from "../status-fact.ts";
import { shorten, type Words } from "../words.ts";
import type { MydnspanelClient } from "./client.ts";
import { readReceived, requireEntries } from "./inbox.ts";
import { surveyNames } from "./survey.ts";

const advices: Advices = {
  "bad-credentials": "copy the connection key from the panel's menu for its web service into apiKey",
  "account-closed": "let the panel switch the web service on, and approve the account's documents",
  "address-refused": "add this server's address to the allowed ones of the connection key, or set proxy",
  "bad-request": "see whether baseUrl is the address of the web service, and try another encoding",
  "bad-reply": "see whether baseUrl is the address of the web service",
};
const unreadableInbox =
  "open an issue with the raw answer, its numbers and texts changed: docs/providers/mydnspanel.md tells which names are known";

/** What the panel says of the account, and what its undocumented list of incoming SMS looks like. */
export function createStatus(client: MydnspanelClient, words: Words): StatusReading {
  return {
    async read(lines, signal) {
      const access = await readAccess(client, signal);
      return [access, inboxFact, ...(lines.length === 0 ? [] : [lineFact])];
    },
    readInbox: (lines, signal) => readInbox(client, words, lines, signal),
  };
}

const inboxFact: StatusFact = {
  aspect: "inbox",
  outcome: "unknown",
  detail: "not read here: the panel may list an SMS once only, and that once is the bridge's",
  advice:
    "chapar check --read-inbox reads it and tells how its list is understood; do that before the bridge first runs",
};

const lineFact: StatusFact = {
  aspect: "line",
  outcome: "unknown",
  detail: "the panel cannot be asked about a line; the first SMS from it shows whether it may send",
};

async function readAccess(client: MydnspanelClient, signal: AbortSignal): Promise<StatusFact> {
  try {
    await client.status(signal);
    return { aspect: "access", outcome: "good", detail: "the web service is open" };
  } catch (error) {
    return failureFact({ aspect: "access" }, error, advices);
  }
}

async function readInbox(
  client: MydnspanelClient,
  words: Words,
  lines: readonly Line[],
  signal: AbortSignal,
): Promise<StatusFact[]> {
  try {
    return describe(await client.receivedMessages(signal), lines, words);
  } catch (error) {
    return [failureFact({ aspect: "inbox" }, error, advices)];
  }
}

/** Names of fields only: what stands in them is somebody's. */
function describe(answer: string, lines: readonly Line[], words: Words): StatusFact[] {
  const entries = requireEntriesOrNone(answer);
  if (!entries) {
    return [{ aspect: "inbox", outcome: "bad", detail: "the answer holds no list", advice: unreadableInbox }];
  }
  if (entries.length === 0) return [{ aspect: "inbox", outcome: "good", detail: "no SMS listed" }];
  const read = countRead(answer, lines);
  const { understood, missing, others } = surveyNames(entries);
  const without = missing.length === 0 ? "" : `; without ${missing.join(", ")}`;
  const known = `${entries.length} SMS listed, ${read} can be read; understood: ${understood.join(", ") || "nothing"}`;
  const isRead = read === entries.length;
  return [
    {
      aspect: "inbox",
      outcome: isRead ? "good" : "bad",
      detail: shorten(`${known}${without}`),
      ...(isRead ? {} : { advice: unreadableInbox }),
    },
    ...(others.length === 0
      ? []
      : [
          {
            aspect: "contract",
            outcome: "unknown",
            detail: shorten(`fields of an incoming SMS that are not used: ${others.map(words).join(", ")}`),
          } as const,
        ]),
  ];
}

function requireEntriesOrNone(answer: string): readonly unknown[] | undefined {
  try {
    return requireEntries(answer);
  } catch {
    return undefined;
  }
}

function countRead(answer: string, lines: readonly Line[]): number {
  try {
    return readReceived(answer, lines).sms.length;
  } catch {
    return 0;
  }
}

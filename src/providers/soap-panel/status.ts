import { foldNumber, type Line } from "../../core/model/phone.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { StatusFact, StatusReading } from "../../core/ports/sms-provider.ts";
import { failureFact } from "../status-fact.ts";
import type { SoapPanelClient } from "./client.ts";
import { type ServiceName, services } from "./operations.ts";
import type { SoapService } from "./service.ts";

type Asked<T> = { readonly value: T } | { readonly failure: ProviderError };

/** Looks at the account and the panel's contracts. Sends nothing, and marks nothing as read. */
export function createStatus(
  client: SoapPanelClient,
  contracts: Readonly<Record<ServiceName, Pick<SoapService, "compare">>>,
): StatusReading {
  return {
    async read(lines, signal) {
      const [credit, unread, read, numbers, sending, incoming] = await Promise.all([
        asked(client.getCredit(signal)),
        asked(client.getInboxCount(false, signal)),
        asked(client.getInboxCount(true, signal)),
        asked(client.getUserNumbersList(signal)),
        contractFacts(services.send, contracts.send.compare(signal)),
        contractFacts(services.incoming, contracts.incoming.compare(signal)),
      ]);
      return [
        accessFact(credit, [unread, read], numbers),
        ...lines.map((line) => lineFact(line, numbers)),
        inboxFact(unread, read),
        ...sending,
        ...incoming,
      ];
    },
  };
}

/** To a wrong login the panel's sisters answer with a credit of 0, and so may this one; but not with numbers. */
function accessFact(
  credit: Asked<number>,
  counts: readonly Asked<number>[],
  numbers: Asked<readonly string[]>,
): StatusFact {
  if ("failure" in credit) return failureFact({ aspect: "access" }, credit.failure);
  const detail = `credit ${credit.value}`;
  const isEmpty = counts.every((count) => "failure" in count || count.value <= 0);
  const isKnown = "value" in numbers && numbers.value.length > 0;
  if (credit.value > 0 || !isEmpty || isKnown) return { aspect: "access", outcome: "good", detail };
  return {
    aspect: "access",
    outcome: "bad",
    failure: "bad-credentials",
    detail: `${detail}: the panel also answers 0 to a wrong login`,
    advice: "see whether username and password are those of the panel; if they are, charge the account",
  };
}

function lineFact(line: Line, numbers: Asked<readonly string[]>): StatusFact {
  const about = { aspect: "line", line } as const;
  if ("failure" in numbers) return failureFact(about, numbers.failure);
  if (numbers.value.length === 0) return { ...about, outcome: "unknown", detail: "the panel lists no numbers" };
  const isOwn = numbers.value.some((number) => foldNumber(number) === foldNumber(line));
  if (isOwn) return { ...about, outcome: "good", detail: "a number of the account" };
  return {
    ...about,
    outcome: "bad",
    failure: "bad-line",
    detail: `not among the ${numbers.value.length} numbers of the account`,
    advice: "correct the line in the configuration, or let the panel give it to this account",
  };
}

function inboxFact(unread: Asked<number>, read: Asked<number>): StatusFact {
  if ("failure" in unread) return failureFact({ aspect: "inbox" }, unread.failure);
  if ("failure" in read) return failureFact({ aspect: "inbox" }, read.failure);
  return { aspect: "inbox", outcome: "good", detail: `${unread.value} unread, ${read.value} read` };
}

async function contractFacts(
  service: string,
  comparing: ReturnType<SoapService["compare"]>,
): Promise<readonly StatusFact[]> {
  const found = await comparing;
  const fact = (outcome: StatusFact["outcome"], detail: string): StatusFact => ({
    aspect: "contract",
    outcome,
    detail: `${service}: ${detail}`,
  });
  if ("problem" in found) return [fact("unknown", `its own WSDL could not be read (${found.problem}); ours is used`)];
  if (found.differences.length === 0) return [fact("good", "its own WSDL is read and is as ours")];
  return [fact("good", "its own WSDL is read"), ...found.differences.map((difference) => fact("unknown", difference))];
}

/** What the panel answers is a fact, whatever it is. */
async function asked<T>(call: Promise<T>): Promise<Asked<T>> {
  try {
    return { value: await call };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { failure: error };
  }
}

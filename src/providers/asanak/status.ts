import type { Line } from "../../core/model/phone.ts";
import { type FailureCode, ProviderError } from "../../core/ports/provider-error.ts";
import type { StatusFact, StatusReading } from "../../core/ports/sms-provider.ts";
import type { AsanakClient, LineProof } from "./client.ts";

const facts: Readonly<Record<LineProof, Omit<StatusFact, "aspect" | "line">>> = {
  active: { outcome: "good", detail: "the panel lets it send" },
  inactive: {
    outcome: "bad",
    detail: "the panel says that it is not active",
    advice: "write it exactly as the panel lists it; if it is, ask Asanak to switch it on for the web service",
  },
  taken: {
    outcome: "bad",
    detail:
      "the panel took a test that it had to refuse, to a number that nobody can have; no line was asked after this one",
    advice: "nobody gets it, but look in the panel whether it was charged, and tell Asanak and us",
  },
};

/** What one line was refused for says nothing of the others; every other failure would meet them too. */
const ofOneLine: ReadonlySet<FailureCode> = new Set(["wrong-time", "rejected", "bad-line"]);

/**
 * Whether each line may send, without sending (see `probeLine`). Lines are asked one after the other, and none after an answer
 * that would only come again: asking on with a wrong password may lock the account.
 */
export function createAsanakStatus(
  client: Pick<AsanakClient, "probeLine">,
  toSource: (line: Line) => string,
): StatusReading {
  return {
    async read(lines, signal) {
      const read: StatusFact[] = [];
      let reason: string | undefined;
      for (const line of lines) {
        if (reason !== undefined) {
          read.push({ aspect: "line", line, outcome: "unknown", detail: `not asked: ${reason}` });
          continue;
        }
        const proof = await prove(line, signal);
        if (proof instanceof ProviderError) {
          const said = describe(proof);
          read.push({ aspect: "line", line, outcome: "unknown", detail: `could not be told: ${said}` });
          if (!ofOneLine.has(proof.code)) reason = said;
        } else {
          read.push({ aspect: "line", line, ...facts[proof] });
          if (proof === "taken") reason = "the panel takes tests for SMS";
        }
      }
      return read;
    },
  };

  async function prove(line: Line, signal: AbortSignal): Promise<LineProof | ProviderError> {
    try {
      return await client.probeLine(toSource(line), signal);
    } catch (error) {
      if (error instanceof ProviderError) return error;
      throw error;
    }
  }
}

function describe({ code, vendor }: ProviderError): string {
  return vendor === undefined ? code : `${code}, the panel says: ${vendor}`;
}

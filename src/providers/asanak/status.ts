import type { Line } from "../../core/model/phone.ts";
import { type FailureCode, ProviderError } from "../../core/ports/provider-error.ts";
import type { StatusFact, StatusReading } from "../../core/ports/sms-provider.ts";
import { toPanelLine } from "../numbers.ts";
import { failureFact } from "../status-fact.ts";
import type { AsanakClient, LineProof } from "./client.ts";

const facts: Readonly<Record<LineProof, Omit<StatusFact, "line">>> = {
  active: { aspect: "line", outcome: "good", detail: "the panel lets it send" },
  inactive: {
    aspect: "line",
    outcome: "bad",
    failure: "bad-line",
    detail: "the panel says that it is not active",
    advice: "write it exactly as the panel lists it; if it is, ask Asanak to switch it on for the web service",
  },
  taken: {
    aspect: "contract",
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
export function createAsanakStatus(client: Pick<AsanakClient, "probeLine">): StatusReading {
  return {
    async read(lines, signal) {
      const read: StatusFact[] = [];
      let ended: StatusFact | undefined;
      for (const line of lines) {
        if (ended) {
          read.push({ ...ended, line, detail: `not asked: ${ended.detail}` });
          continue;
        }
        const about = { aspect: "line", line } as const;
        const proof = await prove(line, signal);
        if (proof instanceof ProviderError) {
          const told = failureFact(about, proof);
          read.push(told);
          if (!ofOneLine.has(proof.code)) ended = told;
        } else {
          read.push({ line, ...facts[proof] });
          if (proof === "taken") ended = { ...about, outcome: "unknown", detail: "the panel takes tests for SMS" };
        }
      }
      return read;
    },
  };

  async function prove(line: Line, signal: AbortSignal): Promise<LineProof | ProviderError> {
    try {
      return await client.probeLine(toPanelLine(line), signal);
    } catch (error) {
      if (error instanceof ProviderError) return error;
      throw error;
    }
  }
}

import { accessFaults, type FailureCode, ProviderError } from "../core/ports/provider-error.ts";

const workers = 2;

/** After these each further question would wait as long for nothing, or bring the account nearer to being locked. */
const endsAll: ReadonlySet<FailureCode> = new Set([
  ...accessFaults,
  "unreachable",
  "no-answer",
  "interrupted",
  "rate-limited",
]);

/**
 * Does the same for each item, two at a time. A failure that is of one item leaves the others to be done; one that would meet
 * them all ends it once what is under way has ended. Resolves to that failure, or else to the first one; `undefined`: none.
 * Throws what is no `ProviderError`, for that is a fault of ours.
 */
export async function fewAtOnce<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<ProviderError | undefined> {
  const queue = [...items];
  const failures: ProviderError[] = [];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      try {
        await work(item);
      } catch (error) {
        if (!(error instanceof ProviderError)) {
          queue.length = 0;
          throw error;
        }
        failures.push(error);
        if (endsAll.has(error.code)) queue.length = 0;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: workers }, worker));
  const fault = ended.find((one) => one.status === "rejected");
  if (fault) throw fault.reason;
  return failures.find(({ code }) => endsAll.has(code)) ?? failures[0];
}

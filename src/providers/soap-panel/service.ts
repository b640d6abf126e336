import { readFile } from "node:fs/promises";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { Http, HttpAnswer } from "../http.ts";
import { unreadableAnswer } from "../http-judgement.ts";
import { type Contract, type Operation, openContract, type Values } from "./contract.ts";
import { differencesOf } from "./contract-differences.ts";
import { createLiveContract, patienceMs } from "./live-contract.ts";
import { documented, namesIn, type OperationName, operations, type ServiceName, services } from "./operations.ts";
import { createOwnContract } from "./own-contract.ts";
import { fillParameters, type Said } from "./parameters.ts";
import { callSoap } from "./soap-http.ts";

const files: Readonly<Record<ServiceName, URL>> = {
  send: new URL("./wsdl/send.wsdl", import.meta.url),
  incoming: new URL("./wsdl/incoming-messages.wsdl", import.meta.url),
};

/** One of the panel's two services, called by the contract that it publishes itself, or by ours. */
export interface SoapService {
  /**
   * Makes the calls that an operation takes, one after the other, and reads each answer; they are several only for several ids.
   * Throws `ProviderError`; what `read` throws ends it.
   */
  call<T>(
    operation: OperationName,
    said: Said,
    read: (answer: HttpAnswer) => T,
    signal: AbortSignal,
  ): Promise<readonly T[]>;
  /** How the panel's own contract differs from ours, or why it could not be read. */
  compare(signal: AbortSignal): Promise<{ readonly differences: readonly string[] } | { readonly problem: string }>;
}

export interface SoapServiceDeps {
  /** For calls. */
  readonly http: Http;
  /** For the contract, so that no call waits for it. */
  readonly contractHttp: Http;
  readonly clock: Clock;
  readonly log: Log;
}

export function createSoapService(service: ServiceName, deps: SoapServiceDeps): SoapService {
  const { http, contractHttp, clock } = deps;
  const path = services[service];
  const log = deps.log.child({ service: path });
  const live = createLiveContract(readLive, { clock, log });
  const own = createOwnContract(() => readFile(files[service], "utf8"));

  /** Its reading ends with its HTTP. */
  async function readLive(): Promise<Contract> {
    const call = { name: `soap-panel ${path}?WSDL`, sends: false };
    const headers = { accept: "text/xml" };
    const request = { ...call, method: "GET", path: `${path}?WSDL`, headers } as const;
    const answer = await contractHttp.request(request, new AbortController().signal);
    if (answer.status !== 200) throw unreadableAnswer(call, answer);
    const contract = await openContract(answer.text);
    if (!namesIn(service).some((name) => contract.find(name))) throw new Error("the WSDL of another service");
    return contract;
  }

  /** Of an operation at whose parameters ours only guesses, the panel itself must tell them. */
  async function findOperation(name: OperationName, ours: Operation | undefined, signal: AbortSignal) {
    if (ours && (!ours.isGuess || documented.has(name))) return (await live.atHand(signal))?.find(name) ?? ours;
    // What sends must not take longer than it is said to.
    const reading = await live.settled(signal, operations[name].sends ? patienceMs : undefined);
    const found = "contract" in reading ? reading.contract.find(name) : undefined;
    if (found) return found;
    if (signal.aborted) throw lack("interrupted", name, "which was not waited for");
    if ("contract" in reading) throw lack("unsupported", name, "which does not have it");
    throw lack(reading.isAway ? "unreachable" : "unsupported", name, "which could not be read");
  }

  function fill(operation: Operation, said: Said, ours: Operation | undefined): readonly Values[] {
    try {
      return fillParameters(operation, said, ours);
    } catch (error) {
      // The panel may have shown it while it was being changed, or mend it.
      if (operation !== ours) live.doubt();
      throw error;
    }
  }

  return {
    async call<T>(name: OperationName, said: Said, read: (answer: HttpAnswer) => T, signal: AbortSignal) {
      const ours = (await own()).find(name);
      const operation = await findOperation(name, ours, signal);
      const { sends } = operations[name];
      const results: T[] = [];
      for (const values of fill(operation, said, ours)) {
        const call = { operation, values, name: `soap-panel ${name}`, path, sends };
        results.push(read(await callSoap(http, call, signal)));
      }
      return results;
    },
    async compare(signal) {
      const reading = await live.settled(signal);
      if ("problem" in reading) return reading;
      return { differences: differencesOf(await own(), reading.contract, namesIn(service)) };
    },
  };
}

/** Nothing was written. */
function lack(code: "interrupted" | "unreachable" | "unsupported", name: OperationName, why: string): ProviderError {
  return new ProviderError(code, `${name}: needs the panel's own WSDL, ${why}`, { certain: true });
}

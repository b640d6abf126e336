import type { SimRequest, SimResponse } from "../http.ts";
import { type Answer, summarise, writeAnswer } from "./answers.ts";
import { createFields, type Rename, recordFields } from "./fields.ts";
import type { SoapPanelMode } from "./modes.ts";
import type { Oddities } from "./oddities.ts";
import { type OperationDeps, type ServiceFile, services } from "./operations.ts";
import { readCall, type SoapCall, SoapFault, versionOf, writeFault, writeReply } from "./soap.ts";
import type { Contracts, WsdlVariant } from "./wsdl.ts";

export interface SoapPanelCall {
  readonly operation: string;
  /** As sent, without the password. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly at: number;
  /** The number that it was answered, or how many entries a list had; absent where it ended in a fault. */
  result?: string;
}

export interface EndpointDeps extends OperationDeps {
  readonly contracts: Contracts;
  readonly rename: Rename;
  readonly record: (call: SoapPanelCall) => void;
  /** The mode that hits this call, if any; asking for it counts. */
  readonly takeMode: (operation: string) => SoapPanelMode | undefined;
  readonly oddities: () => Oddities;
  readonly wsdl: () => WsdlVariant;
}

/** Answers as ASP.NET's ASMX does under `/post`; `url` is where it is reached. */
export function createEndpoint(deps: EndpointDeps): (request: SimRequest, url: string) => Promise<SimResponse> {
  return async (request, url) => {
    const file = findService(request.path);
    if (!file) return page(404, "The resource cannot be found.");
    if (request.method === "GET") {
      return isForContract(request.query) ? deps.contracts.serve(file, deps.wsdl(), url) : page(200, file);
    }
    if (request.method !== "POST") return page(405, "Method not allowed.");
    const version = versionOf(request);
    if (!version) return page(415, "Unsupported media type.");
    try {
      return writeReply(version, answer(file, readCall(request, version), deps));
    } catch (error) {
      if (!(error instanceof SoapFault)) throw error;
      return writeFault(version, error);
    }
  };
}

function answer(file: ServiceFile, { operation, wrapper }: SoapCall, deps: EndpointDeps): string {
  const operations = services[file];
  const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  // A panel whose contract lacks an operation does not have it.
  if (!run || (deps.wsdl() === "without-guesses" && deps.contracts.isGuess(operation))) {
    throw new SoapFault("client", `Server did not recognize the value of HTTP Header SOAPAction: ${operation}.`);
  }
  const call: SoapPanelCall = { operation, fields: recordFields(wrapper), at: deps.timers.now() };
  deps.record(call);
  const mode = deps.takeMode(operation);
  if (mode?.kind === "fault") {
    throw new SoapFault(
      "server",
      mode.message ?? "Server was unable to process request. ---> Object reference not set.",
    );
  }
  const given =
    mode?.kind === "result" && !mode.accepting
      ? refusal(operation, mode.code)
      : bend(run(createFields(wrapper, deps.rename), deps), mode);
  call.result = summarise(given);
  return writeAnswer(operation, given, deps.oddities());
}

function refusal(operation: string, code: number): Answer {
  return operation === "SendSms" ? { kind: "receipt", result: code, receivers: [] } : { kind: "number", value: code };
}

function bend(given: Answer, mode: SoapPanelMode | undefined): Answer {
  if (given.kind === "number") return mode?.kind === "result" ? { ...given, value: mode.code } : given;
  if (given.kind !== "receipt") return given;
  if (mode?.kind === "result") return { ...given, result: mode.code };
  if (mode?.kind !== "fewer-ids") return given;
  return { ...given, receivers: given.receivers.slice(0, Math.max(0, given.receivers.length - (mode.by ?? 1))) };
}

function findService(path: string): ServiceFile | undefined {
  const name = /^\/post\/([^/]+)$/i.exec(path)?.[1]?.toLowerCase();
  return name === "send.asmx" || name === "incomingmessages.asmx" ? name : undefined;
}

function isForContract(query: string): boolean {
  return /^wsdl(?:=|$)/i.test(query);
}

function page(status: number, text: string): SimResponse {
  const body = `<!DOCTYPE html><html><head><title>${text}</title></head><body>${text}</body></html>`;
  return { status, contentType: "text/html; charset=utf-8", body };
}

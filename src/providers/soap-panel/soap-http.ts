import type { IHttpClient } from "soap";
import { z } from "zod";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { Http, HttpAnswer } from "../http.ts";
import type { Operation, Values } from "./contract.ts";

export interface SoapCall {
  readonly operation: Operation;
  readonly values: Values;
  /** For errors: `soap-panel SendSms`. */
  readonly name: string;
  /** Of the service, below the panel's `baseUrl`. The address that stands in a WSDL is never called. */
  readonly path: string;
  readonly sends: boolean;
}

const written = z.string();
const headers = z.record(z.string(), z.string());

/** Its type asks for what axios gives back; `soap` itself takes no notice. */
const unused = new Promise<never>(() => undefined);

/** `soap` is told of success and nothing more: it would make numbers of ids, and put a whole answer into its errors. */
const nothing = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body /></e:Envelope>';

/**
 * One call, written by `soap` and carried by our own HTTP, so that proxy, time-out and the certainty of a failure are those of every
 * panel. The answer comes back as it is. Throws what `http` throws, unchanged; never calls twice.
 */
export async function callSoap(http: Http, call: SoapCall, signal: AbortSignal): Promise<HttpAnswer> {
  let answer: HttpAnswer | undefined;
  const httpClient: IHttpClient = {
    request(_url, body, done, given) {
      const { name, path, sends } = call;
      const request = {
        name,
        path,
        sends,
        method: "POST",
        headers: { ...headers.parse(given), accept: "text/xml, application/soap+xml" },
        body: written.parse(body),
      } as const;
      const take = (taken: HttpAnswer) => {
        answer = taken;
        done(null, { status: 200, headers: {} }, nothing);
      };
      http.request(request, signal).then(take).catch(done);
      return unused;
    },
  };
  try {
    await write(call, httpClient);
  } catch (error) {
    // Whatever `soap` makes of nothing, an answer that is here counts.
    if (!answer) throw error;
  }
  if (answer) return answer;
  throw cannotWrite(call);
}

function write({ operation, values, ...call }: SoapCall, httpClient: IHttpClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error: unknown) => (error ? reject(error) : resolve());
    try {
      operation.write(values, httpClient, done);
    } catch {
      // What it says may hold the call.
      reject(cannotWrite(call));
    }
  });
}

/** Nothing was sent: `http` throws nothing but through its promise. */
function cannotWrite({ name }: Pick<SoapCall, "name">): ProviderError {
  return new ProviderError("bad-request", `${name}: cannot be written by the WSDL`, { certain: true });
}

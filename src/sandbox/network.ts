import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readBody, type SimRequest, type SimResponse } from "./http.ts";
import type { Timers } from "./timers.ts";

/**
 * What the wire does to a request. `when: "before"`: nothing was handled, so nothing happened on the other side;
 * `"after"`: it was handled and only the answer is missing. Several faults act in the order they were set; the first that
 * ends a request is the last for it.
 */
export type FaultKind =
  | { readonly kind: "delay"; readonly ms: number; readonly when?: "before" | "after" }
  /** The socket is destroyed. Default `before`. */
  | { readonly kind: "cut"; readonly when?: "before" | "after" }
  /** The head and half of the body of the answer, then the socket is destroyed. */
  | { readonly kind: "half" }
  /** The connection stays open and nothing comes. Default `after`. */
  | { readonly kind: "silent"; readonly when?: "before" | "after" }
  /** What a CDN answers to an address that it does not like. Default status 403, nothing is handled. */
  | { readonly kind: "html"; readonly status?: number }
  /** Default body empty, default `before`. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: string;
      readonly contentType?: string;
      readonly when?: "before" | "after";
    };

export type Fault = FaultKind & {
  /** How many requests it hits; without it, all until healed. */
  readonly times?: number;
  /** Which requests it hits; without it, every one. */
  readonly match?: (request: SimRequest) => boolean;
};

/** The loopback server of one simulator, and everything that can go wrong on the way to it. */
export interface Network {
  /** `http://127.0.0.1:port`; stays the same through `refuse` and `listen`. */
  readonly url: string;
  readonly port: number;
  /** Requests that reached it. */
  readonly hits: number;
  /** What a handler threw: a fault of the simulator itself. */
  readonly crashes: readonly unknown[];
  /** Returns how to heal it. */
  fault(fault: Fault): () => void;
  /** Removes every fault. */
  heal(): void;
  /** Closes the door: open connections are cut, new ones refused. */
  refuse(): Promise<void>;
  /** Opens the door again on the same port. */
  listen(): Promise<void>;
  /** Refuses for a time, then listens again; resolves when it refuses. */
  downFor(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export async function openNetwork(deps: {
  handle: (request: SimRequest) => Promise<SimResponse>;
  timers: Timers;
  /** Default any that is free. */
  port?: number | undefined;
}): Promise<Network> {
  const { handle, timers } = deps;
  const faults = new Set<{ fault: Fault; left: number }>();
  const crashes: unknown[] = [];
  let hits = 0;
  let isStopped = false;

  const server = createServer((incoming, outgoing) => {
    hits += 1;
    serve(incoming, outgoing).catch((error: unknown) => {
      if (!outgoing.destroyed) crashes.push(error);
      outgoing.destroy();
    });
  });
  await open(deps.port ?? 0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a loopback server has no port");
  const { port } = address;

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController();
    outgoing.on("close", () => gone.abort());
    const request = await toRequest(incoming, gone.signal);
    const hit = [...faults].filter(({ fault }) => fault.match?.(request) ?? true);
    for (const entry of hit) {
      entry.left -= 1;
      if (entry.left <= 0) faults.delete(entry);
    }
    for (const { fault } of hit) {
      if ((await applyBefore(fault, outgoing, request)) === "ended") return;
    }
    const response = await handle(request);
    for (const { fault } of hit) {
      if ((await applyAfter(fault, outgoing, response, request)) === "ended") return;
    }
    write(outgoing, response);
  }

  async function applyBefore(fault: Fault, outgoing: ServerResponse, request: SimRequest): Promise<Outcome> {
    if (fault.kind === "html") {
      write(outgoing, { status: fault.status ?? 403, contentType: "text/html; charset=utf-8", body: forbiddenPage });
      return "ended";
    }
    if (fault.kind === "half" || (fault.when ?? defaultMoment[fault.kind]) === "after") return "goes on";
    return applyNow(fault, outgoing, request);
  }

  async function applyAfter(
    fault: Fault,
    outgoing: ServerResponse,
    response: SimResponse,
    request: SimRequest,
  ): Promise<Outcome> {
    if (fault.kind === "html") return "goes on";
    if (fault.kind === "half") {
      const body = Buffer.from(response.body);
      outgoing.writeHead(response.status, { "content-type": response.contentType, "content-length": body.length });
      outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
      return "ended";
    }
    if ((fault.when ?? defaultMoment[fault.kind]) === "before") return "goes on";
    return applyNow(fault, outgoing, request);
  }

  async function applyNow(
    fault: Exclude<FaultKind, { kind: "half" } | { kind: "html" }>,
    outgoing: ServerResponse,
    request: SimRequest,
  ): Promise<Outcome> {
    switch (fault.kind) {
      case "delay":
        await timers.sleep(fault.ms, request.gone);
        return "goes on";
      case "cut":
        outgoing.destroy();
        return "ended";
      case "silent":
        return "ended";
      case "status":
        write(outgoing, {
          status: fault.status,
          contentType: fault.contentType ?? "text/plain",
          body: fault.body ?? "",
        });
        return "ended";
    }
  }

  function open(onPort: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(onPort, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  }

  function shut(): Promise<void> {
    return new Promise((resolve) => {
      if (!server.listening) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  async function listen(): Promise<void> {
    if (!server.listening && !isStopped) await open(port);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get hits() {
      return hits;
    },
    crashes,
    fault(fault) {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      faults.add(entry);
      return () => void faults.delete(entry);
    },
    heal: () => faults.clear(),
    refuse: shut,
    listen,
    async downFor(ms) {
      await shut();
      timers.after(ms, () => {
        listen().catch((error: unknown) => crashes.push(error));
      });
    },
    async stop() {
      isStopped = true;
      await shut();
    },
  };
}

type Outcome = "ended" | "goes on";

const defaultMoment = { delay: "before", cut: "before", silent: "after", status: "before" } as const;

const forbiddenPage =
  "<!DOCTYPE html><html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>";

async function toRequest(incoming: IncomingMessage, gone: AbortSignal): Promise<SimRequest> {
  const target = incoming.url ?? "/";
  const cut = target.indexOf("?");
  return {
    method: incoming.method ?? "GET",
    path: cut < 0 ? target : target.slice(0, cut),
    query: cut < 0 ? "" : target.slice(cut + 1),
    headers: incoming.headers,
    body: await readBody(incoming),
    gone,
  };
}

function write(outgoing: ServerResponse, response: SimResponse): void {
  const body = Buffer.from(response.body);
  outgoing.writeHead(response.status, {
    ...response.headers,
    "content-type": response.contentType,
    "content-length": body.length,
  });
  outgoing.end(body);
}

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, onTestFinished } from "vitest";
import type { PageState } from "../../src/sandbox/page/state.ts";
import { type SimulatorsOptions, startSimulators } from "../../src/sandbox/start.ts";

/** A small world with its page and its controls on a port, and a hook that takes every push; all of it gone after the test. */
export async function openPage(options: SimulatorsOptions = {}) {
  const world = await startSimulators({ deliverAfterMs: 20, ...options });
  onTestFinished(() => world.stop());
  const server = express()
    .use("/hooks", (_request, response) => response.send("OK"))
    .use(world.control)
    .listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Reads the stream of events as a browser does. */
  async function listen() {
    const closing = new AbortController();
    const response = await fetch(`${url}/sandbox/events`, { signal: closing.signal });
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const events = readEvents(response);
    return {
      async until(isWanted: (state: PageState) => unknown): Promise<PageState> {
        for (;;) {
          const { value, done } = await events.next();
          if (done) throw new Error("the stream ended");
          if (isWanted(value)) return value;
        }
      },
      async [Symbol.asyncDispose]() {
        closing.abort();
      },
    };
  }

  return {
    world,
    url,
    listen,
    /** What a page that comes now is told. */
    async readState(): Promise<PageState> {
      await using events = await listen();
      return await events.until(() => true);
    },
    get: async (path: string) => (await (await fetch(`${url}/sandbox${path}`)).json()) as Record<string, unknown>,
    async post(path: string, body: object) {
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${url}/sandbox${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    /** Calls the Bot API as a bot does. */
    async callBot<Result>(method: string, parameters: object = {}): Promise<Result> {
      const response = await fetch(`${world.telegram.url}/bot${world.telegram.token}/${method}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(parameters),
      });
      return ((await response.json()) as { result: Result }).result;
    },
  };
}

async function* readEvents({ body }: Response): AsyncGenerator<PageState, void> {
  let rest = "";
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const whole = (rest + chunk).split("\n\n");
    rest = whole.pop() ?? "";
    for (const event of whole) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield JSON.parse(data);
    }
  }
}

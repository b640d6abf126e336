import type { RequestHandler, Response } from "express";
import type { Timers } from "../timers.ts";

export interface Events {
  /** Answers with a stream: the state now, and again after each change. */
  readonly handle: RequestHandler;
  /** Something changed. Changes that come together are told together. */
  changed(): void;
}

const togetherMs = 60;
// Whoever stands in between may end a connection on which nothing moves.
const stillMs = 15_000;
const unreadBytes = 4 * 1024 * 1024;

/** Server-sent events of one state for any number of pages. */
export function createEvents({ timers, read }: { timers: Timers; read: () => object }): Events {
  const listeners = new Set<Response>();
  let isDue = false;

  function tellAll(): void {
    isDue = false;
    if (listeners.size === 0) return;
    const event = write(read());
    for (const listener of listeners) {
      if (listener.writableEnded) continue;
      // Who does not read comes again and gets the state of that moment.
      if (listener.writableLength > unreadBytes) listener.destroy();
      else listener.write(event);
    }
  }

  function keepAlive(listener: Response): void {
    timers.after(stillMs, () => {
      if (!listeners.has(listener) || listener.writableEnded) return;
      listener.write(": still here\n\n");
      keepAlive(listener);
    });
  }

  return {
    handle(_request, response) {
      response.set({ "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
      // A page whose sandbox was started again finds it soon.
      response.write(`retry: 1000\n\n${write(read())}`);
      listeners.add(response);
      response.on("close", () => listeners.delete(response));
      keepAlive(response);
    },
    changed() {
      if (isDue) return;
      isDue = true;
      timers.after(togetherMs, tellAll);
    },
  };
}

function write(state: object): string {
  return `event: state\ndata: ${JSON.stringify(state)}\n\n`;
}

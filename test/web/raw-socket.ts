import { connect } from "node:net";
import { onTestFinished } from "vitest";

/** A bare connection, for what no HTTP client would send. Destroyed when the test is over. */
export interface RawSocket {
  write(bytes: string | Uint8Array): void;
  /** Ends our side; the other may still answer. */
  end(bytes?: string | Uint8Array): void;
  destroy(): void;
  /** Stops reading, so that the other side cannot get rid of what it writes. */
  stopReading(): void;
  /** What has come so far. */
  answer(): string;
  readonly isClosed: boolean;
  /** Resolves once the other side has closed it, with everything that came. */
  readonly closed: Promise<string>;
  /** Waits until what came holds this. */
  gets(pattern: RegExp): Promise<string>;
}

export async function openSocket(url: string): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  let answer = "";
  let isClosed = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  socket.on("data", (chunk) => {
    answer += String(chunk);
    wake();
  });
  // The other side may cut it as it likes; `closed` tells.
  socket.on("error", () => undefined);
  socket.on("end", () => socket.end());
  const closed = new Promise<string>((resolve) => {
    socket.on("close", () => {
      isClosed = true;
      resolve(answer);
      wake();
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  onTestFinished(() => void socket.destroy());
  return {
    write: (bytes) => void socket.write(bytes),
    end: (bytes = "") => void socket.end(bytes),
    destroy: () => void socket.destroy(),
    stopReading: () => void socket.pause(),
    answer: () => answer,
    get isClosed() {
      return isClosed;
    },
    closed,
    gets: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(answer)) resolve(answer);
          else if (isClosed) reject(new Error(`closed, and there was no ${pattern} in ${JSON.stringify(answer)}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Sends this on a connection of its own and gives all that comes back. */
export async function exchange(url: string, bytes: string | Uint8Array): Promise<string> {
  const socket = await openSocket(url);
  socket.write(bytes);
  return socket.closed;
}

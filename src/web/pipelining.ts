import type { RequestListener } from "node:http";
import type { Socket } from "node:net";

/**
 * Cuts off a caller with more than `most` calls on one connection that have no answer yet. HTTP lets callers send call after call
 * without waiting, Node takes in all of them, and none of ours needs it: panels, Telegram, browsers and proxies wait.
 */
export function limitPipelining(most: number, handle: RequestListener): RequestListener {
  const unanswered = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    const count = (unanswered.get(socket) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    unanswered.set(socket, count);
    response.once("close", () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    handle(request, response);
  };
}

import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A call that reached a stand-in, with the moment at which it was read. */
export interface Call {
  readonly method: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** `performance.now()` of the benchmark's process. */
  readonly at: number;
}

export interface StandIn {
  readonly url: string;
  /** Resolves with the next call for which `matches` holds. */
  next(matches: (call: Call) => boolean): Promise<Call>;
  stop(): Promise<void>;
}

/** What becomes of a call instead of an answer: its connection is cut, or it is told to come again after some seconds. */
export type Trouble = "cut" | { readonly retryAfter: number };

/** May be asynchronous. */
type Answer = (call: Call) => unknown;

/** A server that answers at once and notes when it was asked: the least that a measurement needs of the other side. */
async function startStandIn(
  answer: Answer,
  troubleOf: (call: Call) => Trouble | undefined = () => undefined,
): Promise<StandIn> {
  const waiting = new Set<{ matches: (call: Call) => boolean; resolve: (call: Call) => void }>();
  const server = createServer((request, response) => {
    void read(request).then(async (fields) => {
      const call = { method: methodOf(request), fields, at: performance.now() };
      const trouble = troubleOf(call);
      if (trouble === "cut") {
        request.socket.destroy();
        return;
      }
      for (const waiter of waiting) {
        if (!waiter.matches(call)) continue;
        waiting.delete(waiter);
        waiter.resolve(call);
      }
      response.setHeader("content-type", "application/json");
      if (trouble) {
        const parameters = { retry_after: trouble.retryAfter };
        response.statusCode = 429;
        response.end(JSON.stringify({ ok: false, error_code: 429, description: "Too Many Requests", parameters }));
        return;
      }
      response.end(JSON.stringify(await answer(call)));
    });
  });
  server.keepAliveTimeout = 60_000;
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    next: (matches) => new Promise((resolve) => void waiting.add({ matches, resolve })),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface TelegramStandIn extends StandIn {
  /** Gives an update to whoever polls; resolves with the moment at which it left. */
  update(fields: Readonly<Record<string, unknown>>): Promise<number>;
  /** For a message that a person writes; rises through everything that is measured, as an operator's message is known by it. */
  nextMessageId(): number;
  /** From now on calls get into trouble, or with `undefined` no more. */
  trouble(troubleOf: ((call: Call) => Trouble | undefined) | undefined): void;
  /** The texts that stand in the forum, in the order in which they came. */
  readonly shown: readonly string[];
}

let personsMessages = 1_000_000_000;

/** Every topic that is made is this one. */
export const theTopic = 7;

/** Just enough of the Bot API for one forum with one customer in it. */
export async function startTelegram(chat: number): Promise<TelegramStandIn> {
  let messageId = 1000;
  let updateId = 0;
  const shown: string[] = [];
  let troubleOf: ((call: Call) => Trouble | undefined) | undefined;
  const updates: { update: Readonly<Record<string, unknown>>; left: (at: number) => void }[] = [];
  let wake: (() => void) | undefined;

  async function poll(): Promise<unknown> {
    if (updates.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const next = updates.shift();
    if (next === undefined) return [];
    next.left(performance.now());
    return [next.update];
  }

  const sent = (fields: Call["fields"]) => ({
    message_id: ++messageId,
    date: Math.floor(Date.now() / 1000),
    chat: { id: chat, type: "supergroup", title: "bench", is_forum: true },
    text: fields.text,
    ...(fields.message_thread_id === undefined ? {} : { message_thread_id: Number(fields.message_thread_id) }),
  });
  const show = (fields: Call["fields"]) => {
    shown.push(String(fields.text));
    return sent(fields);
  };
  const answers: Readonly<Record<string, (fields: Call["fields"]) => unknown>> = {
    getMe: () => ({ id: 1, is_bot: true, first_name: "bench", username: "bench_bot", can_join_groups: true }),
    getUpdates: poll,
    sendMessage: show,
    editMessageText: sent,
    createForumTopic: (fields) => ({ message_thread_id: theTopic, name: fields.name, icon_color: 7322096 }),
    getChat: () => ({ id: chat, type: "supergroup", title: "bench", is_forum: true }),
    getChatMember: () => ({ status: "administrator", can_manage_topics: true, user: { id: 1, is_bot: true } }),
  };
  const standIn = await startStandIn(
    async ({ method, fields }) => ({ ok: true, result: await (answers[method]?.(fields) ?? true) }),
    (call) => troubleOf?.(call),
  );
  return {
    ...standIn,
    update: (fields) =>
      new Promise((left) => {
        updates.push({ update: { update_id: ++updateId, ...fields }, left });
        wake?.();
      }),
    nextMessageId: () => ++personsMessages,
    trouble(decide) {
      troubleOf = decide;
    },
    shown,
    async stop() {
      wake?.();
      await standIn.stop();
    },
  };
}

/** A panel that takes whatever it is given, in Asanak's words. */
export function startPanel(): Promise<StandIn> {
  let id = 5_000_000_000;
  return startStandIn(() => ({ meta: { status: 200, message: "success" }, data: [++id] }));
}

function methodOf({ url = "" }: IncomingMessage): string {
  return url.split("?")[0]?.split("/").at(-1) ?? "";
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const query = Object.fromEntries(new URL(request.url ?? "", "http://stand-in").searchParams);
  const body = Buffer.concat(chunks).toString();
  return { ...query, ...(body === "" ? {} : (JSON.parse(body) as Record<string, unknown>)) };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}

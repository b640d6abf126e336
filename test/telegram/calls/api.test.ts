import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { Bot, GrammyError, HttpError } from "grammy";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTelegramApi, type TelegramApi, TransportError } from "../../../src/telegram/calls/api.ts";
import { type LoopbackProxy, startHttpProxy, startSocksProxy } from "../proxies.ts";

const token = "987654321:AAH-secret_part-of-the-token-0123456";
const secret = "AAH-secret_part-of-the-token";

interface Seen {
  readonly path: string;
  readonly body: unknown;
  readonly port: number | undefined;
}

describe("the Telegram API client", () => {
  let seen: Seen[];
  let reply: (response: ServerResponse, request: IncomingMessage) => void;
  let apiRoot: string;
  const stops: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    seen = [];
    reply = (response) => void response.end(JSON.stringify({ ok: true, result: { id: 1, is_bot: true } }));
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || "null");
      seen.push({ path: String(request.url), body, port: request.socket.remotePort });
      reply(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stops.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
  });

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  function open(options: { proxy?: string; timeoutSeconds?: number; apiRoot?: string } = {}): TelegramApi {
    const made = createTelegramApi({ token, apiRoot, ...options });
    stops.push(() => made.close());
    return made;
  }

  async function failure(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => expect.fail("did not fail"),
      (error: unknown) => error,
    );
  }

  it("calls a method with its parameters and without those that are absent", async () => {
    const { api } = open();
    reply = (response) => void response.end(JSON.stringify({ ok: true, result: { message_id: 5 } }));
    const sent = await api.sendMessage(-100, "سلام", { message_thread_id: 3 });
    expect(sent.message_id).toBe(5);
    expect(seen).toMatchObject([
      { path: `/bot${token}/sendMessage`, body: { chat_id: -100, text: "سلام", message_thread_id: 3 } },
    ]);
  });

  it("takes an apiRoot that ends in a slash", async () => {
    await open({ apiRoot: `${apiRoot}/` }).api.getMe();
    expect(seen[0]?.path).toBe(`/bot${token}/getMe`);
  });

  it("keeps connections open between calls", async () => {
    const { api } = open();
    for (let i = 0; i < 10; i += 1) await api.getMe();
    // Two, for the next call begins before the socket of the one before is quite free.
    expect(new Set(seen.map(({ port }) => port)).size).toBeLessThanOrEqual(2);
  });

  it("throws what Telegram answered, without the text that was sent", async () => {
    const { api } = open();
    const parameters = { retry_after: 9 };
    reply = (response) => {
      response.statusCode = 429;
      response.end(JSON.stringify({ ok: false, error_code: 429, description: `slow down /bot${token}/x`, parameters }));
    };
    const error = await failure(api.sendMessage(1, "a customer's words"));
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({ error_code: 429, parameters, method: "sendMessage" });
    expect(inspect(error, { depth: 9 })).not.toContain("a customer's words");
    expect(inspect(error, { depth: 9 })).not.toContain(secret);
  });

  it("keeps no more of Telegram's own words than a line, for they may be logged", async () => {
    const { api } = open();
    const description = `Bad Request: ${"a customer's words ".repeat(40)}`;
    reply = (response) => {
      response.statusCode = 400;
      response.end(JSON.stringify({ ok: false, error_code: 400, description }));
    };
    const error = await failure(api.sendMessage(1, "x"));
    expect(error).toMatchObject({ description: description.slice(0, 200) });
    expect(inspect(error, { depth: 9 }).length).toBeLessThan(1500);
  });

  it("takes no answer without end, and none that says nothing", async () => {
    const { api } = open();
    let sent = 0;
    reply = (response) => {
      const some = Buffer.alloc(1024 * 1024, " ");
      const more = () => {
        while (!response.destroyed && response.write(some)) sent += 1;
      };
      response.on("drain", more);
      more();
    };
    expect(await failure(api.getMe())).toMatchObject({ error: { code: "UND_ERR_RES_EXCEEDED_MAX_SIZE" } });
    expect(sent).toBeLessThan(100);
    for (const said of ['{"ok":true,"result":null}', '{"ok":true}']) {
      reply = (response) => void response.end(said);
      expect(await failure(api.getMe())).toMatchObject({ error: { code: "BAD_REPLY" } });
    }
  });

  it("ends a call that takes longer than its time-out", async () => {
    const { api } = open({ timeoutSeconds: 0.15 });
    reply = () => undefined;
    const error = await failure(api.getMe());
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ error: { code: "TIMEOUT" } });
  });

  it("lets a long poll wait its own time beside the time-out", async () => {
    const { api } = open({ timeoutSeconds: 0.2 });
    reply = (response) => void setTimeout(() => response.end('{"ok":true,"result":[]}'), 500);
    await expect(api.getUpdates({ timeout: 1 })).resolves.toEqual([]);
  });

  it("ends a call whose caller gives up", async () => {
    const { api } = open();
    reply = () => undefined;
    const controller = new AbortController();
    const call = failure(api.getUpdates({ timeout: 30 }, controller.signal as never));
    setTimeout(() => controller.abort(), 50);
    expect(await call).toMatchObject({ error: { code: "ABORTED" } });
  });

  const failures: [string, (response: ServerResponse, request: IncomingMessage) => void, string][] = [
    ["cuts the connection", (response) => void response.destroy(), "UND_ERR_SOCKET"],
    ["answers a web page that quotes the URL", (response, { url }) => void response.end(`<p>${url}</p>`), "BAD_REPLY"],
    ["answers JSON of another kind", (response) => void response.end('{"hello":1}'), "BAD_REPLY"],
  ];
  it.each(failures)("hides the token when the server %s", async (_title, behaviour, code) => {
    const { api } = open();
    reply = behaviour;
    const error = await failure(api.getMe());
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ error: { name: "TransportError", code } });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  });

  it("hides the token when nobody listens", async () => {
    const { api } = open({ apiRoot: "http://127.0.0.1:1" });
    const error = await failure(api.getMe());
    expect(error).toMatchObject({ error: { code: "ECONNREFUSED" } });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  });

  it("goes through an HTTP proxy with a password", async () => {
    const proxy = await started(startHttpProxy("ali:pa ss"));
    const { api } = open({ proxy: `http://ali:pa%20ss@127.0.0.1:${proxy.port}` });
    await api.getMe();
    expect(proxy.targets).toEqual([apiRoot.replace("http://", "")]);
  });

  it("goes through a SOCKS5 proxy with a password", async () => {
    const proxy = await started(startSocksProxy("ali", "pa ss"));
    const { api } = open({ proxy: `socks5://ali:pa%20ss@127.0.0.1:${proxy.port}` });
    await api.getMe();
    expect(proxy.targets).toEqual([apiRoot.replace("http://", "")]);
  });

  it.each([
    ["http", () => startHttpProxy("ali:right"), "http"],
    ["SOCKS5", () => startSocksProxy("ali", "right"), "socks5"],
  ] as const)("hides the password of an %s proxy that refuses it", async (_name, start, scheme) => {
    const proxy = await started(start());
    const { api } = open({ proxy: `${scheme}://ali:wrong-password@127.0.0.1:${proxy.port}` });
    const error = await failure(api.getMe());
    expect(error).toBeInstanceOf(HttpError);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/wrong-password|AAH-secret/);
  });

  it("carries a bot's own calls when the bot uses its transport", async () => {
    const { transport } = open();
    const bot = new Bot(token, { client: { apiRoot: "http://127.0.0.1:1" } });
    bot.api.config.use(transport);
    await expect(bot.api.getMe()).resolves.toMatchObject({ is_bot: true });
  });

  it("cuts what is in flight when it closes, and closes twice", async () => {
    const made = open();
    reply = () => undefined;
    const call = failure(made.api.getMe());
    await new Promise((resolve) => setTimeout(resolve, 50));
    await made.close();
    await made.close();
    expect(await call).toMatchObject({ error: expect.any(TransportError) });
  });

  async function started(starting: Promise<LoopbackProxy>): Promise<LoopbackProxy> {
    const proxy = await starting;
    stops.push(() => proxy.stop());
    return proxy;
  }
});

import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { PushCall } from "../../src/core/ports/inbox.ts";
import { createProvider, providerConfig } from "../../src/providers/index.ts";
import type { AsanakMode } from "../../src/sandbox/asanak/modes.ts";
import { startAsanakSimulator } from "../../src/sandbox/asanak/server.ts";
import type { PanelUnderTest } from "../contracts/sms-provider.ts";
import { createDeps } from "./deps.ts";
import { portOf } from "./panel-server.ts";

const login = { username: "contract-user", password: "contract-password" };
const sending = new Set(["sendsms", "p2psendsms", "template"]);

/** Asanak's provider, connected to its simulator. */
export async function startAsanak(): Promise<PanelUnderTest> {
  const template = { id: 1234, text: "سلام {{name}}، کد شما {{code}}" };
  const panel = await startAsanakSimulator({ ...login, deliverAfterMs: 60_000, templates: [template] });
  const hook = await openHook();
  panel.registerWebhook(hook.url);
  const provider = createProvider(
    "main",
    providerConfig.parse({
      kind: "asanak",
      ...login,
      baseUrl: panel.url,
      inboxToken: "0123456789abcdef",
      timeoutSeconds: 1.5,
    }),
    createDeps(),
  );
  const arm = (mode: AsanakMode) => () => panel.mode({ ...mode, times: 1 });
  return {
    provider,
    line: "+982164063188",
    secrets: Object.values(login),
    template: {
      settings: { templateId: 1234, parameters: ["name", "code"] },
      values: ["سارا", "42"],
      text: "سلام سارا، کد شما 42",
    },
    accepted: () => panel.ledger,
    sendCalls: () => panel.calls.filter((call) => sending.has(call.method)).length,
    failures: {
      busy: arm({ kind: "refuse", refusal: "system" }),
      "rate-limited": arm({ kind: "refuse", refusal: "tooMany" }),
      "bad-credentials": arm({ kind: "refuse", refusal: "passwordExpired" }),
      "no-credit": arm({ kind: "refuse", refusal: "noCredit" }),
      "bad-line": arm({ kind: "refuse", refusal: "inactiveSource" }),
      "bad-recipient": arm({ kind: "refuse", refusal: "badDestination" }),
      blacklisted: arm({ kind: "refuse", refusal: "blacklisted" }),
      "wrong-time": arm({ kind: "refuse", refusal: "wrongTime" }),
      "address-refused": arm({ kind: "html" }),
      silent: arm({ kind: "silent" }),
      cut: arm({ kind: "cut" }),
      "cut-before": arm({ kind: "cut-before" }),
      "server-error": arm({ kind: "status", status: 502 }),
      unreadable: arm({ kind: "unreadable" }),
    },
    deliver: (id) => panel.setStatus(id, 6),
    async push(sms) {
      await panel.receive(sms);
      return hook.takeCall();
    },
    async stop() {
      await panel.stop();
      await hook.stop();
    },
  };
}

/** Takes what the panel pushes, as it comes over the wire. */
async function openHook() {
  const calls: PushCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      calls.push(toCall(request, Buffer.concat(chunks)));
      response.end("OK");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/hooks/main/0123456789abcdef`,
    takeCall(): PushCall {
      const call = calls.shift();
      if (!call) throw new Error("the panel has pushed nothing");
      return call;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function toCall(request: IncomingMessage, body: Buffer): PushCall {
  const url = request.url ?? "";
  const cut = url.indexOf("?");
  return {
    method: request.method ?? "",
    query: cut < 0 ? "" : url.slice(cut + 1),
    contentType: request.headers["content-type"] ?? "",
    body,
  };
}

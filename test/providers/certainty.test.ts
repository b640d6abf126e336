import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { FailureCode } from "../../src/core/ports/provider-error.ts";
import type { SmsProvider } from "../../src/core/ports/sms-provider.ts";
import { createProvider, providerConfig } from "../../src/providers/index.ts";
import { startDeafListener } from "./deaf-listener.ts";
import { createDeps, failureOf, never } from "./deps.ts";
import { json, type PanelAnswer, type PanelCall, portOf, startPanel } from "./panel-server.ts";
import { startRaw } from "./raw-server.ts";
import { sent as soapSent, xml } from "./soap-panel.bare.ts";

// The certainty table of decision 4 for each panel, over real sockets: whether an SMS may have left.

interface Kind {
  readonly kind: "asanak" | "soap-panel" | "mydnspanel";
  readonly login: object;
  readonly line: string;
  /** Takes one SMS. */
  readonly takes: PanelAnswer;
  /** The panel's own refusal for want of credit. */
  readonly refuses: (http: number) => PanelAnswer;
  /** A refusal with a code that stands in no table. */
  readonly refusesStrangely: (http: number) => PanelAnswer;
}

const kinds: readonly Kind[] = [
  {
    kind: "asanak",
    login: { username: "the-user-name", password: "the-password" },
    line: "+982164063188",
    takes: json(200, { meta: { status: 200, message: "success" }, data: [5271599999] }),
    refuses: (http) => json(http, { meta: { status: 1006, message: "Not enough credit." }, data: [] }),
    refusesStrangely: (http) => json(http, { meta: { status: 4711, message: "?" }, data: [] }),
  },
  {
    kind: "soap-panel",
    login: { username: "the-user-name", password: "the-password" },
    line: "30001234",
    takes: xml(200, soapSent(1, ["9007199254740993"])),
    refuses: (http) => xml(http, soapSent(2, [])),
    refusesStrangely: (http) => xml(http, soapSent(4711, [])),
  },
  {
    kind: "mydnspanel",
    login: { apiKey: "the-api-key-0123456789" },
    line: "50004321",
    takes: json(200, { result: "1", sendID: 71_234 }),
    refuses: (http) => json(http, { result: "109" }),
    refusesStrangely: (http) => json(http, { result: "4711" }),
  },
];

const path = "/webservice/server";
const sms = { peers: ["+989121234567"], text: "سلام" };

function open({ kind, login }: Kind, origin: string, timeoutSeconds = 5): SmsProvider {
  const settings = providerConfig.parse({ kind, ...login, baseUrl: `${origin}${path}`, timeoutSeconds });
  const provider = createProvider("main", settings, createDeps());
  onTestFinished(() => provider.close());
  return provider;
}

/** Whether a call sends: the SOAP panel is also asked for its contract. */
const sends = ({ method }: Pick<PanelCall, "method">) => method === "POST";

/** A panel that does this with calls that send, and has no contract to show. */
async function openBefore(kind: Kind, answer: PanelAnswer, timeoutSeconds?: number) {
  const panel = await startPanel((call, response) => {
    if (sends(call)) answer(call, response);
    else response.writeHead(404).end();
  });
  const provider = open(kind, panel.url, timeoutSeconds);
  return { provider, sendCalls: () => panel.calls.filter(sends) };
}

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const gone = createServer().listen(0, "127.0.0.1");
  await once(gone, "listening");
  const port = portOf(gone.address());
  await new Promise((resolve) => gone.close(resolve));
  return port;
}

/** The text goes over the wire as it stands, and the connection ends. */
const raw =
  (text: string): PanelAnswer =>
  ({ socket }) =>
    void socket.end(text);

describe.each(kinds)("before anything is written to $kind a failure is certain:", (kind) => {
  it("nobody listens", async () => {
    const provider = open(kind, `http://127.0.0.1:${await closedPort()}`);
    expect(await failureOf(provider.send({ line: kind.line, ...sms }, never))).toMatchObject({
      code: "unreachable",
      certain: true,
    });
  });

  it("no connection comes about in time", async () => {
    const provider = open(kind, `http://127.0.0.1:${await startDeafListener()}`, 0.4);
    expect(await failureOf(provider.send({ line: kind.line, ...sms }, never))).toMatchObject({
      code: "unreachable",
      certain: true,
    });
  });

  it("there is no such name", async () => {
    // A label of 64 letters is refused by the machine's own resolver, which asks nobody.
    const provider = open(kind, `http://${"a".repeat(64)}.invalid`);
    expect(await failureOf(provider.send({ line: kind.line, ...sms }, never))).toMatchObject({
      code: "unreachable",
      certain: true,
    });
  });

  it.each([
    [
      "speaks no TLS",
      (socket: Socket) => void socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    ],
    ["hangs up in the handshake", (socket: Socket) => void socket.once("data", () => socket.destroy())],
    ["says nothing in the handshake", () => undefined],
  ])("the other side %s", async (_, onSocket) => {
    const { port } = await startRaw(onSocket);
    const provider = open(kind, `https://127.0.0.1:${port}`, 0.8);
    expect(await failureOf(provider.send({ line: kind.line, ...sms }, never))).toMatchObject({
      code: "unreachable",
      certain: true,
    });
  });
});

const half = (text: string) => text.slice(0, Math.floor(text.length / 2));

const uncertain: readonly {
  readonly name: string;
  readonly answer: (kind: Kind) => PanelAnswer;
  readonly code: FailureCode;
}[] = [
  {
    name: "is cut before a byte of an answer",
    answer:
      () =>
      ({ socket }) =>
        void socket.destroy(),
    code: "no-answer",
  },
  {
    name: "is reset",
    answer:
      () =>
      ({ socket }) =>
        void socket.resetAndDestroy(),
    code: "no-answer",
  },
  { name: "ends in the head of the answer", answer: () => raw("HTTP/1.1 200 OK\r\nContent-Le"), code: "no-answer" },
  {
    name: "ends in the body of the answer",
    answer: () => raw('HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"meta"'),
    code: "no-answer",
  },
  {
    name: "stalls in the body of the answer",
    answer: () => (_, response) => void response.writeHead(200, { "content-length": "90" }).write("{"),
    code: "no-answer",
  },
  { name: "never answers", answer: () => () => undefined, code: "no-answer" },
  { name: "answers no HTTP", answer: () => raw("220 mail.example ESMTP\r\n"), code: "bad-reply" },
  ...[500, 502, 503, 504].flatMap((http) => [
    {
      name: `answers ${http} with a page`,
      answer: () => ((_, response) => void response.writeHead(http).end("<html>no</html>")) satisfies PanelAnswer,
      code: "bad-reply" as const,
    },
    {
      name: `answers ${http} with a code that nobody knows`,
      answer: (kind: Kind) => kind.refusesStrangely(http),
      code: "bad-reply" as const,
    },
  ]),
  { name: "answers 408", answer: () => (_, response) => void response.writeHead(408).end(), code: "bad-reply" },
  {
    name: "redirects",
    answer: () => (_, response) => void response.writeHead(302, { location: "/login" }).end(),
    code: "bad-reply",
  },
  {
    name: "gives the half of an answer as a whole one",
    answer: () => (_, response) =>
      void response.writeHead(200).end(half('{"meta":{"status":200,"message":"success"}}')),
    code: "bad-reply",
  },
];

describe.each(kinds)("after something was written to $kind a failure is not certain:", (kind) => {
  it.each(uncertain)("the panel $name", async ({ answer, code }) => {
    const { provider, sendCalls } = await openBefore(kind, answer(kind), 0.8);
    const failure = await failureOf(provider.send({ line: kind.line, ...sms }, never));
    expect(failure).toMatchObject({ code, certain: false });
    expect(sendCalls()).toHaveLength(1);
  });

  it("in whichever way an SMS is sent, and nothing is called twice", async () => {
    const { provider, sendCalls } = await openBefore(kind, ({ socket }) => void socket.destroy());
    const [peer = ""] = sms.peers;
    const { line } = kind;
    const settings = {
      asanak: { templateId: 1, parameters: ["a"] },
      mydnspanel: { textCode: 1, variables: ["a"] },
      "soap-panel": {},
    }[kind.kind];
    const rows = [1, 2].map((n) => ({ line, peer, text: `متن ${n}` }));
    const ways = [
      provider.batch?.send(rows, never),
      provider.templates?.send({ line, peer, template: settings, values: ["۱"] }, never),
      provider.schedule?.send({ line, peers: [peer], text: "فردا", at: Date.now() + 86_400_000 }, never),
    ].filter((call) => call !== undefined);
    const failures = await Promise.all(ways.map(failureOf));
    for (const failure of failures) if (failure.code !== "unsupported") expect(failure.certain).toBe(false);
    expect(sendCalls()).toHaveLength(failures.filter(({ code }) => code !== "unsupported").length);
  });
});

describe.each(kinds)("what $kind itself says of a send", (kind) => {
  it.each([200, 500, 503])("is certain where it is a refusal of its table, under HTTP %i too", async (http) => {
    const { provider } = await openBefore(kind, kind.refuses(http));
    expect(await failureOf(provider.send({ line: kind.line, ...sms }, never))).toMatchObject({
      code: "no-credit",
      certain: true,
    });
  });

  it("is not certain where it is a success under HTTP 500", async () => {
    const { provider } = await openBefore(kind, (call, response) => {
      const end = response.writeHead.bind(response);
      response.writeHead = ((_: number, headers: Record<string, string>) =>
        end(500, headers)) as typeof response.writeHead;
      kind.takes(call, response);
    });
    expect(await failureOf(provider.send({ line: kind.line, ...sms }, never))).toMatchObject({ certain: false });
  });
});

describe.each(kinds)("a connection to $kind that is kept", (kind) => {
  it.each([
    ["closed", (socket: Socket) => void socket.end()],
    ["reset", (socket: Socket) => void socket.resetAndDestroy()],
  ])("and that the panel has %s meanwhile is not taken for a cut", async (_, cut) => {
    const { provider, sendCalls } = await openBefore(kind, (call, response) => {
      response.on("close", () => setTimeout(() => cut(call.socket), 20));
      kind.takes(call, response);
    });
    for (let n = 0; n < 3; n++) {
      expect((await provider.send({ line: kind.line, ...sms }, never)).ids).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    expect(sendCalls()).toHaveLength(3);
  });
});

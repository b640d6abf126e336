import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { ProviderError } from "../../src/core/ports/provider-error.ts";
import type { SmsProvider } from "../../src/core/ports/sms-provider.ts";
import { createProvider, providerConfig } from "../../src/providers/index.ts";
import { createDeps, everythingIn, never } from "../providers/deps.ts";
import { type PanelAnswer, startPanel } from "../providers/panel-server.ts";
import { answer, envelope, sent } from "../providers/soap-panel.bare.ts";
import { damaged, wildBytes, wildJson } from "./arbitraries.ts";

// What is certain is told by docs/decisions/0004. These tables were written from it and from the manuals, not from the adapters.

interface PanelCase {
  readonly kind: string;
  readonly settings: object;
  readonly line: string;
  readonly secrets: readonly string[];
  /** Bodies in which a refusal or a success may be found. */
  readonly bodies: fc.Arbitrary<string>;
  /** Whether a person could read the body as: it was taken. Wide; it only bounds. */
  maySaySent(text: string): boolean;
  /** Whether a person could read it as a refusal in the table. */
  mayRefuse(text: string): boolean;
}

const html = "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>";

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
}

const numberIn = (value: unknown) => (/^\s*-?\d+\s*$/.test(String(value)) ? Number(value) : undefined);

const asanakRefusals = [400, 429, 1001, 1002, 1004, 1005, 1006, 1008, 1009, 1010, 1013, 1014, 1015];
const asanakCodes = (text: string) => {
  const { status, code } = fieldsOf(fieldsOf(jsonOf(text)).meta);
  return [status, code].map(numberIn);
};

const asanak: PanelCase = {
  kind: "asanak",
  settings: { username: "the-user-name", password: "the-pass&word", inboxToken: "0123456789abcdef" },
  line: "+982164063188",
  secrets: ["the-user-name", "the-pass&word"],
  bodies: fc.oneof(
    wildJson(
      ["meta", "data", "status", "code", "message", "msgid", "MsgID", "Status", "credit", "invalid_numbers"],
      [200, "200", 400, 500, 1001, 1005, "1010", 1999, 5271599999, "5271599999", "0", null, true, [], "the-pass&word"],
    ).map((value) => JSON.stringify(value)),
    fc
      .tuple(
        fc.constantFrom(200, ...asanakRefusals, 1, 500, 1003, 1999),
        wildJson(["id"], [1, "2", null, "the-user-name"]),
      )
      .map(([status, data]) => JSON.stringify({ meta: { status, message: "the-pass&word refused" }, data })),
    damaged([
      '{"meta":{"status":200,"message":"success"},"data":[5271599999]}',
      '{"meta":{"status":1010},"data":[]}',
      html,
    ]),
  ),
  maySaySent: (text) => Array.isArray(jsonOf(text)) || asanakCodes(text).includes(200),
  mayRefuse: (text) => asanakCodes(text).some((code) => code !== undefined && asanakRefusals.includes(code)),
};

const mydnspanelRefusals = [-1, -2, -3, -4, -5, 0, 100, 103, 104, 105, 106, 107, 108, 109, 112, 114];
const resultsIn = (text: string) => {
  const json = jsonOf(text);
  return [json, fieldsOf(json).result, Array.isArray(json) ? json[0] : undefined];
};

const mydnspanel: PanelCase = {
  kind: "mydnspanel",
  settings: { apiKey: "the-api-key-0123456789" },
  line: "50004321",
  secrets: ["the-api-key-0123456789"],
  bodies: fc.oneof(
    wildJson(
      [
        "result",
        "data",
        "sendID",
        "id",
        "code",
        "error",
        "status",
        "description",
        "credit",
        "messages",
        "text",
        "from",
      ],
      [1, "1", 0, -1, "-5", 105, 112, 113, 114, 999, 71234, "71234", true, null, [], {}, "the-api-key-0123456789"],
    ).map((value) => JSON.stringify(value)),
    fc
      .tuple(
        fc.constantFrom(1, "1", ...mydnspanelRefusals, 113, 115, 500),
        fc.constantFrom(undefined, 71234, [71234], {}),
      )
      .map(([result, data]) => JSON.stringify({ result, data, description: "the-api-key-0123456789 is wrong" })),
    damaged(['{"result":"1","sendID":"71234"}', '{"result":"105"}', "71234", "1", "-1", html]),
  ),
  maySaySent: (text) =>
    resultsIn(text).some((found) => {
      const number = numberIn(found);
      return number === 1 || (number !== undefined && number > 9_999) || typeof found === "object";
    }),
  mayRefuse: (text) =>
    resultsIn(text).some((found) => {
      const code = numberIn(found);
      return code !== undefined && mydnspanelRefusals.includes(code);
    }),
};

const soapRefusal = /Result[^>]*>\s*(?:0*(?:0|2|3|4|5|7|9|10|11|12|14|15|100))\s*</;
const soapPanel: PanelCase = {
  kind: "soap-panel",
  settings: { username: "the-user-name", password: "the-<pass>&word" },
  line: "30001234",
  secrets: ["the-user-name", "the-<pass>&word"],
  bodies: fc.oneof(
    fc
      .tuple(
        fc.oneof(fc.integer({ min: -2, max: 110 }), fc.constantFrom("", "true", "1 ", "x")),
        fc.array(fc.constantFrom(0, 1, 5271599999, "", "x", -1), { maxLength: 3 }),
        fc.constantFrom("", "<status>AA==</status>", "<status>AQ==</status>", "<status><int>1</int></status>"),
      )
      .map(([code, ids, status]) =>
        answer("SendSms", code, `<recId>${ids.map((id) => `<long>${id}</long>`).join("")}</recId>${status}`),
      ),
    fc
      .tuple(
        fc.constantFrom("soap:Server", "soap:Client", "Sender", "x", ""),
        fc.constantFrom("the-user-name", "failed"),
      )
      .map(([code, words]) =>
        envelope(`<soap:Fault><faultcode>${code}</faultcode><faultstring>${words}</faultstring></soap:Fault>`),
      ),
    damaged([sent(1, [5271599999]), sent(5, []), answer("SendSms", 0), envelope(""), html]),
  ),
  maySaySent: (text) => text.includes("SendSmsResponse") || /Response/i.test(text),
  mayRefuse: (text) =>
    soapRefusal.test(text) || /Fault/i.test(text) || (/Result[^>]*>\s*1\s*</.test(text) && /status/i.test(text)),
};

async function startCase({ kind, settings }: PanelCase) {
  let next: PanelAnswer = (_, response) => void response.end();
  const panel = await startPanel((call, response) => {
    if (call.method === "GET") response.writeHead(404).end();
    else next(call, response);
  });
  const deps = createDeps();
  const provider = createProvider("main", providerConfig.parse({ kind, ...settings, baseUrl: panel.url }), deps);
  onTestFinished(() => provider.close());
  const answerWith = (status: number, type: string, body: string | Uint8Array) => {
    next = (_, response) => void response.writeHead(status, { "content-type": type }).end(body);
  };
  return { provider, logged: deps.logged, answerWith };
}

/** Every question that a provider of this kind can be asked, beside sending. */
function questions(provider: SmsProvider, line: string): (() => Promise<unknown>)[] {
  const lines = [line];
  const { credit, reports, inbox, status, sentList } = provider;
  return [
    ...(credit ? [() => credit.read(never)] : []),
    ...(reports ? [() => reports.fetch([{ id: "5271599999" }], never)] : []),
    ...(status ? [() => status.read(lines, never)] : []),
    ...(sentList ? [() => sentList.read(line, never)] : []),
    ...(inbox?.mode === "poll" ? [async () => inbox.parse(await inbox.fetch(lines, never), lines)] : []),
  ];
}

const statuses = fc.oneof(
  { weight: 3, arbitrary: fc.constant(200) },
  { weight: 1, arbitrary: fc.constantFrom(201, 302, 400, 401, 403, 404, 408, 429, 500, 502, 503) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
);
const types = fc.constantFrom("application/json", "text/xml; charset=utf-8", "text/html", "nonsense");

describe.for([asanak, mydnspanel, soapPanel])("answers of $kind", (panel) => {
  it("whatever comes back for a send, it is sent, certainly not sent, or uncertain only as the table says", async () => {
    const { provider, answerWith, logged } = await startCase(panel);
    const body = fc.oneof({ weight: 4, arbitrary: panel.bodies }, { weight: 1, arbitrary: wildBytes });
    await fc.assert(
      fc.asyncProperty(statuses, types, body, async (status, type, written) => {
        answerWith(status, type, written);
        const peers = ["+989121234567"];
        const end = await provider
          .send({ line: panel.line, peers, text: "سلام" }, never)
          .catch((error: unknown) => error);
        const text = status === 204 || status === 304 ? "" : Buffer.from(written).toString("utf8");
        if (!(end instanceof ProviderError)) {
          expect(end).toHaveProperty("ids");
          expect(status >= 200 && status < 300 && panel.maySaySent(text)).toBe(true);
          return;
        }
        const blamesUs = status >= 400 && status < 500 && status !== 408;
        if (end.certain) expect(blamesUs || panel.mayRefuse(text)).toBe(true);
        for (const secret of panel.secrets) expect(everythingIn(end)).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
    for (const secret of panel.secrets) expect(everythingIn(logged)).not.toContain(secret);
  });

  it("whatever comes back for a question, it is read or is a failure of the panel, and shows no secret", async () => {
    const { provider, answerWith } = await startCase(panel);
    const body = fc.oneof({ weight: 4, arbitrary: panel.bodies }, { weight: 1, arbitrary: wildBytes });
    await fc.assert(
      fc.asyncProperty(statuses, types, body, async (status, type, written) => {
        answerWith(status, type, written);
        for (const ask of questions(provider, panel.line)) {
          const end = await ask().catch((error: unknown) => error);
          if (!(end instanceof Error)) continue;
          expect(end).toBeInstanceOf(ProviderError);
          expect(end).toHaveProperty("certain", true);
          for (const secret of panel.secrets) expect(everythingIn(end)).not.toContain(secret);
        }
      }),
      { numRuns: 100 },
    );
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { asanakConfig } from "../../src/providers/asanak/config.ts";
import { createAsanak } from "../../src/providers/asanak/index.ts";
import { createDeps, everythingIn, failureOf, never } from "./deps.ts";
import { json, type PanelAnswer, startPanel } from "./panel-server.ts";

const login = { username: "the-user-name", password: "the-pass&word" };
const line = "+982164063188";
const peer = "+989121234567";
const other = "+989351234567";
const text = "سلام\n😀 & خداحافظ";

const fixture = z.object({ status: z.int(), body: z.unknown() });

function recorded(name: string): PanelAnswer {
  const file = new URL(`./fixtures/asanak/${name}.json`, import.meta.url);
  const { status, body } = fixture.parse(JSON.parse(readFileSync(file, "utf8")));
  return json(status, body);
}

async function start(answer: PanelAnswer, settings: Partial<z.input<typeof asanakConfig>> = {}) {
  const panel = await startPanel(answer);
  const deps = createDeps();
  const config = asanakConfig.parse({
    kind: "asanak",
    ...login,
    baseUrl: `${panel.url}/webservice/v2rest`,
    ...settings,
  });
  const provider = createAsanak("main", config, deps);
  onTestFinished(() => provider.close());
  const bodies = () => panel.calls.map((call): unknown => JSON.parse(call.body));
  return { panel, provider, bodies, logged: deps.logged };
}

describe("sending one text", () => {
  it("posts the manual's fields as JSON, numbers in the manual's spelling, the login in no URL", async () => {
    const { panel, provider, bodies } = await start(recorded("sendsms-v2"));
    const receipt = await provider.send({ line, peers: [peer, other], text }, never);
    expect(receipt).toEqual({ ids: ["5271599999", "5271600000"] });
    expect(panel.calls).toMatchObject([
      {
        method: "POST",
        path: "/webservice/v2rest/sendsms",
        headers: { "content-type": "application/json", accept: "application/json" },
      },
    ]);
    expect(bodies()).toEqual([
      { ...login, source: "982164063188", destination: "09121234567,09351234567", message: text },
    ]);
  });

  it("posts a form where that is configured", async () => {
    const { panel, provider } = await start(recorded("sendsms-v2"), { encoding: "form", sendToBlacklist: false });
    await provider.send({ line: "30001234", peers: [peer], text }, never);
    expect(panel.calls[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(panel.calls[0]?.body))).toEqual({
      ...login,
      source: "30001234",
      destination: "09121234567",
      message: text,
      send_to_blacklist: "0",
    });
  });

  it("hands back as many ids as the panel gave, for core to judge", async () => {
    const { provider } = await start(json(200, { meta: { status: 200 }, data: [7] }));
    expect(await provider.send({ line, peers: [peer, other], text }, never)).toEqual({ ids: ["7"] });
  });

  it("refuses what would reach somebody else, without a call", async () => {
    const { panel, provider } = await start(recorded("sendsms-v2"));
    const calls = [
      provider.send({ line, peers: ["09121234567,09351234567"], text }, never),
      provider.send({ line, peers: ["Bank-Melli"], text }, never),
      provider.send({ line: "a name", peers: [peer], text }, never),
      provider.send({ line, peers: [], text }, never),
      provider.send({ line, peers: Array.from({ length: 101 }, () => peer), text }, never),
    ];
    const failures = await Promise.all(calls.map(failureOf));
    expect(failures.map((failure) => failure.code)).toEqual([
      "bad-recipient",
      "bad-recipient",
      "bad-line",
      "bad-request",
      "bad-request",
    ]);
    expect(failures.every((failure) => failure.certain)).toBe(true);
    expect(panel.calls).toEqual([]);
  });
});

describe("sending different texts", () => {
  const rows = [
    { line, peer, text: "one" },
    { line: "30001234", peer: other, text: "two" },
  ];
  const wire = [
    { source: "982164063188", destination: "09121234567", message: "one" },
    { source: "30001234", destination: "09351234567", message: "two" },
  ];

  it("takes one call for all", async () => {
    const { panel, provider, bodies } = await start(recorded("p2psendsms-v2"));
    expect(await provider.batch?.send(rows, never)).toEqual({ ids: ["5271600001", "5271600002"] });
    expect(panel.calls[0]?.path).toBe("/webservice/v2rest/p2psendsms");
    expect(bodies()).toEqual([{ ...login, data: wire }]);
  });

  it("puts the rows as JSON into a form", async () => {
    const { panel, provider } = await start(recorded("p2psendsms-v2"), { encoding: "form", sendToBlacklist: true });
    await provider.batch?.send(rows, never);
    const form = new URLSearchParams(panel.calls[0]?.body);
    expect(JSON.parse(form.get("data") ?? "")).toEqual(wire.map((row) => ({ ...row, send_to_blacklist: 1 })));
  });
});

describe("sending a template", () => {
  const template = { templateId: 1234, parameters: ["name", "code"] };

  it("names its values", async () => {
    const { panel, provider, bodies } = await start(recorded("template-v2"));
    expect(await provider.templates?.send({ line, peer, template, values: ["سارا", "42"] }, never)).toEqual({
      ids: ["89545112"],
    });
    expect(panel.calls[0]?.path).toBe("/webservice/v2rest/template");
    expect(bodies()).toEqual([
      { ...login, template_id: 1234, destination: "09121234567", parameters: { name: "سارا", code: "42" } },
    ]);
  });

  it.each([
    ["other settings", { id: 1 }, ["a", "b"]],
    ["too few values", template, ["a"]],
    ["too many values", template, ["a", "b", "c"]],
  ])("is refused with %s, without a call", async (_, given, values) => {
    const { panel, provider } = await start(recorded("template-v2"));
    const failure = await failureOf(
      Promise.resolve(provider.templates?.send({ line, peer, template: given, values }, never)),
    );
    expect(failure).toMatchObject({ code: "bad-template", certain: true });
    expect(panel.calls).toEqual([]);
  });

  it("that is not active is a bad template, though its code is that of the blacklist", async () => {
    const refusal = json(406, { meta: { status: 1001, message: "Template is not valid/active" } });
    const { provider } = await start(refusal);
    const sms = { line, peer, template, values: ["a", "b"] };
    expect(await failureOf(Promise.resolve(provider.templates?.send(sms, never)))).toMatchObject({
      code: "bad-template",
      certain: true,
    });
    expect(await failureOf(provider.send({ line, peers: [peer], text }, never))).toMatchObject({
      code: "blacklisted",
      certain: true,
    });
  });
});

describe("reports", () => {
  it("are asked for many ids at once, and only those asked for are told", async () => {
    const { panel, provider, bodies } = await start(recorded("msgstatus-v1"));
    expect(await provider.reports?.fetch([{ id: "4456772" }, { id: "4456799" }], never)).toEqual([
      { id: "4456772", state: "delivered", vendor: "6 Success" },
    ]);
    expect(panel.calls[0]?.path).toBe("/webservice/v2rest/msgstatus");
    expect(bodies()).toEqual([{ ...login, msgid: "4456772,4456799" }]);
  });

  it("are asked at the ages that are configured", async () => {
    const { provider } = await start(recorded("msgstatus-v1"), { reportSeconds: [1, 2] });
    expect(provider.reports).toMatchObject({ idsPerCall: 100, askAtSeconds: [1, 2] });
  });

  it("that fail, fail certainly", async () => {
    const { provider } = await start(({ socket }) => void socket.destroy());
    expect(await failureOf(Promise.resolve(provider.reports?.fetch([{ id: "1" }], never)))).toMatchObject({
      code: "no-answer",
      certain: true,
    });
  });
});

describe("credit", () => {
  const answers: Record<string, number> = { getcredit: 928, getrialcredit: 1_250_000 };

  it("is told in SMS and in rial", async () => {
    const { provider } = await start((call, response) => {
      const method = call.path.split("/").at(-1) ?? "";
      json(200, { meta: { status: 200, message: "success" }, data: { credit: answers[method] } })(call, response);
    });
    expect(await provider.credit?.read(never)).toEqual([
      { unit: "messages", amount: 928 },
      { unit: "rial", amount: 1_250_000 },
    ]);
  });

  it.each([
    ["getcredit", [{ unit: "rial", amount: 5 }]],
    ["getrialcredit", [{ unit: "messages", amount: 5 }]],
  ])("is told in the other unit where %s fails", async (failing, expected) => {
    const { provider } = await start((call, response) => {
      const fails = call.path.endsWith(`/${failing}`);
      json(fails ? 500 : 200, fails ? "down" : { meta: { status: 200 }, data: { credit: 5 } })(call, response);
    });
    expect(await provider.credit?.read(never)).toEqual(expected);
  });

  it("fails with the panel's reason where both fail", async () => {
    const { provider } = await start(json(401, { meta: { status: 1015, message: "expired" } }));
    expect(await failureOf(Promise.resolve(provider.credit?.read(never)))).toMatchObject({
      code: "bad-credentials",
      certain: true,
      vendor: "1015 expired",
    });
  });

  it("without a number in the answer is a bad reply", async () => {
    const { provider } = await start(json(200, { meta: { status: 200 }, data: {} }));
    expect(await failureOf(Promise.resolve(provider.credit?.read(never)))).toMatchObject({
      code: "bad-reply",
      certain: true,
    });
  });
});

describe("a failed send", () => {
  const send = async (answer: PanelAnswer, settings: Parameters<typeof start>[1] = {}) => {
    const started = await start(answer, settings);
    return { failure: await failureOf(started.provider.send({ line, peers: [peer], text }, never)), ...started };
  };

  it("keeps the panel's code and words, and logs invalid numbers masked", async () => {
    const invalid = json(406, {
      meta: { status: 1010, message: "Destination list is not valid." },
      data: { Invalids: ["09121234567"] },
    });
    const { failure, logged } = await send(invalid);
    expect(failure).toMatchObject({
      code: "bad-recipient",
      certain: true,
      httpStatus: 406,
      vendor: "1010 Destination list is not valid.",
    });
    expect(JSON.stringify(logged)).toContain("0912***67");
    expect(JSON.stringify(logged)).not.toContain("09121234567");
  });

  it("keeps how long the panel asked us to wait", async () => {
    const { failure } = await send(json(429, { meta: { status: 429, message: "slow down" } }, { "retry-after": "30" }));
    expect(failure).toMatchObject({ code: "rate-limited", certain: true, retryAfterMs: 30_000 });
  });

  it.each([
    ["a 5xx without the panel's answer", json(502, "<html>Bad gateway</html>", { "content-type": "text/html" })],
    ["an empty 500", json(500, "")],
    ["a 200 that cannot be read", json(200, "OK")],
    ["a 200 with half an answer", json(200, '{"meta":{"status":200},"da')],
    ["a 200 with an unknown code", json(200, { meta: { status: 4711, message: "?" } })],
    ["a 500 with an unknown code", json(500, { meta: { status: 4711, message: "?" } })],
    ["a redirect", json(301, "", { location: "https://elsewhere.example/" })],
    ["a 500 that speaks of success", json(500, { meta: { status: 200 }, data: [1] })],
    ["a 406 that speaks of success", json(406, { meta: { status: 200 }, data: [1] })],
  ])("is not certain with %s", async (_, answer) => {
    const { failure, panel } = await send(answer);
    expect(failure).toMatchObject({ code: "bad-reply", certain: false });
    expect(panel.calls).toHaveLength(1);
  });

  it.each([
    ["a refusal with an unknown code", json(422, { meta: { status: 4711, message: "no" } }), "rejected"],
    [
      "a refusal under HTTP 200",
      json(200, { meta: { status: 1006, message: "Not enough credit" }, data: [] }),
      "no-credit",
    ],
    ["a page that is not there", json(404, "not found"), "busy"],
    ["an HTML 403", json(403, "<html>", { "content-type": "text/html" }), "address-refused"],
    ["a bare 403", json(403, ""), "address-refused"],
    ["a 403 of the panel", json(403, { meta: { status: 1013, message: "در این بازه" } }), "wrong-time"],
  ])("is certain with %s", async (_, answer, code) => {
    expect((await send(answer)).failure).toMatchObject({ code, certain: true });
  });

  it("is not certain when the time is up, and is not sent twice", async () => {
    const { panel, provider } = await start(() => undefined, { timeoutSeconds: 0.6 });
    expect(provider.limits.sendTimeoutMs).toBe(600);
    const failure = await failureOf(provider.send({ line, peers: [peer], text }, never));
    expect(failure).toMatchObject({ code: "no-answer", certain: false });
    expect(panel.calls).toHaveLength(1);
  });

  it("has its code whole, though the login is a part of it", async () => {
    const { failure } = await send(json(406, { meta: { status: 1010, message: "user 10 named nobody" } }), {
      username: "10",
    });
    expect(failure.vendor).toBe("1010 user *** named nobody");
  });

  it.each([
    ["repeats the login in its words", `user ${login.username} with ${login.password} not found`],
    ["repeats it where the words are cut", `${"x".repeat(190)}${login.password}`],
    ["repeats it encoded", encodeURIComponent(login.password)],
  ])("shows no login, where the panel %s", async (_, message) => {
    const { failure, logged } = await send(json(401, { meta: { status: 1008, message } }));
    expect(failure.code).toBe("bad-credentials");
    for (const shown of [everythingIn(failure), JSON.stringify(logged)]) {
      expect(shown).not.toContain(login.username);
      expect(shown).not.toContain("the-pass");
    }
  });
});

describe("an Asanak provider", () => {
  it("takes its limits from the settings, and has an inbox only with a token", async () => {
    const { provider } = await start(json(200, {}), { perSecond: 3, inFlight: 2 });
    expect(provider).toMatchObject({
      id: "main",
      kind: "asanak",
      limits: { receiversPerCall: 100, perSecond: 3, inFlight: 2 },
    });
    expect(provider.inbox).toBeUndefined();
    const withToken = await start(json(200, {}), { inboxToken: "0123456789abcdef" });
    expect(withToken.provider.inbox?.mode).toBe("push");
  });

  it("closes twice", async () => {
    const { provider } = await start(json(200, {}));
    await provider.close();
    await provider.close();
    expect(await failureOf(provider.send({ line, peers: [peer], text }, never))).toMatchObject({
      code: "interrupted",
      certain: true,
    });
  });
});

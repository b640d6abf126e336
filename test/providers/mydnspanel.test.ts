import { describe, expect, it } from "vitest";
import { everythingIn, failureOf, never } from "./deps.ts";
import { apiKey, formOf, line, other, peer, recorded, start } from "./mydnspanel.start.ts";
import { json, type PanelAnswer, type PanelCall } from "./panel-server.ts";

const text = "سلام\r\n--chapar-form\n😀 & خداحافظ = \"5%\" + 'x'";
const sms = { line, peers: [peer], text };
const taken = json(200, { result: "1", sendID: "71234" });

describe("sending one text", () => {
  it("posts the manual's fields as a form to the one address, the key in a header alone", async () => {
    const { panel, provider } = await start(recorded("send"));
    expect(await provider.send(sms, never)).toEqual({ ids: ["71234"] });
    expect(panel.calls).toMatchObject([
      {
        method: "POST",
        path: "/webservice/server",
        headers: { authorization: apiKey, "content-type": "application/x-www-form-urlencoded" },
      },
    ]);
    expect(panel.calls.map(formOf)).toEqual([
      { action: "send", from: "50004321", text, receivers: "9121234567", trySend: "0" },
    ]);
    expect(panel.calls[0]?.body).not.toContain(apiKey);
  });

  it("posts JSON, or a multipart form, where that is configured", async () => {
    const fields = { action: "send", from: "50004321", text, receivers: "9121234567" };
    const asJson = await start(taken, { encoding: "json" });
    await asJson.provider.send(sms, never);
    expect(asJson.panel.calls[0]?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(asJson.panel.calls[0]?.body ?? "")).toEqual({ ...fields, trySend: 0 });

    const asParts = await start(taken, { encoding: "multipart" });
    await asParts.provider.send(sms, never);
    expect(await partsOf(asParts.panel.calls[0])).toEqual({ ...fields, trySend: "0" });
  });

  it("posts what is configured beside it", async () => {
    const settings = { from: "auto", sendType: 1, receiverForm: "international", trySend: 3, phoneBook: 9 } as const;
    const { provider, forms } = await start(taken, settings);
    await provider.send({ ...sms, peers: [peer, other] }, never);
    expect(forms()).toEqual([
      {
        action: "send",
        from: "auto",
        text,
        receivers: "989121234567,989351234567",
        trySend: "3",
        type: "1",
        phoneBook: "9",
      },
    ]);
  });

  it("spells a line with its country code", async () => {
    const { provider, forms } = await start(taken);
    await provider.send({ ...sms, line: "+982164063188" }, never);
    expect(forms()).toMatchObject([{ from: "982164063188" }]);
  });

  it("gives each of several receivers an id of its own, and the send's as their batch", async () => {
    const { provider, forms } = await start(recorded("send-in-data"));
    expect(await provider.send({ ...sms, peers: [peer, other] }, never)).toEqual({
      ids: ["9007199254740993/9121234567", "9007199254740993/9351234567"],
      batch: "9007199254740993",
    });
    expect(forms()).toMatchObject([{ receivers: "9121234567,9351234567" }]);
  });

  it("sends once to a receiver that is named twice", async () => {
    const { provider, forms } = await start(taken);
    expect(await provider.send({ ...sms, peers: [peer, peer] }, never)).toEqual({ ids: ["71234", "71234"] });
    expect(forms()).toMatchObject([{ receivers: "9121234567" }]);
  });

  it("that the panel took without an id is taken all the same", async () => {
    const { provider } = await start(json(200, { result: 1 }));
    expect(await provider.send({ ...sms, peers: [peer, other] }, never)).toEqual({ ids: [undefined, undefined] });
  });

  it.each([
    ["alone", "71234"],
    ["alone in a list", ["71234"]],
    ["alone in data", { result: "1", data: "71234" }],
    ["alone in an object for the result", { result: { sendID: 71_234 } }],
  ])("has its id where that stands %s", async (_, body) => {
    const { provider } = await start(json(200, JSON.stringify(body)));
    expect(await provider.send(sms, never)).toEqual({ ids: ["71234"] });
  });

  it("logs what became of the phone book, and no number", async () => {
    const { provider, logged } = await start(json(200, { result: "1", id: 5, phoneBook: ["-3", "-9"] }), {
      phoneBook: 9,
    });
    expect(await provider.send(sms, never)).toEqual({ ids: ["5"] });
    expect(logged).toMatchObject([{ facts: { phoneBook: ["-3 the number is there already", "-9 unknown"] } }]);
    expect(everythingIn(logged)).not.toContain("9121234567");
  });

  it("refuses what the panel could misunderstand, without a call", async () => {
    const { panel, provider } = await start(taken);
    const calls = [
      ...["+4915112345678", "+982164063188", "30001234", "Bank", "9121234567,9351234567"].map((one) =>
        provider.send({ ...sms, peers: [peer, one] }, never),
      ),
      provider.send({ ...sms, line: "a name" }, never),
      provider.send({ ...sms, peers: [] }, never),
      provider.send({ ...sms, peers: Array.from({ length: 101 }, () => peer) }, never),
    ];
    const failures = await Promise.all(calls.map(failureOf));
    expect(failures.map(({ code, certain }) => [code, certain])).toEqual([
      ...Array.from({ length: 5 }, () => ["bad-recipient", true]),
      ["bad-line", true],
      ["bad-request", true],
      ["bad-request", true],
    ]);
    expect(panel.calls).toEqual([]);
  });
});

describe("a send that fails", () => {
  const failing = async (answer: PanelAnswer, settings = {}) => {
    const { panel, provider, logged } = await start(answer, settings);
    const failure = await failureOf(provider.send(sms, never));
    expect(panel.calls).toHaveLength(1);
    expect(everythingIn([failure, logged]) + everythingIn(failure)).not.toContain(apiKey);
    return failure;
  };

  it("is called by its name, with the panel's words", async () => {
    expect(await failing(recorded("send-operator-error"))).toMatchObject({
      code: "busy",
      certain: true,
      vendor: "112 error of the operator: operator is away",
      httpStatus: 200,
    });
    expect(await failing(json(200, { result: "-2" }))).toMatchObject({
      code: "account-closed",
      certain: true,
      vendor: "-2 access to the web service is switched off",
    });
  });

  it.each([
    ["an error of the operator while the panel tries again", json(200, { result: 112 }), { trySend: 1 }, "busy"],
    ["an unexpected error", json(200, { result: "113" }), {}, "bad-reply"],
    ["an unknown code", json(200, { result: "4711" }), {}, "bad-reply"],
    ["an answer without a result", json(200, { ok: true }), {}, "bad-reply"],
    ["a page", json(200, "<html>"), {}, "bad-reply"],
    ["a server error", json(502, "bad gateway"), {}, "bad-reply"],
    ["a success under a server error", json(500, { result: "1", sendID: 5 }), {}, "bad-reply"],
    ["a cut connection", ({ socket }: PanelCall) => void socket.destroy(), {}, "no-answer"],
    ["silence", () => undefined, { timeoutSeconds: 0.3 }, "no-answer"],
  ])("with %s may have been sent", async (_, answer, settings, code) => {
    expect(await failing(answer, settings)).toMatchObject({ code, certain: false });
  });

  it.each([
    [404, "busy"],
    [401, "bad-credentials"],
    [429, "rate-limited"],
  ])("with HTTP %i alone was not sent: %s", async (http, code) => {
    expect(await failing(json(http, "no"))).toMatchObject({ code, certain: true });
  });

  it("with an error of the operator may have reached some of several receivers", async () => {
    const { provider } = await start(json(200, { result: 112 }));
    expect(await failureOf(provider.send({ ...sms, peers: [peer, other] }, never))).toMatchObject({
      code: "busy",
      certain: false,
    });
    expect(await failureOf(provider.send({ ...sms, peers: [peer, peer] }, never))).toMatchObject({
      code: "busy",
      certain: true,
    });
  });

  it.each([
    ["a small number alone", 4711],
    ["a number that is a code", 109],
    ["an object with an id of anything", { result: { id: 71_234 } }],
    ["an object with an id and an error", { result: { sendID: 71_234, error: 105 } }],
  ])("with %s may have been sent", async (_, body) => {
    expect(await failing(json(200, JSON.stringify(body)))).toMatchObject({ code: "bad-reply", certain: false });
  });

  it("takes secrets out of the panel's words, never out of its code and our title", async () => {
    const failure = await failing(json(200, { result: "-1", message: "-1 is no key" }), { apiKey: "1" });
    expect(failure.vendor).toBe("-1 the connection key is not right: -*** is no key");
  });

  it("never tells the key, though the panel repeats it", async () => {
    const failure = await failing(json(200, { result: "-1", message: `no such key ${apiKey}` }));
    expect(failure.vendor).toBe("-1 the connection key is not right: no such key ***");
  });
});

describe("sending a template", () => {
  const template = { textCode: 12, variables: ["code", "{name}"] };
  const values = ["1234", 'سارا "x"\n'];
  const send = async (settings: Parameters<typeof start>[1] = {}, answer = taken) => {
    const { panel, provider } = await start(answer, settings);
    const receipt = await provider.templates?.send({ line, peer, template, values }, never);
    expect(receipt).toEqual({ ids: ["71234"] });
    return panel.calls[0];
  };
  const byName = { "{code}": "1234", "{name}": 'سارا "x"\n' };
  const fields = { action: "sendServices", from: "auto", textCode: "12", receivers: "9121234567", trySend: "0" };

  it("names its values in braces, in one field of a form", async () => {
    const call = await send();
    const { textData = "", ...rest } = call ? formOf(call) : {};
    expect(rest).toEqual(fields);
    expect(JSON.parse(textData)).toEqual(byName);
    const { textData: part = "", ...others } = await partsOf(await send({ encoding: "multipart" }));
    expect(others).toEqual(fields);
    expect(JSON.parse(part)).toEqual(byName);
  });

  it("names its values as an object in JSON", async () => {
    const call = await send({ encoding: "json", patternFrom: "line" });
    expect(JSON.parse(call?.body ?? "")).toEqual({
      ...fields,
      from: "50004321",
      textCode: 12,
      trySend: 0,
      textData: byName,
    });
  });

  it("gives its values by their places where that is configured", async () => {
    const places = { "textData[0]": values[0], "textData[1]": values[1] };
    const call = await send({ textDataForm: "positional" });
    expect(call && formOf(call)).toEqual({ ...fields, ...places });
    expect(await partsOf(await send({ textDataForm: "positional", encoding: "multipart" }))).toEqual({
      ...fields,
      ...places,
    });
    const asJson = await send({ textDataForm: "positional", encoding: "json" });
    expect(JSON.parse(asJson?.body ?? "")).toMatchObject({ textData: values });
  });

  it.each([
    ["other settings", { id: 1 }, values, peer, "bad-template"],
    ["too few values", template, ["a"], peer, "bad-template"],
    ["a code that is not configured", { otp: true }, ["1234"], peer, "bad-template"],
    ["a receiver abroad", template, values, "+4915112345678", "bad-recipient"],
  ])("is refused with %s, without a call", async (_, given, own, receiver, code) => {
    const { panel, provider } = await start(taken);
    const call = provider.templates?.send({ line, peer: receiver, template: given, values: own }, never);
    expect(await failureOf(Promise.resolve(call))).toMatchObject({ code, certain: true });
    expect(panel.calls).toEqual([]);
  });

  it("is refused by the panel in the words of its own table, the printed one too", async () => {
    for (const result of ["605", "056"]) {
      const { provider } = await start(json(200, { result }));
      const call = provider.templates?.send({ line, peer, template, values }, never);
      expect(await failureOf(Promise.resolve(call))).toMatchObject({ code: "bad-template", certain: true });
    }
  });

  it("tells its values' names", async () => {
    const { provider } = await start(taken);
    expect(provider.templates?.valuesOf(template)).toEqual(["code", "name"]);
    expect(() => provider.templates?.valuesOf({ otp: true })).toThrow(/this provider has no setting "otp"/);
  });
});

describe("sending a one-time code", () => {
  const appToken = "the-application-key";
  const otp = { action: "sendOtp", codeField: "code", receiverField: "mobile", appField: "appID", appToken };
  const template = { otp: true };

  it("uses the action and the fields that are configured", async () => {
    const { provider, forms } = await start(taken, { otp, receiverForm: "international" });
    expect(provider.templates?.valuesOf(template)).toEqual(["code"]);
    expect(await provider.templates?.send({ line, peer, template, values: ["۱۲"] }, never)).toEqual({ ids: ["71234"] });
    expect(forms()).toEqual([{ action: "sendOtp", code: "۱۲", mobile: "989121234567", appID: appToken }]);
  });

  it.each(["1", "1".repeat(13), ""])("of the wrong length is refused without a call: %j", async (code) => {
    const { panel, provider } = await start(taken, { otp });
    const call = provider.templates?.send({ line, peer, template, values: [code] }, never);
    expect(await failureOf(Promise.resolve(call))).toMatchObject({ code: "rejected", certain: true });
    expect(panel.calls).toEqual([]);
  });

  it("that fails tells no key, and is as uncertain as another SMS", async () => {
    const answers = [json(200, { result: 151, message: appToken }), json(200, { result: 99, message: appToken })];
    for (const [at, answer] of answers.entries()) {
      const { provider } = await start(answer, { otp });
      const call = provider.templates?.send({ line, peer, template, values: ["1234"] }, never);
      const failure = await failureOf(Promise.resolve(call));
      expect(failure).toMatchObject({ code: at === 0 ? "bad-template" : "bad-reply", certain: at === 0 });
      expect(everythingIn(failure)).not.toContain(appToken);
    }
  });
});

it("is built without a call, and closes twice", async () => {
  const { panel, provider } = await start(taken);
  await provider.close();
  await provider.close();
  expect(await failureOf(provider.send(sms, never))).toMatchObject({ certain: true });
  expect(panel.calls).toEqual([]);
});

/** The fields of a multipart form, as the runtime's own parser reads them. */
async function partsOf(call: PanelCall | undefined): Promise<Record<string, string>> {
  const headers = { "content-type": call?.headers["content-type"] ?? "" };
  const form = await new Response(call?.body, { headers }).formData();
  return Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
}

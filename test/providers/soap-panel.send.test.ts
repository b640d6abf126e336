import { describe, expect, it } from "vitest";
import { sendCodes } from "../../src/providers/soap-panel/codes.ts";
import { soapPanelConfig } from "../../src/providers/soap-panel/config.ts";
import { createSoapPanel } from "../../src/providers/soap-panel/index.ts";
import { createDeps, everythingIn, failureOf, never } from "./deps.ts";
import {
  answer,
  type BareAnswers,
  bodyOf,
  envelope,
  fixture,
  html,
  line,
  login,
  other,
  peer,
  sent,
  startBare,
  wsdl,
  xml,
} from "./soap-panel.bare.ts";

const text = "سلام & <خداحافظ>";
const one = { line, peers: [peer], text };
const loginXml = "<username>the-user-name</username><password>the-&lt;pass&gt;&amp;word</password>";

function send(SendSms: BareAnswers[string], settings = {}) {
  return startBare({ SendSms }, settings).then(async (started) => ({
    ...started,
    failure: await failureOf(started.provider.send(one, never)),
  }));
}

describe("sending one text", () => {
  it("posts what the manual names, in the order of the family's clients, to the service under baseUrl", async () => {
    const { provider, callsOf } = await startBare({ SendSms: fixture("sendsms-taken") });
    const receipt = await provider.send({ line, peers: [peer, other], text }, never);
    expect(receipt).toEqual({ ids: ["9007199254740993", "9007199254740994"], batch: "9007199254740993" });
    const calls = callsOf("SendSms");
    expect(calls).toMatchObject([
      {
        method: "POST",
        path: "/post/send.asmx",
        headers: { "content-type": "text/xml; charset=utf-8", soapaction: '"http://tempuri.org/SendSms"' },
      },
    ]);
    expect(bodyOf(calls[0])).toBe(
      `<SendSms xmlns="http://tempuri.org/">${loginXml}<to><string>09121234567</string><string>09351234567</string></to>` +
        "<from>30001234</from><text>سلام &amp; &lt;خداحافظ&gt;</text><isflash>false</isflash><udh></udh></SendSms>",
    );
  });

  it("posts a flash and a header where they are configured, and a line's digits", async () => {
    const { provider, callsOf } = await startBare({ SendSms: sent(1, [7]) }, { flash: true, udh: "0605" });
    expect(await provider.send({ line: "+982164063188", peers: [peer], text }, never)).toEqual({ ids: ["7"] });
    expect(bodyOf(callsOf("SendSms")[0])).toContain("<from>982164063188</from>");
    expect(bodyOf(callsOf("SendSms")[0])).toContain("<isflash>true</isflash><udh>0605</udh>");
  });

  it.each([
    ["line ends", "one\ntwo\r\nthree", "one\ntwo\nthree"],
    ["emoji and ZWNJ", "😀 نیم\u200cفاصله 👨‍👩‍👧", "😀 نیم\u200cفاصله 👨‍👩‍👧"],
    ["control characters", "a\u0000b\u0001c\u000bd\u001fe\ufffef", "abcdef"],
    ["half an emoji", "a\ud83db\ude00c", "a\ufffdb\ufffdc"],
    ["quotes", `"a" 'b'`, `"a" 'b'`],
    ["what looks like XML", "</text><from>1</from>", "&lt;/text&gt;&lt;from&gt;1&lt;/from&gt;"],
    [
      "what looks like CDATA",
      "<![CDATA[x]]></text><from>1</from><text><![CDATA[y]]>",
      "&lt;![CDATA[x]]&gt;&lt;/text&gt;&lt;from&gt;1&lt;/from&gt;&lt;text&gt;&lt;![CDATA[y]]&gt;",
    ],
    ["what looks like an entity", "&amp; &#65;", "&amp;amp; &amp;#65;"],
  ])("writes %s", async (_, written, expected) => {
    const { provider, callsOf } = await startBare({ SendSms: sent(1, [7]) });
    await provider.send({ ...one, text: written }, never);
    expect(/<text>(.*)<\/text>/s.exec(bodyOf(callsOf("SendSms")[0]))?.[1]).toBe(expected);
  });

  it("hands back as many ids as the panel gave, for core to judge", async () => {
    const { provider } = await startBare({ SendSms: sent(1, [7, 0]) });
    expect(await provider.send({ ...one, peers: [peer, other] }, never)).toEqual({ ids: ["7"], batch: "7" });
  });

  it("has no ids where the panel has sent and named none", async () => {
    const { provider } = await startBare({ SendSms: answer("SendSms", 1) });
    expect(await provider.send({ ...one, peers: [peer, other] }, never)).toEqual({ ids: [undefined, undefined] });
  });

  it("refuses what would reach somebody else, without a call", async () => {
    const { provider, panel } = await startBare({ SendSms: sent(1, [7]) });
    const calls = [
      provider.send({ ...one, peers: ["09121234567,09351234567"] }, never),
      provider.send({ ...one, peers: ["Bank-Melli"] }, never),
      provider.send({ ...one, line: "a name" }, never),
      provider.send({ ...one, peers: [] }, never),
      provider.send({ ...one, peers: Array.from({ length: 101 }, () => peer) }, never),
    ];
    const failures = await Promise.all(calls.map(failureOf));
    expect(failures.map(({ code }) => code)).toEqual([
      "bad-recipient",
      "bad-recipient",
      "bad-line",
      "bad-request",
      "bad-request",
    ]);
    expect(failures.every(({ certain }) => certain)).toBe(true);
    expect(panel.calls).toEqual([]);
  });
});

describe("a failed send", () => {
  it("keeps the panel's code and our words for it", async () => {
    const { failure, callsOf } = await send(fixture("sendsms-refused"));
    expect(failure).toMatchObject({
      code: "no-credit",
      certain: true,
      vendor: "2 not enough credit",
      message: "soap-panel SendSms: 2 not enough credit",
      httpStatus: 200,
    });
    expect(callsOf("SendSms")).toHaveLength(1);
  });

  it("keeps how long the panel wants us to wait", async () => {
    const busy: BareAnswers[string] = (_call, response) =>
      void response.writeHead(429, { "content-type": "text/xml", "retry-after": "7" }).end(fixture("fault-11"));
    expect((await send(busy)).failure).toMatchObject({ code: "rate-limited", retryAfterMs: 7000 });
    const odd: BareAnswers[string] = (_call, response) =>
      void response.writeHead(503, { "content-type": "text/xml", "retry-after": "7" }).end(sent(1, [7]));
    expect((await send(odd)).failure).toMatchObject({ code: "bad-reply", certain: false, retryAfterMs: 7000 });
  });

  it("never takes a secret out of its own code and title", async () => {
    const { failure } = await send(sent(10, []), { username: "1", password: "user" });
    expect(failure.vendor).toBe("10 user not active");
    const fault = "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>no user 1</faultstring></soap:Fault>";
    const told = await send(xml(500, envelope(fault)), { username: "1", password: "user" });
    expect(told.failure.vendor).toBe("Server no *** ***");
  });

  it("goes by the account's own codes", async () => {
    const { failure } = await send(sent(6, []), { codes: { send: { "6": "busy" } } });
    expect(failure).toMatchObject({ code: "busy", certain: true, vendor: "6" });
  });

  it.each([
    ["a refusal under HTTP 500", xml(500, sent(5, [])), "bad-line"],
    ["a receiver who has blocked advertising", sent(1, [0], "<status>AQ==</status>"), "blacklisted"],
    ["a fault of the caller", xml(500, fixture("fault-12")), "bad-request"],
    ["a page that is not there", html(404), "busy"],
    ["an HTML 403", html(403), "address-refused"],
    ["a bare 401", xml(401, ""), "bad-credentials"],
    ["a fault under HTTP 429", xml(429, fixture("fault-11")), "rate-limited"],
    ["a fault under HTTP 401", xml(401, fixture("fault-11")), "bad-credentials"],
  ])("is certain with %s", async (_, told, code) => {
    expect((await send(told)).failure).toMatchObject({ code, certain: true });
  });

  it.each([
    ["a fault inside the method", xml(500, fixture("fault-11"))],
    ["a fault inside the method under HTTP 200", fixture("fault-11")],
    [
      "an answer to another method",
      envelope("<GetCreditResponse><GetCreditResult>1</GetCreditResult></GetCreditResponse>"),
    ],
    [
      "a refusal of another method",
      envelope("<GetCreditResponse><GetCreditResult>2</GetCreditResult></GetCreditResponse>"),
    ],
    ["its result repeated in the status", answer("SendSms", 1, "<status>1</status>")],
    ["an unknown code", sent(8, [])],
    ["an unknown code with an id", sent(99, [7])],
    ["a refusal with an id", sent(2, [7])],
    ["the queue without an id", sent(6, [0])],
    ["no result", envelope("<SendSmsResponse />")],
    ["an empty body", envelope("")],
    ["a success under HTTP 500", xml(500, sent(1, [7]))],
    ["a page of HTML", html(200)],
    ["a bad gateway", html(502)],
    ["half an answer", sent(1, [7]).slice(0, -15)],
    ["nothing", xml(200, "")],
    ["a redirect", xml(302, "")],
    ["a DTD", fixture("billion-laughs")],
  ])("is not certain with %s, and is not sent twice", async (_, told) => {
    const { failure, callsOf } = await send(told);
    expect(failure).toMatchObject({ code: "bad-reply", certain: false });
    expect(callsOf("SendSms")).toHaveLength(1);
  });

  it.each([400, 402, 403, 404, 408])("is not certain with a fault inside the method under HTTP %i", async (http) => {
    const { failure } = await send(xml(http, fixture("fault-11")));
    expect(failure).toMatchObject({ code: "bad-reply", certain: false, httpStatus: http });
  });

  it("is not certain where the connection is cut, or the time is up", async () => {
    const { failure, callsOf } = await send(({ socket }) => void socket.destroy());
    expect(failure).toMatchObject({ code: "no-answer", certain: false });
    expect(callsOf("SendSms")).toHaveLength(1);
    const silent = await send(() => undefined, { timeoutSeconds: 0.6 });
    expect(silent.failure).toMatchObject({ code: "no-answer", certain: false });
    expect(silent.callsOf("SendSms")).toHaveLength(1);
  });

  it("is certain where nothing listens, and where it was stopped or closed before", async () => {
    const { panel, provider } = await startBare({ SendSms: sent(1, [7]) });
    expect(await failureOf(provider.send(one, AbortSignal.abort()))).toMatchObject({
      code: "interrupted",
      certain: true,
    });
    await provider.close();
    await provider.close();
    expect(await failureOf(provider.send(one, never))).toMatchObject({ code: "interrupted", certain: true });
    expect(panel.calls.filter(({ method }) => method === "POST")).toEqual([]);
    const config = { kind: "soap-panel" as const, ...login, baseUrl: "http://127.0.0.1:9/post" };
    const lost = createSoapPanel("main", soapPanelConfig.parse(config), createDeps());
    expect(await failureOf(lost.send(one, never))).toMatchObject({ code: "unreachable", certain: true });
    await lost.close();
  });

  it.each([
    ["repeats the login in its words", `user ${login.username} with ${escaped(login.password)}`],
    ["repeats the call", escaped(`<password>${escaped(login.password)}</password>`)],
  ])("shows no login, where the panel %s", async (_, words) => {
    const fault = `<soap:Fault><faultcode>soap:Server</faultcode><faultstring>${words}</faultstring></soap:Fault>`;
    const { failure, logged } = await send(xml(500, envelope(fault)));
    expect(failure).toMatchObject({ code: "bad-reply", vendor: expect.stringContaining("Server") });
    for (const shown of [everythingIn(failure), JSON.stringify(logged)]) {
      expect(shown).not.toContain(login.username);
      expect(shown).not.toContain("pass>");
      expect(shown).not.toContain("pass&gt;");
    }
  });

  it.each([
    ["HTML", html(200)],
    ["half an answer", sent(1, [7]).slice(0, -15)],
    ["a cut", ({ socket }: { socket: { destroy(): unknown } }) => void socket.destroy()],
  ])("shows neither login nor text with %s", async (_, told) => {
    const { failure } = await send(told);
    for (const secret of [login.username, "the-<pass", "the-&lt;pass", "خداحافظ"]) {
      expect(everythingIn(failure)).not.toContain(secret);
    }
  });
});

describe("sending later", () => {
  const at = Date.UTC(2026, 10, 22, 10, 35, 9);

  it("needs the panel's own contract", async () => {
    const { provider, callsOf } = await startBare({ ScheduleSms: answer("ScheduleSms", 1) });
    expect(await failureOf(Promise.resolve(provider.schedule?.send({ ...one, at }, never)))).toMatchObject({
      code: "unsupported",
      certain: true,
      message: "ScheduleSms: needs the panel's own WSDL, which could not be read",
    });
    expect(callsOf("ScheduleSms")).toEqual([]);
  });

  it.each([
    ["is not there", ({ socket }: { socket: { destroy(): unknown } }) => void socket.destroy()],
    ["does not answer", () => undefined],
  ])("was surely not sent, and may be tried again, where the panel %s", async (_, sendWsdl) => {
    const { provider, callsOf } = await startBare({ ScheduleSms: answer("ScheduleSms", 1), sendWsdl });
    const startedAt = performance.now();
    expect(await failureOf(Promise.resolve(provider.schedule?.send({ ...one, at }, never)))).toMatchObject({
      code: "unreachable",
      certain: true,
    });
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(callsOf("ScheduleSms")).toEqual([]);
  });

  it("was surely not sent, and is not called anything else, where it was stopped while it waited", async () => {
    const { provider } = await startBare({ sendWsdl: () => undefined });
    const stopped = provider.schedule?.send({ ...one, at }, AbortSignal.timeout(50));
    expect(await failureOf(Promise.resolve(stopped))).toMatchObject({ code: "interrupted", certain: true });
  });

  it("takes no longer than the limits say, though the contract is read for the whole of its time", async () => {
    const late: BareAnswers[string] = (call, response) =>
      void setTimeout(() => xml(200, wsdl("send"))(call, response), 2500);
    const { provider, callsOf } = await startBare(
      { ScheduleSms: answer("ScheduleSms", 1), sendWsdl: late },
      { timeoutSeconds: 5 },
    );
    const startedAt = performance.now();
    const sending = () => Promise.resolve(provider.schedule?.send({ ...one, at }, never));
    expect(await failureOf(sending())).toMatchObject({ code: "unreachable", certain: true });
    expect(performance.now() - startedAt).toBeLessThan(2400);
    // It is read all the same, and the next one goes by it.
    expect(await sending()).toEqual({ ids: [undefined] });
    expect(callsOf("sendWsdl")).toHaveLength(1);
  });

  it("goes with Tehran's wall time, under the panel's own names", async () => {
    const sendWsdl = wsdl("send").replace('name="scheduleDateTime"', 'name="ScheduleDate"');
    const { provider, callsOf } = await startBare({ ScheduleSms: answer("ScheduleSms", 1), sendWsdl });
    expect(await provider.schedule?.send({ ...one, at }, never)).toEqual({ ids: [undefined] });
    expect(bodyOf(callsOf("ScheduleSms")[0])).toContain("<ScheduleDate>2026-11-22T14:05:09</ScheduleDate>");
  });

  it("has ids where the panel names them", async () => {
    const ids = "<recId><long>7</long><long>8</long></recId>";
    const taken = await startBare({ ScheduleSms: answer("ScheduleSms", 1, ids), sendWsdl: wsdl("send") });
    const two = { ...one, peers: [peer, other], at };
    expect(await taken.provider.schedule?.send(two, never)).toEqual({ ids: ["7", "8"], batch: "7" });
  });

  it.each(sendCodes.filter(({ meaning }) => meaning !== "sent" && meaning !== "queued"))(
    "never refuses for certain: $code may be the id of what it has taken",
    async ({ code, meaning }) => {
      const { provider } = await startBare({
        ScheduleSms: answer("ScheduleSms", code),
        SendSms: sent(code, []),
        sendWsdl: wsdl("send"),
      });
      expect(await failureOf(Promise.resolve(provider.schedule?.send({ ...one, at }, never)))).toMatchObject({
        code: meaning,
        certain: false,
        vendor: expect.stringMatching(new RegExp(`^${code} `)),
      });
      // The same answer to a send, which is documented, is a refusal.
      expect(await failureOf(provider.send(one, never))).toMatchObject({ code: meaning, certain: true });
    },
  );

  it("is not certain either where no answer came, or none that can be read", async () => {
    for (const ScheduleSms of [({ socket }: { socket: { destroy(): unknown } }) => void socket.destroy(), "<html>"]) {
      const { provider } = await startBare({ ScheduleSms, sendWsdl: wsdl("send") });
      expect(await failureOf(Promise.resolve(provider.schedule?.send({ ...one, at }, never)))).toMatchObject({
        certain: false,
      });
    }
  });

  it("is certain where the service could not read the call", async () => {
    const fault = envelope(
      "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>no such parameter</faultstring></soap:Fault>",
    );
    const { provider } = await startBare({ ScheduleSms: xml(500, fault), sendWsdl: wsdl("send") });
    expect(await failureOf(Promise.resolve(provider.schedule?.send({ ...one, at }, never)))).toMatchObject({
      code: "bad-request",
      certain: true,
    });
  });
});

describe("a provider of the SOAP panel", () => {
  it("takes its limits from the settings, and the first wait for the contract into its longest send", async () => {
    const { provider } = await startBare({}, { perSecond: 3, inFlight: 2, timeoutSeconds: 5, reportSeconds: [1, 2] });
    expect(provider).toMatchObject({
      id: "main",
      kind: "soap-panel",
      limits: { receiversPerCall: 100, perSecond: 3, inFlight: 2, sendTimeoutMs: 7000 },
      reports: { idsPerCall: 20, askAtSeconds: [1, 2] },
    });
  });
});

function escaped(written: string): string {
  return written.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

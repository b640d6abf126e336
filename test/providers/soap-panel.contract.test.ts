import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { ProviderError } from "../../src/core/ports/provider-error.ts";
import { createHttp } from "../../src/providers/http.ts";
import { openContract } from "../../src/providers/soap-panel/contract.ts";
import { differencesOf } from "../../src/providers/soap-panel/contract-differences.ts";
import { createLiveContract } from "../../src/providers/soap-panel/live-contract.ts";
import { namesIn } from "../../src/providers/soap-panel/operations.ts";
import { fillParameters } from "../../src/providers/soap-panel/parameters.ts";
import { createSoapService } from "../../src/providers/soap-panel/service.ts";
import { createDeps, failureOf, never } from "./deps.ts";
import { answer, bodyOf, html, line, login, peer, sent, startBare, wsdl, xml } from "./soap-panel.bare.ts";

const one = { line, peers: [peer], text: "hi" };
const sendWsdl = wsdl("send");
const incomingWsdl = wsdl("incoming-messages");
const incomingPath = fileURLToPath(
  new URL("../../src/providers/soap-panel/wsdl/incoming-messages.wsdl", import.meta.url),
);

/** A live WSDL as .NET serves one: beside SOAP it has ports for plain HTTP, whose messages are other ones. */
const withHttpPost = sendWsdl
  .replace(
    "<wsdl:portType",
    `<wsdl:message name="SendSmsHttpPostIn"><wsdl:part name="username" type="s:string" /></wsdl:message>
     <wsdl:message name="SendSmsHttpPostOut"><wsdl:part name="Body" /></wsdl:message>
     <wsdl:portType name="SendHttpPost"><wsdl:operation name="SendSms"><wsdl:input message="tns:SendSmsHttpPostIn" /><wsdl:output message="tns:SendSmsHttpPostOut" /></wsdl:operation></wsdl:portType>
     <wsdl:portType`,
  )
  .replace(
    "<wsdl:service",
    `<wsdl:binding name="SendHttpPost" type="tns:SendHttpPost"><http:binding xmlns:http="http://schemas.xmlsoap.org/wsdl/http/" verb="POST" /><wsdl:operation name="SendSms"><http:operation xmlns:http="http://schemas.xmlsoap.org/wsdl/http/" location="/SendSms" /></wsdl:operation></wsdl:binding>
     <wsdl:service`,
  )
  .replace(
    '<wsdl:service name="Send">',
    `$&<wsdl:port name="SendHttpPost" binding="tns:SendHttpPost"><http:address xmlns:http="http://schemas.xmlsoap.org/wsdl/http/" location="http://elsewhere.example/" /></wsdl:port>`,
  );

function within(element: string, more: string): string {
  return sendWsdl.replace(new RegExp(`<${element}\\b[^>]*>`), `$&${more}`);
}

async function differences(live: string, service: "send" | "incoming" = "send") {
  const ours = await openContract(service === "send" ? sendWsdl : incomingWsdl);
  return differencesOf(ours, await openContract(live), namesIn(service));
}

describe("our own contracts", () => {
  it("are those that were reconstructed, and know every method of the manual", async () => {
    const send = await openContract(sendWsdl);
    const incoming = await openContract(incomingWsdl);
    expect(namesIn("send").map((name) => send.find(name)?.name)).toEqual(namesIn("send"));
    expect(namesIn("incoming").map((name) => incoming.find(name)?.name)).toEqual(namesIn("incoming"));
    expect(namesIn("send").length + namesIn("incoming").length).toBe(14);
    const guessed = [...namesIn("send").filter((name) => send.find(name)?.isGuess)];
    expect(guessed).toEqual(["ScheduleSms", "UpdateDelivery"]);
    expect(namesIn("incoming").filter((name) => !incoming.find(name)?.isGuess)).toEqual([
      "GetNewMessagesList",
      "GetReceiveSMSIsNotReadList",
    ]);
  });

  it("give names and types of parameters, of lists those of their items", async () => {
    const contract = await openContract(sendWsdl);
    expect(contract.find("SendSms")?.parameters).toEqual([
      { name: "username", type: "string", isRepeated: false },
      { name: "password", type: "string", isRepeated: false },
      { name: "to", type: "string", item: "string", isRepeated: false },
      { name: "from", type: "string", isRepeated: false },
      { name: "text", type: "string", isRepeated: false },
      { name: "isflash", type: "boolean", isRepeated: false },
      { name: "udh", type: "string", isRepeated: false },
      { name: "recId", type: "long", item: "long", isRepeated: false },
      { name: "status", type: "base64Binary", isRepeated: false },
    ]);
  });
});

describe("a WSDL", () => {
  it("with ports for plain HTTP counts for SOAP only", async () => {
    const contract = await openContract(withHttpPost);
    expect(contract.find("SendSms")?.parameters).toHaveLength(9);
    expect(await differences(withHttpPost)).toEqual([]);
  });

  it.each([
    ["an HTML page", "<html><body>login</body></html>"],
    ["other XML", "<a/>"],
    ["half of one", sendWsdl.slice(0, 4000)],
    ["one with a DTD", sendWsdl.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>')],
  ])("is not read from %s", async (_, text) => {
    await expect(openContract(text)).rejects.toThrow();
  });

  it.each([
    ["a file of this machine", within("s:schema", `<s:include schemaLocation="${incomingPath}" />`)],
    ["another address", within("s:schema", '<s:import namespace="x" schemaLocation="http://127.0.0.1:9/x" />')],
    ["another WSDL", within("wsdl:definitions", `<wsdl:import namespace="x" location="${incomingPath}" />`)],
  ])("reads nothing beside itself: %s", async (_, text) => {
    await expect(openContract(text)).rejects.toThrow("a WSDL of several files is not read");
  });
});

describe("differences", () => {
  it.each([
    ["nothing", (text: string) => text, []],
    [
      "a renamed parameter",
      (text: string) => text.replace('name="isRead"', 'name="IsRead"'),
      ["GetInboxCount: parameter isRead is called IsRead"],
    ],
    [
      "another type",
      (text: string) => text.replace('name="recId" type="s:long"', 'name="recId" type="s:string"'),
      ["GetDelivery: parameter recId is string, not long"],
    ],
    [
      "a single value for a list",
      (text: string) => text.replace('name="to" type="tns:ArrayOfString"', 'name="to" type="s:string"'),
      ["SendSms: parameter to is string, not a list of string"],
    ],
    [
      "one more parameter",
      (text: string) =>
        text.replace(
          '<s:element name="GetDelivery"><s:complexType><s:sequence>',
          '$&<s:element name="x" type="s:int" />',
        ),
      ["GetDelivery: has another parameter x (int)"],
    ],
    [
      "one less",
      (text: string) => text.replace(/<s:element [^>]*name="udh"[^>]*\/>/, ""),
      ["SendSms: has no parameter udh"],
    ],
    [
      "a missing operation",
      (text: string) => text.replaceAll('operation name="UpdateDelivery"', 'operation name="Other"'),
      ["UpdateDelivery: not in the panel's WSDL"],
    ],
  ])("tell of %s", async (_, change, expected) => {
    expect(await differences(change(sendWsdl))).toEqual(expected);
  });

  it("know a parameter by its other names", async () => {
    const live = incomingWsdl
      .replaceAll('name="from"', 'name="lineNumber"')
      .replaceAll('name="msgIds"', 'name="recId"');
    expect(await differences(live, "incoming")).toContain("GetNewMessagesList: parameter from is called lineNumber");
    expect(await differences(live, "incoming")).toContain("UpdateMessagesIsRead: parameter msgIds is called recId");
  });
});

describe("the values of a call", () => {
  const write = () => undefined;
  const operation = (parameters: object[]) => ({
    name: "Op",
    isGuess: false,
    write,
    parameters: parameters.map((one) => ({ name: "x", type: "string", isRepeated: false, ...one })),
  });

  it.each([
    ["a list of longs", { name: "msgIds", type: "long", item: "long" }, [{ msgIds: { long: ["1", "2"] } }]],
    [
      "a list of strings",
      { name: "MessageIDs", type: "string", item: "string" },
      [{ MessageIDs: { string: ["1", "2"] } }],
    ],
    ["a repeated parameter", { name: "ids", type: "long", isRepeated: true }, [{ ids: ["1", "2"] }]],
    ["a single one", { name: "msgId", type: "long" }, [{ msgId: "1" }, { msgId: "2" }]],
  ])("hold ids in %s", (_, parameter, expected) => {
    expect(fillParameters(operation([parameter]), { ids: ["1", "2"] })).toEqual(expected);
  });

  it("spell a boolean as its type wants it, and leave out a login where there is no place", () => {
    const said = { user: "u", pass: "p", isRead: false };
    expect(fillParameters(operation([{ name: "isRead", type: "boolean" }]), said)).toEqual([{ isRead: "false" }]);
    expect(fillParameters(operation([{ name: "ISREAD", type: "int" }]), said)).toEqual([{ ISREAD: "0" }]);
  });

  it("name the login as the contract does", () => {
    const said = { user: "u", pass: "p" };
    for (const [user, pass] of [
      ["userName", "passWord"],
      ["user", "pass"],
      ["User", "PASS"],
    ] as const) {
      expect(fillParameters(operation([{ name: user }, { name: pass }]), said)).toEqual([{ [user]: "u", [pass]: "p" }]);
    }
  });

  it.each([
    ["user", [{ name: "password" }]],
    ["pass", [{ name: "username" }, { name: "secret" }]],
  ])("are refused without a place for the login, where ours has one: %s", (meaning, parameters) => {
    const said = { user: "u", pass: "p" };
    const ours = operation([{ name: "username" }, { name: "password" }]);
    expect(() => fillParameters(operation(parameters), said, ours)).toThrow(
      expect.objectContaining({ code: "unsupported", message: expect.stringContaining(`its ${meaning}`) }),
    );
    expect(fillParameters(operation(parameters), said, operation([]))).toHaveLength(1);
  });

  it("keep the contract's order", () => {
    const filled = fillParameters(operation([{ name: "text" }, { name: "userName" }]), { user: "u", text: "t" });
    expect(Object.keys(filled[0] ?? {})).toEqual(["text", "userName"]);
  });

  it.each([
    ["a text without a place", { text: "hi" }, [{ name: "other" }]],
    ["several receivers in one place", { to: ["1", "2"] }, [{ name: "to" }]],
    ["an id where something of several parts is wanted", { ids: ["1"] }, [{ name: "ids", type: "complex" }]],
  ])("are refused with %s", (_, said, parameters) => {
    expect(() => fillParameters(operation(parameters), said)).toThrow(
      expect.objectContaining({ code: "unsupported", certain: true }),
    );
  });
});

describe("the panel's own contract", () => {
  it("is asked for once, without the login, and tells names and types from then on", async () => {
    const live = withHttpPost
      .replace('name="SendSms"><s:complexType><s:sequence>', "$&<!-- -->")
      .replace(
        /(name="SendSms">.*?)name="username"(.*?)name="from"(.*?)name="isflash"/s,
        '$1name="userName"$2name="fromNumber"$3name="isFlash"',
      );
    const { provider, callsOf, panel } = await startBare({ SendSms: sent(1, [7]), sendWsdl: live });
    await provider.send(one, never);
    await provider.send(one, never);
    const [first, second] = callsOf("SendSms").map(bodyOf);
    expect(first).toMatch(
      /^<SendSms xmlns="http:\/\/tempuri.org\/"><userName>the-user-name<\/userName>.*<fromNumber>/s,
    );
    expect(first).toContain("<isFlash>false</isFlash>");
    expect(second).toBe(first);
    expect(callsOf("sendWsdl")).toMatchObject([{ method: "GET", path: "/post/send.asmx?WSDL", body: "" }]);
    expect(JSON.stringify(callsOf("sendWsdl")[0]?.headers)).not.toContain(login.username);
    expect(callsOf("incomingWsdl")).toEqual([]);
    // The address in it is somebody else's.
    expect(callsOf("SendSms").map(({ path, headers }) => [path, headers.host])).toEqual(
      Array.from({ length: 2 }, () => ["/post/send.asmx", `127.0.0.1:${panel.port}`]),
    );
  });

  it.each([
    ["not there", html(404)],
    ["a page", html(200)],
    ["another service's", xml(200, incomingWsdl)],
    ["cut off", xml(200, sendWsdl.slice(0, 5000))],
    ["too large", xml(200, `<!--${"x".repeat(1_100_000)}-->${sendWsdl}`)],
    ["an empty answer", xml(200, "")],
  ])("that is %s gives way to ours", async (_, told) => {
    const { provider, callsOf } = await startBare({ SendSms: sent(1, [7]), sendWsdl: told });
    expect(await provider.send(one, never)).toEqual({ ids: ["7"] });
    expect(bodyOf(callsOf("SendSms")[0])).toContain("<username>the-user-name</username>");
    await provider.send(one, never);
    expect(callsOf("sendWsdl")).toHaveLength(1);
  });

  it("that does not come delays the first send by two seconds, and no other", async () => {
    const { provider } = await startBare({ SendSms: sent(1, [7]), sendWsdl: () => undefined });
    const startedAt = performance.now();
    await Promise.all([provider.send(one, never), provider.send(one, never)]);
    expect(performance.now() - startedAt).toBeGreaterThan(1900);
    expect(performance.now() - startedAt).toBeLessThan(3500);
    const againAt = performance.now();
    await provider.send(one, never);
    expect(performance.now() - againAt).toBeLessThan(500);
  });

  it("that lacks an operation leaves it to ours", async () => {
    const live = sendWsdl.replaceAll('operation name="SendSms"', 'operation name="SendOther"');
    const { provider, callsOf } = await startBare({ SendSms: sent(1, [7]), sendWsdl: live });
    expect(await provider.send(one, never)).toEqual({ ids: ["7"] });
    expect(bodyOf(callsOf("SendSms")[0])).toContain("<isflash>");
  });

  it.each([
    ["written for rpc", (text: string) => text.replaceAll('/SendSms" style="document"', '/SendSms" style="rpc"')],
    [
      "of which the action holds a line end",
      (text: string) =>
        text.replaceAll('soapAction="http://tempuri.org/SendSms"', 'soapAction="http://tempuri.org/SendSms&#10;x: y"'),
    ],
  ])("leaves out an operation %s, and ours is used", async (_, change) => {
    const live = change(sendWsdl).replaceAll('name="isflash"', 'name="isFlash"');
    expect(change(sendWsdl)).not.toBe(sendWsdl);
    expect((await openContract(live)).find("SendSms")).toBeUndefined();
    const { provider, callsOf } = await startBare({ SendSms: sent(1, [7]), sendWsdl: live });
    expect(await provider.send({ ...one, text: "a & b" }, never)).toEqual({ ids: ["7"] });
    const [call] = callsOf("SendSms");
    expect(bodyOf(call)).toContain("<text>a &amp; b</text><isflash>false</isflash>");
    expect(call?.headers.soapaction).toBe('"http://tempuri.org/SendSms"');
  });

  it.each(["text", "to", "from", "username", "password"])("without a place for %s sends nothing", async (name) => {
    const live = sendWsdl.replaceAll(`name="${name}"`, 'name="zz"');
    const { provider, callsOf } = await startBare({ SendSms: sent(1, [7]), sendWsdl: live });
    expect(await failureOf(provider.send(one, never))).toMatchObject({ code: "unsupported", certain: true });
    expect(callsOf("SendSms")).toEqual([]);
  });

  it("waits for nobody once the provider is closed", async () => {
    const { provider } = await startBare({ SendSms: sent(1, [7]), sendWsdl: () => undefined });
    const sending = failureOf(provider.send(one, never));
    await sleep(100);
    await provider.close();
    expect(await sending).toMatchObject({ code: "interrupted", certain: true });
  });
});

describe("a contract without a place for what is to be said", () => {
  it("is read once more ten minutes later, and is not kept for ever", async () => {
    let live = sendWsdl.replaceAll('name="text"', 'name="zz"');
    const { panel, callsOf } = await startBare({
      SendSms: sent(1, [7]),
      sendWsdl: (call, response) => xml(200, live)(call, response),
    });
    const { clock: real, log } = createDeps();
    const http = createHttp({ baseUrl: `${panel.url}/post`, timeoutMs: 5000 }, { clock: real });
    onTestFinished(() => http.close());
    let late = 0;
    const clock = { ...real, now: () => real.now() + late };
    const service = createSoapService("send", { http, contractHttp: http, clock, log });
    const said = { user: "u", pass: "p", line, to: ["09121234567"], text: "hi" };
    const call = () => service.call("SendSms", said, ({ status }) => status, never);

    expect(await failureOf(call())).toMatchObject({ code: "unsupported", certain: true });
    live = sendWsdl;
    expect(await failureOf(call())).toMatchObject({ code: "unsupported" });
    late = 10 * 60_000;
    await expect.poll(() => call().catch(() => undefined)).toEqual([200]);
    expect(callsOf("sendWsdl")).toHaveLength(2);
    expect(callsOf("SendSms").length).toBeGreaterThan(0);
  });
});

describe("a guessed operation", () => {
  it("marks as read by a list, or one by one, as the panel's contract has it", async () => {
    const list = await startBare({ UpdateMessagesIsRead: answer("UpdateMessagesIsRead", 1), incomingWsdl });
    const poll = (inbox: typeof list.provider.inbox) => {
      if (inbox?.mode !== "poll") throw new Error("no poll");
      return inbox;
    };
    await poll(list.provider.inbox).confirm?.(["9007199254740993", "8"], [line], never);
    expect(list.callsOf("UpdateMessagesIsRead").map(bodyOf)).toEqual([
      expect.stringContaining("<msgIds><long>9007199254740993</long><long>8</long></msgIds>"),
    ]);
    const single = incomingWsdl.replaceAll('name="msgIds" type="tns:ArrayOfLong"', 'name="msgId" type="s:string"');
    const each = await startBare({ UpdateMessagesIsRead: answer("UpdateMessagesIsRead", 1), incomingWsdl: single });
    await poll(each.provider.inbox).confirm?.(["7", "8"], [line], never);
    expect(each.callsOf("UpdateMessagesIsRead").map((call) => /<msgId>.*<\/msgId>/.exec(call.body)?.[0])).toEqual([
      "<msgId>7</msgId>",
      "<msgId>8</msgId>",
    ]);
  });

  it("marks as unread by a list, or one by one, as the panel's contract has it", async () => {
    const UpdateMessagesIsNotRead = answer("UpdateMessagesIsNotRead", 1);
    const list = await startBare({ UpdateMessagesIsNotRead, incomingWsdl });
    await list.provider.history?.markUnread?.(["9007199254740993", "8"], line, never);
    expect(list.callsOf("UpdateMessagesIsNotRead").map(bodyOf)).toEqual([
      expect.stringContaining("<msgIds><long>9007199254740993</long><long>8</long></msgIds>"),
    ]);
    expect(list.callsOf("UpdateMessagesIsRead")).toEqual([]);
    const single = incomingWsdl.replaceAll('name="msgIds" type="tns:ArrayOfLong"', 'name="msgId" type="s:string"');
    const each = await startBare({ UpdateMessagesIsNotRead, incomingWsdl: single });
    await each.provider.history?.markUnread?.(["7", "8"], line, never);
    expect(each.callsOf("UpdateMessagesIsNotRead").map((call) => /<msgId>.*<\/msgId>/.exec(call.body)?.[0])).toEqual([
      "<msgId>7</msgId>",
      "<msgId>8</msgId>",
    ]);
  });

  it("marks nothing as unread without the panel's contract, or where that does not have it", async () => {
    const live = incomingWsdl.replaceAll('operation name="UpdateMessagesIsNotRead"', 'operation name="Other"');
    for (const [contract, why] of [
      [{}, "could not be read"],
      [{ incomingWsdl: live }, "does not have it"],
    ] as const) {
      const { provider, callsOf } = await startBare({
        UpdateMessagesIsNotRead: answer("UpdateMessagesIsNotRead", 1),
        ...contract,
      });
      expect(await failureOf(Promise.resolve(provider.history?.markUnread?.(["7"], line, never)))).toMatchObject({
        code: "unsupported",
        certain: true,
        message: `UpdateMessagesIsNotRead: needs the panel's own WSDL, which ${why}`,
      });
      expect(callsOf("UpdateMessagesIsNotRead")).toEqual([]);
    }
  });

  it("is refused without the panel's contract, or where that does not have it", async () => {
    const without = await startBare({});
    const confirm = (started: typeof without) =>
      started.provider.inbox?.mode === "poll" ? started.provider.inbox.confirm?.(["7"], [line], never) : undefined;
    expect(await failureOf(Promise.resolve(confirm(without)))).toMatchObject({
      code: "unsupported",
      certain: true,
      message: "UpdateMessagesIsRead: needs the panel's own WSDL, which could not be read",
    });
    const live = incomingWsdl.replaceAll('operation name="UpdateMessagesIsRead"', 'operation name="Other"');
    const lacking = await startBare({ incomingWsdl: live });
    expect(await failureOf(Promise.resolve(confirm(lacking)))).toMatchObject({
      code: "unsupported",
      message: "UpdateMessagesIsRead: needs the panel's own WSDL, which does not have it",
    });
    expect(lacking.callsOf("UpdateMessagesIsRead")).toEqual([]);
  });
});

describe("reading it", () => {
  function openClock() {
    let now = 0;
    const timers = new Set<{ at: number; run: () => void }>();
    return {
      now: () => now,
      after(ms: number, run: () => void) {
        const timer = { at: now + ms, run };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
      pass(ms: number) {
        now += ms;
        for (const timer of [...timers]) if (timer.at <= now && timers.delete(timer)) timer.run();
      },
      get waiting() {
        return timers.size;
      },
    };
  }

  it("is tried again after ten minutes, in the background, and kept once it came", async () => {
    const clock = openClock();
    const contract = { find: () => undefined };
    const outcomes = [Promise.reject(new Error("down")), Promise.resolve(contract)];
    for (const outcome of outcomes) outcome.catch(() => undefined);
    let reads = 0;
    const live = createLiveContract(() => outcomes[reads++] ?? Promise.reject(new Error("once more")), {
      clock,
      log: createDeps().log,
    });
    expect(await live.atHand(never)).toBeUndefined();
    expect(await live.settled(never)).toEqual({ problem: "no WSDL of this service", isAway: false });
    clock.pass(9 * 60_000);
    expect(await live.atHand(never)).toBeUndefined();
    expect(reads).toBe(1);
    clock.pass(60_000);
    expect(await live.atHand(never)).toBeUndefined();
    expect(await live.settled(never)).toEqual({ contract });
    clock.pass(60 * 60_000);
    expect(await live.atHand(never)).toBe(contract);
    expect(reads).toBe(2);
    expect(clock.waiting).toBe(0);
  });

  it("is tried again soon where the panel was not there, for that says nothing of its contract", async () => {
    const clock = openClock();
    const contract = { find: () => undefined };
    const down = new ProviderError("unreachable", "down", { certain: true });
    let reads = 0;
    const live = createLiveContract(() => (++reads === 1 ? Promise.reject(down) : Promise.resolve(contract)), {
      clock,
      log: createDeps().log,
    });
    expect(await live.settled(never)).toEqual({ problem: "unreachable", isAway: true });
    clock.pass(9000);
    expect(await live.settled(never)).toMatchObject({ isAway: true });
    clock.pass(1000);
    expect(await live.settled(never)).toEqual({ contract });
  });

  it("is done once more after ten minutes where it does not fit, and used until then", async () => {
    const clock = openClock();
    const contracts = [{ find: () => undefined }, { find: () => undefined }];
    let reads = 0;
    const live = createLiveContract(() => Promise.resolve(contracts[reads++] ?? { find: () => undefined }), {
      clock,
      log: createDeps().log,
    });
    expect(await live.settled(never)).toEqual({ contract: contracts[0] });
    live.doubt();
    clock.pass(9 * 60_000);
    expect(await live.atHand(never)).toBe(contracts[0]);
    expect(reads).toBe(1);
    clock.pass(60_000);
    await live.atHand(never);
    expect(await live.settled(never)).toEqual({ contract: contracts[1] });
    clock.pass(60 * 60_000);
    expect(await live.atHand(never)).toBe(contracts[1]);
    expect(reads).toBe(2);
  });

  it("is waited for no longer than a call may take, and goes on", async () => {
    const clock = openClock();
    const contract = { find: () => undefined };
    const answered = new AbortController();
    const read = () => once(answered.signal, "abort").then(() => contract);
    const live = createLiveContract(read, { clock, log: createDeps().log });
    const waiting = live.settled(never, 2000);
    clock.pass(2000);
    expect(await waiting).toEqual({ problem: "not read yet", isAway: true });
    const further = live.settled(never);
    answered.abort();
    expect(await further).toEqual({ contract });
  });

  it.each([
    ["is cut", {}, ({ socket }: { socket: { destroy(): unknown } }) => void socket.destroy()],
    ["does not come", { timeoutSeconds: 0.3 }, () => undefined],
  ])(
    "that %s leaves a call that needs it unreachable, for nothing was asked of it",
    async (_, settings, incomingWsdl) => {
      const { provider } = await startBare({ incomingWsdl }, settings);
      expect(await failureOf(Promise.resolve(provider.sentList?.read(line, never)))).toMatchObject({
        code: "unreachable",
        certain: true,
        message: "GetSentSMSIsNotReadList: needs the panel's own WSDL, which could not be read",
      });
    },
  );

  it("is waited for by nobody who was told to stop", async () => {
    const clock = openClock();
    const live = createLiveContract(() => new Promise(() => undefined), { clock, log: createDeps().log });
    const stop = new AbortController();
    const waiting = [live.atHand(stop.signal), live.settled(stop.signal)];
    expect(clock.waiting).toBe(1);
    stop.abort();
    expect(await Promise.all(waiting)).toEqual([undefined, { problem: "not read yet", isAway: true }]);
    expect(clock.waiting).toBe(0);
  });
});

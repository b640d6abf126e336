import { expect, onTestFinished, test, vi } from "vitest";
import { checkHook } from "../../src/cli/check/hook.ts";
import { checkQuiet } from "../../src/cli/check/quiet.ts";
import { loadConfig } from "../../src/config/load.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { type Named, namesOne, readDocument } from "./name-one-fault.ts";
import { certificateOf, leadTo, startAnswering, startAnsweringTls } from "./start-answering.ts";
import { call, startChild, startWorld, type World, withBridge } from "./start-world.ts";

vi.setConfig({ testTimeout: 60_000 });

const subject = "server.publicUrl";

async function publish(world: World, publicUrl: string, more: object = {}): Promise<void> {
  await world.configure((raw) => ({ ...raw, ...more, server: { ...raw.server, publicUrl, ...serverOf(more) } }));
}

function serverOf(more: object): object {
  return "server" in more && typeof more.server === "object" && more.server !== null ? more.server : {};
}

async function findingsOf(world: World) {
  return readDocument(await call(["check", "--config", world.file, "--json"])).findings;
}

const another = () => startAnswering((_, response) => response.end("<h1>It works!</h1>"));
const unreached: readonly (Named & { readonly name: string; readonly at: () => Promise<string> | string })[] = [
  {
    name: "an address at which nothing listens",
    at: () => "http://127.0.0.1:9",
    code: "hook.unreachable",
    subject,
    advice: /start the reverse proxy/,
  },
  {
    name: "a name that nobody knows",
    // Too long for a name, so that nobody has to be asked for it.
    at: () => `http://${"a".repeat(70)}.example`,
    code: "hook.unreachable",
    subject,
    advice: /DNS/,
  },
  {
    name: "a program that hangs up",
    at: () => startAnswering((request) => request.socket.destroy()),
    code: "hook.unreachable",
    subject,
    advice: /firewall/,
  },
  { name: "another program", at: another, code: "hook.other-program", subject, advice: /every path/ },
  {
    name: "a way to somewhere else",
    at: () => startAnswering((_, response) => response.writeHead(301, { location: "https://example.com/a" }).end()),
    code: "hook.other-program",
    subject,
    advice: /correct server\.publicUrl/,
  },
  {
    name: "a certificate that nobody has signed",
    at: () => startAnsweringTls((_, response) => response.end(), "localhost"),
    code: "hook.bad-certificate",
    subject,
    advice: /renew the certificate/,
  },
  {
    name: "a certificate that has expired",
    at: () => startAnsweringTls((_, response) => response.end(), "expired"),
    code: "hook.bad-certificate",
    subject,
    advice: /renew the certificate/,
  },
  {
    name: "no TLS where it should be",
    at: async () => (await another()).replace("http:", "https:"),
    code: "hook.bad-certificate",
    subject,
    advice: /certificate/,
  },
];

test.each(unreached)("$name at the public address is named, and nothing else", async ({ at, ...named }) => {
  const world = await startWorld();
  await publish(world, await at());
  await namesOne(world.file, named);
});

test("a proxy that does not find the running bridge is a fault; where none runs it is a note, for it may come", async () => {
  const world = await startWorld();
  const proxy = await startAnswering(leadTo(() => "http://127.0.0.1:9"));
  await publish(world, proxy);
  const before = await call(["check", "--config", world.file]);
  expect(before.code).toBe(0);
  expect(before.out).toMatch(/^· http:\S+ answers HTTP 502: .*no bridge runs behind it/m);
  await withBridge(world, () =>
    namesOne(world.file, { code: "hook.bad-gateway", subject, advice: /let the proxy lead/ }),
  );
});

test("an address at which the bridge itself is to listen is no fault before it runs", async () => {
  const world = await startWorld();
  await publish(world, "http://127.0.0.1:9", { server: { port: 9 } });
  expect(await findingsOf(world)).toContainEqual(expect.objectContaining({ kind: "note", code: "hook.no-bridge" }));
});

test("the bridge behind its proxy is found, and it is said from where that was tried", async () => {
  const world = await startWorld();
  let bridge = "";
  await publish(world, await startAnswering(leadTo(() => bridge)));
  await withBridge(world, async (url) => {
    bridge = url;
    const findings = await findingsOf(world);
    expect(findings.filter(({ kind }) => kind === "bad")).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: "hook.reachable", text: expect.stringMatching(/from this server.*not proved/) }),
    );
  });
});

test("a program that says nothing is not waited for without end", async () => {
  const world = await startWorld();
  await publish(world, await startAnswering(() => undefined));
  const { config } = await loadConfig(world.file, {});
  expect(await checkHook(config, { isRunning: false, patienceMs: 200 })).toMatchObject([
    { code: "hook.unreachable", text: expect.stringContaining("TIMEOUT"), advice: expect.stringContaining("firewall") },
  ]);
});

test("where nobody has to call the bridge, its public address is not asked for", async () => {
  const world = await startWorld();
  await publish(world, "http://127.0.0.1:9");
  const { config } = await loadConfig(world.file, {});
  expect(await checkHook(config, { isRunning: false })).toHaveLength(1);
  const { asanak } = world.bridgeConfig().providers;
  await publish(world, "http://127.0.0.1:9", { providers: { asanak: { ...asanak, inboxToken: undefined } } });
  expect(await checkHook((await loadConfig(world.file, {})).config, { isRunning: false })).toEqual([]);
});

test("without a public address it is said that no panel reaches a loopback address, and no fault", async () => {
  const world = await startWorld();
  const hint = async () => (await findingsOf(world)).find(({ code }) => code === "hook.url")?.advice;
  expect(await hint()).toMatch(
    /^no panel reaches 127\.0\.0\.1: put a reverse proxy before it, and set server\.publicUrl/,
  );
  await world.configure((raw) => ({ ...raw, server: { ...raw.server, host: "0.0.0.0" } }));
  expect(await hint()).toMatch(/^set server\.publicUrl/);
});

test("a panel that has not called yet, or not for long, is worth a note", async () => {
  const world = await startWorld();
  const isQuiet = async () => (await findingsOf(world)).filter(({ code }) => code === "hook.quiet");
  expect(await isQuiet()).toEqual([]);
  await withBridge(world, async (url) => {
    expect(await isQuiet()).toMatchObject([{ kind: "note", subject: "asanak", text: expect.stringContaining("yet") }]);
    world.connect(url);
    await world.phones.phone("09121234567").sends("سلام");
    expect(await isQuiet()).toEqual([]);
  });

  const clock = createFakeClock();
  const lastInbound = { at: new Map([["asanak", clock.now()]]), isWhole: true };
  const quiet = () => checkQuiet("asanak", { clock, timeZone: "Asia/Tehran", lastInbound });
  clock.pass(6 * 24 * 3_600_000);
  expect(quiet()).toEqual([]);
  clock.pass(2 * 24 * 3_600_000);
  expect(quiet()).toMatchObject([
    { code: "hook.quiet", finding: expect.stringMatching(/^the last SMS came in \d{4}-/) },
  ]);
});

test("Telegram's webhook: as it should be, not set as yet, set by somebody else, and failing", async () => {
  const world = await startWorld();
  let bridge = "";
  const publicUrl = await startAnsweringTls(
    leadTo(() => bridge),
    "localhost",
  );
  const { telegram } = world.bridgeConfig();
  await publish(world, publicUrl, { telegram: { ...telegram, updates: "webhook" } });
  // The child takes this certificate for good. The simulated Telegram does not, as Telegram itself would not.
  vi.stubEnv("NODE_EXTRA_CA_CERTS", certificateOf("localhost"));
  onTestFinished(() => void vi.unstubAllEnvs());
  const find = async (code: string) => {
    const child = startChild(["check", "--config", world.file, "--json"]);
    const { findings } = readDocument({ code: (await child.ended) ?? -1, out: child.text() });
    expect(child.text()).not.toMatch(/\/telegram\/[\w-]{10}/);
    expect(findings.filter(({ kind }) => kind === "bad").map((fault) => fault.code)).toEqual(
      findings.some((finding) => finding.code === code && finding.kind === "bad") ? [code] : [],
    );
    return findings.find((finding) => finding.code === code);
  };
  expect(await find("telegram.webhook-later")).toMatchObject({ kind: "note" });

  await withBridge(world, async (url) => {
    bridge = url;
    await world.telegram.waitFor(() => world.telegram.callsOf("setWebhook")[0]?.answer, 20_000);
    expect(await find("telegram.webhook")).toMatchObject({ kind: "good" });

    const [owner] = world.operators;
    if (!owner) return expect.unreachable();
    world.group.say(owner, "سلام");
    await vi.waitFor(async () => expect(await lastErrorOf(world)).toBeTruthy(), 20_000);
    expect(await find("telegram.webhook-failing")).toMatchObject({ advice: expect.stringContaining("certificate") });

    // Where the door is shut for us as well, that is the one fault.
    await namesOne(world.file, { code: "hook.bad-certificate", subject, advice: /renew the certificate/ });

    const elsewhere = { url: "https://other.example/secret-path" };
    await api(world, "setWebhook", elsewhere);
    expect(await find("telegram.webhook-elsewhere")).toMatchObject({
      text: expect.stringMatching(/pushes to https:\/\/other\.example, and not to this bridge/),
      advice: expect.stringContaining("the other program"),
    });
  });
  // Without a bridge pushes fail, of course.
  bridge = "http://127.0.0.1:9";
  await api(world, "setWebhook", world.telegram.callsOf("setWebhook")[0]?.parameters);
  await vi.waitFor(async () => expect(await lastErrorOf(world)).toBeTruthy(), 20_000);
  expect(await find("hook.no-bridge")).toMatchObject({ kind: "note" });
});

async function api(
  world: World,
  method: string,
  parameters: object = {},
): Promise<{ result: Record<string, unknown> }> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify(parameters);
  const answer = await fetch(`${world.telegram.url}/bot${world.telegram.token}/${method}`, {
    method: "POST",
    headers,
    body,
  });
  return (await answer.json()) as { result: Record<string, unknown> };
}

/** What Telegram says of its last push that failed. */
async function lastErrorOf(world: World): Promise<unknown> {
  return (await api(world, "getWebhookInfo")).result.last_error_message;
}

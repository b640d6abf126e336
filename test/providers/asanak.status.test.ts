import { expect, it, onTestFinished } from "vitest";
import { asanakConfig } from "../../src/providers/asanak/config.ts";
import { createAsanak } from "../../src/providers/asanak/index.ts";
import { startAsanakSimulator } from "../../src/sandbox/asanak/server.ts";
import { createDeps, never } from "./deps.ts";
import { json, type PanelAnswer, startPanel } from "./panel-server.ts";

const login = { username: "the-user-name", password: "the-pass&word" };
const lines = ["+982164063188", "30001234"];

async function start(answer: PanelAnswer, timeoutSeconds = 5) {
  const panel = await startPanel(answer);
  const settings = asanakConfig.parse({ kind: "asanak", ...login, baseUrl: panel.url, timeoutSeconds });
  const provider = createAsanak("main", settings, createDeps());
  onTestFinished(() => provider.close());
  return { panel, read: (signal = never) => provider.status?.read(lines, signal) };
}

const refusal = (code: number, message = "no") => json(406, { meta: { status: code, message }, data: [] });

it("asks for an SMS to a number that nobody can have, and sends nothing else", async () => {
  const { panel, read } = await start(refusal(1010));
  await read();
  expect(panel.calls.map(({ path }) => path)).toEqual(["/sendsms", "/sendsms"]);
  const sent = panel.calls.map((call): unknown => JSON.parse(call.body));
  expect(sent).toEqual([
    { ...login, source: "982164063188", destination: "00", message: "chapar check" },
    { ...login, source: "30001234", destination: "00", message: "chapar check" },
  ]);
});

it("takes a refused receiver for a line that is active, and a refused line for one that is not", async () => {
  const { read } = await start((call, response) =>
    refusal(call.body.includes("982164063188") ? 1010 : 1002)(call, response),
  );
  expect(await read()).toEqual([
    expect.objectContaining({ aspect: "line", line: lines[0], outcome: "good" }),
    expect.objectContaining({ aspect: "line", line: lines[1], outcome: "bad", advice: expect.any(String) }),
  ]);
});

it("proves the same against the simulator, which has nothing sent and nothing charged", async () => {
  const panel = await startAsanakSimulator({ ...login, lines: ["982164063188"], credit: 7 });
  const settings = asanakConfig.parse({ kind: "asanak", ...login, baseUrl: panel.url, encoding: "form" });
  const provider = createAsanak("main", settings, createDeps());
  onTestFinished(async () => {
    await provider.close();
    await panel.stop();
  });
  const facts = await provider.status?.read(lines, never);
  expect(facts?.map(({ outcome }) => outcome)).toEqual(["good", "bad"]);
  expect(panel.ledger).toEqual([]);
  expect(panel.account.credit).toBe(7);
});

it("says loudly when the panel takes the test, and asks for no other line", async () => {
  const { panel, read } = await start(json(200, { meta: { status: 200, message: "success" }, data: [5271599999] }));
  const facts = await read();
  expect(facts?.[0]).toMatchObject({
    outcome: "bad",
    detail: expect.stringMatching(/took a test that it had to refuse/),
  });
  expect(facts?.[0]?.advice).toMatch(/charged/);
  expect(facts?.[1]).toMatchObject({ outcome: "unknown", line: lines[1] });
  expect(panel.calls).toHaveLength(1);
});

it.each([
  ["an empty account", refusal(1006)],
  ["a 5xx", json(502, "down")],
  ["a 200 that nobody can read", json(200, "OK")],
  ["an answer of success under a 406", json(406, { meta: { status: 200 }, data: [1] })],
])("with %s it knows nothing of any line, and asks once", async (_, answer) => {
  const { panel, read } = await start(answer);
  expect((await read())?.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown"]);
  expect(panel.calls).toHaveLength(1);
});

it.each([
  ["an error of the login", refusal(1015), "bad-credentials: 1015 no"],
  ["a cut connection", (({ socket }) => void socket.destroy()) satisfies PanelAnswer, "no-answer: asanak sendsms: "],
])("with %s no line can work, and it asks once", async (_, answer, detail) => {
  const { panel, read } = await start(answer);
  const facts = await read();
  expect(facts).toMatchObject([
    { outcome: "bad", line: lines[0], detail: expect.stringContaining(detail) },
    { outcome: "bad", line: lines[1], detail: expect.stringContaining(`not asked: ${detail}`) },
  ]);
  expect(panel.calls).toHaveLength(1);
});

it("asks for the other lines after a refusal that is of one line", async () => {
  const { panel, read } = await start(refusal(1013));
  expect(await read()).toMatchObject([{ outcome: "unknown" }, { outcome: "unknown" }]);
  expect(panel.calls).toHaveLength(2);
});

it("ends when nobody waits any longer, and throws nothing", async () => {
  const { panel, read } = await start(() => undefined);
  const facts = await read(AbortSignal.timeout(100));
  expect(facts?.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown"]);
  expect(panel.calls).toHaveLength(1);
});

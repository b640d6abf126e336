import type { Server } from "node:http";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { parseConfig } from "../../src/config/load.ts";
import { type Simulators, type SimulatorsOptions, startSimulators } from "../../src/sandbox/start.ts";

async function startWorld(options: SimulatorsOptions): Promise<Simulators> {
  const simulators = await startSimulators({ deliverAfterMs: 20, limits: "none", ...options });
  onTestFinished(() => simulators.stop());
  return simulators;
}

async function openControl(simulators: Simulators) {
  const server = await new Promise<Server>((resolve) => {
    const listening = express()
      .use(simulators.control)
      .listen(0, "127.0.0.1", () => resolve(listening));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}/sandbox`;
  return {
    get: async (path: string): Promise<unknown> => (await fetch(url + path)).json(),
    post: async (path: string, body: object): Promise<{ status: number; body: unknown }> => {
      const headers = { "content-type": "application/json" };
      const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    },
  };
}

const providers = {
  asanak: { kind: "asanak", username: "sandbox" },
  panel: { kind: "soap-panel", username: "sandbox", password: "sandbox-password" },
  dns: {
    kind: "mydnspanel",
    apiKey: "sandbox-api-key",
    contacts: { phoneBook: 12, fields: { birthday: "FYa12346" } },
  },
};
const lineOf = {
  asanak: ["982164063188", { provider: "asanak", desk: "support" }],
  panel: ["30001234", { provider: "panel", desk: "support" }],
  dns: ["50004321", { provider: "dns", desk: "support" }],
} as const;

test.each([
  [["asanak"], ["asanak"]],
  [["soap-panel"], ["panel"]],
  [["mydnspanel"], ["dns"]],
  [
    ["mydnspanel", "asanak", "soap-panel", "asanak"],
    ["dns", "asanak", "panel"],
  ],
] as const)("with %j the bridge's configuration is right, and has the providers %j", async (panels, ids) => {
  const world = await startWorld({ panels });
  const config = world.bridgeConfig();
  expect(Object.keys(config.providers).toSorted()).toEqual(ids.toSorted());
  for (const id of ids) expect(config.providers[id]).toMatchObject(providers[id]);
  expect(config.lines).toEqual(Object.fromEntries(ids.map((id) => lineOf[id])));
  expect(config.desks.support.line).toBe(lineOf[ids[0]][0]);
  expect(() => parseConfig(JSON.stringify(config), { file: "sandbox.json", env: {} })).not.toThrow();
});

test("a text that panels have approved is in the configuration in the form of each", async () => {
  const { templates } = (await startWorld({ panels: ["asanak", "soap-panel", "mydnspanel"] })).bridgeConfig();
  expect(templates).toEqual({
    "order-ready": {
      asanak: { templateId: 4471, parameters: ["name", "order"] },
      dns: { textCode: 2208, variables: ["name", "order"] },
    },
  });
  expect((await startWorld({ panels: ["soap-panel"] })).bridgeConfig().templates).toEqual({});
  expect((await startWorld({ account: { templates: [] } })).bridgeConfig().templates).toEqual({});
});

test("each panel's own options reach it", async () => {
  const world = await startWorld({
    panels: ["soap-panel", "mydnspanel"],
    account: { lines: ["982100000000"] },
    soapPanel: { lines: ["30005555", "30006666"], password: "other" },
    mydnspanel: { lines: ["50001111"], phoneBooks: [] },
  });
  expect(world.asanak.account.lines).toEqual(["982100000000"]);
  const config = world.bridgeConfig();
  expect(Object.keys(config.lines).toSorted()).toEqual(["30005555", "30006666", "50001111"]);
  expect(config.desks.support.line).toBe("30005555");
  expect(config.providers.panel?.password).toBe("other");
  expect(config.providers.dns).not.toHaveProperty("contacts");
});

test("no panel at all, or one without a line, is refused, and nothing stays open", async () => {
  await expect(startSimulators({ panels: [] })).rejects.toThrow("at least one panel");
  await expect(startSimulators({ panels: ["soap-panel"], soapPanel: { lines: [] } })).rejects.toThrow("no line");
});

test("handsets reach the lines of the chosen panels only, and write to the first one unless told", async () => {
  const { phones, soapPanel, mydnspanel } = await startWorld({ panels: ["mydnspanel", "soap-panel"] });
  const handset = phones.phone("09121234567");
  await handset.sends("به خط اول");
  await handset.sends("به خط دوم", { to: "30001234" });
  expect(mydnspanel.received.map(({ text }) => text)).toEqual(["به خط اول"]);
  expect(soapPanel.received.map(({ text }) => text)).toEqual(["به خط دوم"]);
  await expect(handset.sends("به آساناک", { to: "982164063188" })).rejects.toThrow("no panel owns the line");
});

test("the panels there are, their calls and their SMS are seen over HTTP", async () => {
  const world = await startWorld({ panels: ["mydnspanel", "soap-panel"] });
  const { get } = await openControl(world);
  expect(await get("/")).toMatchObject({
    panels: [
      { name: "mydnspanel", lines: ["50004321"] },
      { name: "soap-panel", lines: ["30001234"] },
    ],
  });
  await sendByMydnspanel(world, "سلام");
  await world.phones.phone("09121234567").gets("سلام");
  expect(await get("/calls")).toMatchObject({
    asanak: [],
    sms: [],
    panels: {
      mydnspanel: {
        calls: [{ action: "send", result: "1" }],
        sms: [{ line: "50004321", text: "سلام", status: { processing: 2, send: 3 } }],
      },
      "soap-panel": { calls: [], sms: [] },
    },
  });
});

test("each panel is made to misbehave over HTTP in its own words, and in no others", async () => {
  const world = await startWorld({});
  const { post } = await openControl(world);
  const known = {
    asanak: [{ kind: "refuse", refusal: { http: 402, code: 1006, message: "Not enough credit." }, times: 1 }],
    "soap-panel": [
      { kind: "result", code: 6, accepting: true, on: "SendSms" },
      { kind: "fault" },
      { kind: "fewer-ids", by: 1 },
    ],
    mydnspanel: [{ kind: "refuse", code: 112, on: "credit" }, { kind: "refuse-after", code: 113 }, { kind: "no-id" }],
  };
  const common = [{ kind: "silent" }, { kind: "slow", ms: 5 }, { kind: "status", status: 503, on: "all" }];
  for (const [name, modes] of Object.entries(known)) {
    for (const mode of [...modes, ...common]) {
      expect(await post(`/panels/${name}/mode`, mode)).toEqual({ status: 200, body: mode });
    }
    for (const mode of [{ kind: "odd" }, { kind: "slow" }, { kind: "silent", times: 0 }]) {
      expect((await post(`/panels/${name}/mode`, mode)).status).toBe(400);
    }
  }
  for (const { url } of [world.soapPanel, world.mydnspanel]) expect((await fetch(url)).status).toBe(503);
  expect((await fetch(`${world.asanak.url}/getcredit`)).status).toBe(503);
  expect((await post("/panels/asanak/mode", { kind: "no-id" })).status).toBe(400);
  expect(await post("/panels/panel/mode", { kind: "normal" })).toEqual({
    status: 404,
    body: { error: 'there is no panel "panel", only asanak, soap-panel, mydnspanel' },
  });
});

async function sendByMydnspanel({ mydnspanel }: Simulators, text: string): Promise<void> {
  const fields = { action: "send", from: "50004321", receivers: "9121234567", text };
  const headers = { authorization: mydnspanel.account.apiKey };
  await fetch(mydnspanel.url, { method: "POST", headers, body: new URLSearchParams(fields) });
}

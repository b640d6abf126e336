import { expect, onTestFinished, test } from "vitest";
import { ProviderError } from "../../../src/core/ports/provider-error.ts";
import { fails, openWorld, sara } from "../open-world.ts";

// The other ways of a message to its panel: as a template, at a time, in a batch, without an id.

const thread = "support/+989120000000";

async function world(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await openWorld(options);
  onTestFinished(opened.stop);
  await opened.start();
  return opened;
}

function paperTemplates() {
  const sent: unknown[] = [];
  return {
    sent,
    templates: {
      valuesOf: () => ["name", "code"],
      async send(sms: object) {
        sent.push(sms);
        return { ids: ["t-1"] };
      },
    },
  };
}

test("a template goes to the panel as it is configured there, with its values, and not as text", async () => {
  const { sent, templates } = paperTemplates();
  const { bridge, settle, first, find } = await world({
    first: { templates },
    templates: { ready: { first: { id: 7 } } },
  });
  expect(bridge.templatesOf("support")).toEqual([{ name: "ready", values: ["name", "code"], line: "30001" }]);
  const template = { name: "ready", values: ["سارا", "42"] };
  await bridge.outbound.accept({ id: "t", thread, text: "ready", template });
  await settle();
  expect(sent).toEqual([{ line: "30001", peer: "+989120000000", template: { id: 7 }, values: ["سارا", "42"] }]);
  expect(first.sent).toEqual([]);
  expect((await find("t"))?.state).toBe("sent");
});

test("a template goes over only to lines whose panel has it", async () => {
  const { templates } = paperTemplates();
  const refusing = { ...templates, send: async () => fails("no-credit")() ?? { ids: [] } };
  const options = { first: { templates: refusing }, templates: { ready: { first: {} } }, fallback: ["30002"] };
  const { bridge, settle, second, find } = await world(options);
  await bridge.outbound.accept({ id: "t", thread, text: "ready", template: { name: "ready", values: ["سارا", "42"] } });
  await bridge.outbound.accept({ id: "plain", thread: "support/+989120000001", text: "متن" });
  await settle();
  expect(await find("t")).toMatchObject({ state: "failed", line: "30001", failure: { code: "no-credit" } });
  expect(second.sent.map(({ text }) => text)).toEqual([]);
});

test("a template that no panel of the line has fails for certain", async () => {
  const { bridge, settle, find, first } = await world();
  await bridge.outbound.accept({ id: "t", thread, text: "ready", template: { name: "gone", values: [] } });
  await settle();
  expect(await find("t")).toMatchObject({ state: "failed", failure: { code: "bad-template" } });
  expect(first.sent).toEqual([]);
});

test("an SMS for later waits for its time, holds nobody up, and then leaves once", async () => {
  const { bridge, clock, pass, answer, first, find } = await world();
  await bridge.outbound.accept({ id: "later", thread, text: "فردا", sendAt: clock.now() + 60_000 });
  await answer("حالا");
  expect(first.sent.map(({ text }) => text)).toEqual(["حالا"]);
  expect(await find("later")).toMatchObject({ state: "held", hold: "scheduled" });
  await pass(61_000);
  expect(first.sent.map(({ text }) => text)).toEqual(["حالا", "فردا"]);
});

test("a panel that keeps SMS until their time gets them at once, and reports are asked for after that time", async () => {
  const kept: object[] = [];
  const schedule = {
    async send(sms: object) {
      kept.push(sms);
      return { ids: ["s-1"] };
    },
  };
  const { bridge, clock, pass, first, find } = await world({ first: { schedule } });
  const at = clock.now() + 3_600_000;
  await bridge.outbound.accept({ id: "later", thread, text: "فردا", sendAt: at });
  await pass(60_000);
  expect(kept).toMatchObject([{ text: "فردا", at }]);
  expect(await find("later")).toMatchObject({ state: "sent", reportDue: at + 5000 });
  expect(first.asked).toEqual([]);
  await pass(3_600_000, 5000);
  expect(first.asked.length).toBeGreaterThan(0);
  expect(first.sent).toEqual([]);
});

test("what was written at a desk for later waits here even so, where it can be changed, also after it was asked about", async () => {
  const schedule = { send: async () => expect.unreachable() };
  const { bridge, clock, pass, first, find } = await world({ first: { schedule } });
  const draft = { id: "later", thread, text: "فردا", origin: "-100:7", sendAt: clock.now() + 60_000 };
  await bridge.outbound.accept({ ...draft, hold: { why: "long" } });
  await bridge.outbound.sendInTime("later", 0, { id: "5", name: "سارا" });
  await pass(59_000);
  expect(await find("later")).toMatchObject({ state: "held", hold: "scheduled" });
  await pass(2000);
  expect(first.sent.map(({ text }) => text)).toEqual(["فردا"]);
});

test("a panel that turns out not to keep them leaves it to us", async () => {
  const schedule = { send: async () => fails("unsupported")() ?? { ids: [] } };
  const { bridge, clock, pass, first, find } = await world({ first: { schedule } });
  await bridge.outbound.accept({ id: "later", thread, text: "فردا", sendAt: clock.now() + 60_000 });
  await pass(1000);
  expect(await find("later")).toMatchObject({ state: "held", hold: "scheduled" });
  await pass(61_000);
  expect(first.sent.map(({ text }) => text)).toEqual(["فردا"]);
});

test("an SMS that the panel took without naming an id is sent, and nothing more is asked about it", async () => {
  const { bridge, pass, first, find } = await world({ first: { send: async () => ({ ids: [undefined] }) } });
  await bridge.outbound.accept({ id: "x", thread, text: "سلام" });
  await pass(120_000, 5000);
  expect(await find("x")).toMatchObject({ state: "sent", receipts: [{ ids: [] }] });
  expect(first.asked).toEqual([]);
});

test("ids of one call are asked together, and the panel's name for the call comes with them", async () => {
  const asked: { id: string; batch?: string }[][] = [];
  let sent = 0;
  const first = {
    // Every other SMS belongs to one of two calls.
    send: async () => ({ ids: [String(++sent)], batch: sent % 2 ? "odd" : "even" }),
    reports: {
      idsPerCall: 3,
      askAtSeconds: [5],
      async fetch(ids: readonly { id: string; batch?: string }[]) {
        asked.push([...ids]);
        return [];
      },
    },
  };
  const { answer, pass } = await world({ first });
  for (let n = 0; n < 6; n++) await answer(`to ${n}`, n);
  await pass(6000);
  expect(asked.map((ids) => ids.map(({ batch }) => batch))).toEqual([
    ["odd", "odd", "odd"],
    ["even", "even", "even"],
  ]);
});

test("where one question tells of a whole call, as many calls are asked for at once, however many receivers they had", async () => {
  const asked: { id: string; batch?: string }[][] = [];
  let sent = 0;
  const first = {
    send: async ({ peers }: { peers: readonly string[] }) => {
      const batch = `call-${++sent}`;
      return { ids: peers.map((one) => `${batch}/${one}`), batch };
    },
    reports: {
      idsPerCall: 2,
      countsBatches: true as const,
      askAtSeconds: [5],
      async fetch(ids: readonly { id: string; batch?: string }[]) {
        asked.push([...ids]);
        return [];
      },
    },
  };
  const { bridge, pass } = await world({ first });
  for (let n = 0; n < 250; n++) {
    const to = `support/+98912${String(n).padStart(7, "0")}`;
    await bridge.outbound.accept({ id: `b${n}`, thread: to, text: "به همه", lane: "bulk", line: "30001" });
  }
  await pass(8000);
  expect(sent).toBe(3);
  expect(asked.map((ids) => ids.length)).toEqual([200, 50]);
  expect(new Set(asked[0]?.map(({ batch }) => batch)).size).toBe(2);
});

test("contacts go to every phone book of the desk that has their fields", async () => {
  const kept: object[] = [];
  const contacts = {
    fields: ["birthday"],
    async add(contact: object) {
      kept.push(contact);
      return { refused: [] };
    },
  };
  const { bridge } = await world({ first: { contacts } });
  expect(bridge.phoneBooksOf("support")).toEqual([{ provider: "first", fields: ["birthday"] }]);
  const contact = { peer: "+989120000000", fields: { birthday: "1360/06/06" } };
  expect(await bridge.addContact("support", contact)).toEqual([{ provider: "first", refused: [] }]);
  expect(await bridge.addContact("support", { ...contact, fields: { nick: "x" } })).toEqual([]);
  expect(kept).toEqual([contact]);
  contacts.add = async () => {
    throw new ProviderError("bad-recipient", "803", { certain: true, vendor: "803" });
  };
  expect(await bridge.addContact("support", contact)).toEqual([
    { provider: "first", failure: { code: "bad-recipient", vendor: "803" } },
  ]);
});

test("a template for later waits here, though its panel keeps plain SMS until their time", async () => {
  const { sent, templates } = paperTemplates();
  const schedule = { send: async () => ({ ids: ["s-1"] }) };
  const { bridge, clock, pass } = await world({ first: { templates, schedule }, templates: { ready: { first: {} } } });
  const template = { name: "ready", values: ["سارا", "42"] };
  await bridge.outbound.accept({ id: "t", thread, text: "ready", template, sendAt: clock.now() + 60_000 });
  await pass(5000);
  expect(sent).toEqual([]);
  await pass(60_000);
  expect(sent).toHaveLength(1);
});

test("trying again one that failed before its time does not send it before its time; sending it now does", async () => {
  const schedule = { send: async () => fails("bad-line")() ?? { ids: [] } };
  const { bridge, clock, pass, first, find } = await world({ first: { schedule } });
  await bridge.outbound.accept({ id: "later", thread, text: "فردا", sendAt: clock.now() + 3_600_000 });
  await pass(1000);
  expect((await find("later"))?.state).toBe("failed");
  schedule.send = async () => fails("unsupported")() ?? { ids: [] };
  await bridge.outbound.tryAgain("later", 1, sara);
  await pass(1000);
  expect(first.sent).toEqual([]);
  await bridge.outbound.sendNow("later", 2, sara);
  await pass(1000);
  expect(first.sent.map(({ text }) => text)).toEqual(["فردا"]);
});

test("a panel that says only after its time that it keeps nothing: it is sent then, and does not fail", async () => {
  let pass: (ms: number) => void = () => undefined;
  const schedule = {
    async send() {
      pass(5000);
      return fails("unsupported")() ?? { ids: [] };
    },
  };
  const opened = await world({ first: { schedule } });
  pass = opened.clock.pass;
  await opened.bridge.outbound.accept({ id: "soon", thread, text: "کمی بعد", sendAt: opened.clock.now() + 3000 });
  await opened.pass(5000);
  expect((await opened.find("soon"))?.state).toBe("sent");
});

test("a record that is gone from the store is not looked for again and again", async () => {
  const opened = await openWorld();
  onTestFinished(opened.stop);
  const { bridge, records, answer, pass } = opened;
  await bridge.start();
  const id = await answer("سلام");
  await records.outbound.delete(id);
  let looks = 0;
  const update = records.outbound.update.bind(records.outbound);
  Object.assign(records.outbound, {
    update(...args: Parameters<typeof update>) {
      looks += 1;
      return update(...args);
    },
  });
  bridge.open();
  await pass(1000, 100);
  expect(looks).toBeLessThan(5);
});

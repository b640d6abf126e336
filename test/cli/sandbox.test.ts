import { setTimeout as pause } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { textsInPost } from "../support/texts-in-post.ts";
import { markOf, type State, startSandbox } from "./start-sandbox.ts";

// Each starts several processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 120_000 });

const customer = "09120000001";

/** A sandbox in which the customer has written, and the topic of it. */
async function written(text: string) {
  const sandbox = await startSandbox();
  await sandbox.sends(customer, text);
  return { sandbox, topic: await sandbox.topicOf(customer) };
}

test("kill -9 while SMS come in: each of them is in the topic after the start, also those that found no bridge", async () => {
  const sandbox = await startSandbox();
  const before = ["یک", "دو", "سه", "چهار"];
  for (const text of before) expect((await sandbox.sends(customer, text)).body.status).toBe(200);
  expect((await sandbox.kill()).body).toEqual({ state: "down" });
  expect(await sandbox.temporary.processes()).toEqual([]);
  expect((await sandbox.state()).bridge).toEqual({ state: "down" });
  const down = await fetch(`${sandbox.url}/readyz`);
  expect([down.status, await down.text()]).toEqual([502, "The bridge is down\n"]);

  const meanwhile = ["پنج", "شش", "هفت"];
  for (const text of meanwhile) expect((await sandbox.sends(customer, text)).body.status).toBe(502);
  const refused = await sandbox.until(
    ({ log }) => log.find(({ asked }) => asked.includes("پنج")),
    "a line of the push",
  );
  expect(refused).toMatchObject({ side: "asanak", isBad: true, answered: expect.stringContaining("502") });

  expect((await sandbox.start()).body).toEqual({ state: "running" });
  expect((await fetch(`${sandbox.url}/readyz`)).status).toBe(200);
  // What Telegram itself says of a pin or of the topic's sign is not a post.
  const posts = ({ telegram: { topics } }: State) =>
    topics.flatMap(({ messages }) => messages.filter(({ service }) => service === undefined).map(({ text }) => text));
  const shown = (state: State) => posts(state).flatMap(textsInPost);
  await sandbox.until((state) => meanwhile.every((text) => shown(state).includes(text)), "all SMS in the topic");
  // Whatever would come twice has come by now.
  await pause(2_500);
  const state = await sandbox.state();
  expect(state.telegram.topics).toHaveLength(1);
  const wanted = [...before, ...meanwhile];
  expect(wanted.filter((text) => !shown(state).includes(text))).toEqual([]);
  // A kill between a post and its commit shows that one post again, and no other.
  const again = posts(state).filter((text, at, all) => all.indexOf(text) < at);
  expect(again.length, posts(state).join(" | ")).toBeLessThanOrEqual(1);
  const once = shown(state).filter((text, at, all) => wanted.includes(text) && all.indexOf(text) === at);
  expect(once.slice(0, before.length)).toEqual(before);
  // What found no bridge comes as the panel repeats it, each by itself.
  expect(once.slice(before.length).toSorted()).toEqual(meanwhile.toSorted());
  expect(state.log.filter(({ side }) => side === "bridge").map(({ asked }) => asked)).toEqual([
    "chapar run (asanak)",
    expect.stringMatching(/^kill -9 \d+$/),
    "chapar run (asanak)",
  ]);
});

test("a text of four thousand Persian letters comes through as far as one of four", async () => {
  const sandbox = await startSandbox();
  const long = "م".repeat(4_000);
  expect((await sandbox.sends(customer, long)).body.status).toBe(200);
  await sandbox.until(
    ({ telegram: { topics } }) => topics.some(({ messages }) => messages.some(({ text }) => text.includes(long))),
    "the long text in its topic",
  );
});

test("kill -9 while an answer is on its way: it is once on the handset, and ⚠ says that nobody knows", async () => {
  const { sandbox, topic } = await written("سلام");
  await sandbox.post("/panels/asanak/trouble", { trouble: "silent" });
  const onItsWay = await sandbox.says(topic.id, "در راه");
  await sandbox.until(
    ({ log }) => log.some(({ asked }) => asked.includes("در راه") && /sendsms/.test(asked)),
    "a send",
  );
  await sandbox.kill();
  const meanwhile = await sandbox.says(topic.id, "وقتی نبود");
  await sandbox.post("/panels/asanak/trouble", { trouble: "none" });
  await sandbox.start();
  await sandbox.until((state) => markOf(state, onItsWay.body.id)?.startsWith("⚠"), "⚠");
  await sandbox.until((state) => markOf(state, meanwhile.body.id)?.startsWith("✓✓"), "✓✓");
  await pause(2_500);
  expect(await sandbox.gotBy(customer)).toEqual(["982164063188: در راه", "982164063188: وقتی نبود"]);
});

test("with another panel the topics stay, and an answer leaves from the line that there is now, which its mark names", async () => {
  const { sandbox, topic } = await written("از آساناک");
  // One that its panel has no credit for stays behind on a line that will be gone.
  await sandbox.post("/panels/asanak/trouble", { trouble: "credit" });
  const refused = await sandbox.says(topic.id, "بی‌اعتبار");
  const mark = await sandbox.until(
    ({ telegram: { topics } }) =>
      topics
        .flatMap(({ messages }) => messages)
        .find((one) => one.replyTo === refused.body.id && one.text.startsWith("✗")),
    "✗",
  );

  expect(await sandbox.choose("soap-panel")).toEqual({ status: 200, body: { panel: "soap-panel" } });
  expect(await sandbox.state()).toMatchObject({
    bridge: { state: "running" },
    choice: "soap-panel",
    panels: [{ kind: "soap-panel", lines: ["30001234"] }],
  });
  const answer = await sandbox.says(topic.id, "از خط تازه");
  expect(await sandbox.until((state) => doneMark(state, answer), "✓✓")).toContain("30001234");
  const [again = ""] = mark.buttons.flat();
  await sandbox.post("/telegram/press", { message: mark.id, text: again });
  expect(await sandbox.until((state) => doneMark(state, refused), "✓✓ of the second try")).toContain("30001234");
  expect(await sandbox.gotBy(customer)).toEqual(["30001234: از خط تازه", "30001234: بی‌اعتبار"]);

  expect((await sandbox.sends(customer, "به خط کهنه", "982164063188")).status).toBe(409);
  await sandbox.sends(customer, "به خط تازه");
  await sandbox.until(
    ({ telegram: { topics } }) => topics[0]?.messages.some(({ text }) => text.includes("به خط تازه")),
    "the SMS in the topic",
  );
  expect((await sandbox.state()).telegram.topics).toHaveLength(1);
});

test("an SMS that the former panel had taken still reaches its handset", async () => {
  const { sandbox, topic } = await written("سلام");
  await sandbox.post(`/phones/${customer}/power`, { on: false });
  const answer = await sandbox.says(topic.id, "گوشی خاموش است");
  await sandbox.until((state) => markOf(state, answer.body.id)?.startsWith("✓"), "✓");
  await sandbox.choose("mydnspanel");
  await sandbox.post(`/phones/${customer}/power`, { on: true });
  await expect.poll(() => sandbox.gotBy(customer), { timeout: 20_000 }).toEqual(["982164063188: گوشی خاموش است"]);
});

test("choices that come together are made one after the other, and a bridge that is down stays so until it is started", async () => {
  const sandbox = await startSandbox("--panel", "mydnspanel");
  const both = await Promise.all([sandbox.choose("all"), sandbox.choose("soap-panel")]);
  expect(both.map(({ status, body }) => [status, body.panel])).toEqual([
    [200, "all"],
    [200, "soap-panel"],
  ]);
  const state = await sandbox.state();
  expect(state).toMatchObject({ choice: "soap-panel", bridge: { state: "running" } });
  const runs = state.log.filter(({ asked }) => asked.startsWith("chapar run"));
  expect(runs.map(({ asked }) => asked)).toEqual([
    "chapar run (mydnspanel)",
    "chapar run (asanak, soap-panel, mydnspanel)",
    "chapar run (soap-panel)",
  ]);
  expect(await sandbox.temporary.processes()).toHaveLength(1);

  await sandbox.kill();
  expect((await sandbox.choose("asanak")).body).toEqual({ panel: "asanak" });
  expect(await sandbox.state()).toMatchObject({ choice: "asanak", bridge: { state: "down" } });
  await sandbox.start();
  expect((await sandbox.sends(customer, "سلام")).body.status).toBe(200);
  await sandbox.topicOf(customer);
  expect((await sandbox.post("/bridge", { do: "dance" })).status).toBe(400);
  expect((await sandbox.post("/panels", { panel: "none" })).status).toBe(400);
});

function doneMark(state: State, said: { body: Record<string, unknown> }): string | undefined {
  const mark = markOf(state, said.body.id);
  return mark?.startsWith("✓✓") ? mark : undefined;
}

import { expect, test, vi } from "vitest";
import { markOf, openTemporary, type State, startSandbox } from "./start-sandbox.ts";
import { call, startChild } from "./start-world.ts";

// Each starts several processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 120_000 });

const customer = "09120000001";
const persian = /\p{Script=Arabic}/u;

test.each([
  { panel: "asanak", answers: 2 },
  { panel: "all", answers: 3 },
])("in English, with $panel, nothing Persian is said by anybody", async ({ panel, answers }) => {
  const temporary = await openTemporary();
  const argv = ["sandbox", "--language", "en", "--panel", panel, "--port", "0"];
  const child = startChild(argv, { env: { TMPDIR: temporary.path } });
  const url = (await child.says(/listens on/)).replace(/.* on /, "").trim();
  await child.says(/The conversation is over/);
  expect(child.text()).toMatch(/Telegram: Support\n/);
  expect(child.text()).toMatch(/ Sara: .+\n/);
  expect(child.text().match(/ {2}✓✓\n/g)).toHaveLength(answers);
  expect(child.text()).not.toMatch(persian);

  const { topics } = (await (await fetch(`${url}/sandbox/telegram`)).json()) as State["telegram"];
  const posts = topics.flatMap(({ messages }) => messages.map(({ text }) => text));
  expect(posts.filter((text) => text.startsWith("✓✓ Delivered"))).toHaveLength(answers);
  expect(posts.filter((text) => persian.test(text))).toEqual([]);
  child.signal("SIGTERM");
  expect(await child.ended).toBe(0);
});

test("the bot speaks another language in the middle of a conversation, which goes on in its topic", async () => {
  const sandbox = await startSandbox();
  const speak = (language: string) => sandbox.post("/language", { language });
  await sandbox.sends(customer, "سلام");
  const { id } = await sandbox.topicOf(customer);
  const first = await sandbox.says(id, "در خدمتم");
  await sandbox.until((state) => markOf(state, first.body.id) === "✓✓ رسید", "a mark in Persian");

  expect(await speak("en")).toEqual({ status: 200, body: { language: "en" } });
  expect(await sandbox.state()).toMatchObject({
    language: "en",
    bridge: { state: "running" },
    telegram: { title: "پشتیبانی", topics: [{ id }] },
  });
  const second = await sandbox.says(id, "Here I am");
  await sandbox.until((state) => markOf(state, second.body.id) === "✓✓ Delivered", "a mark in English");
  expect(markOf(await sandbox.state(), first.body.id)).toBe("✓✓ رسید");
  expect(await sandbox.gotBy(customer)).toEqual(["982164063188: در خدمتم", "982164063188: Here I am"]);
  const { log } = await sandbox.state();
  expect(log.filter(({ side }) => side === "bridge").map(({ asked, answered }) => [asked, answered])).toEqual([
    ["chapar run (asanak)", expect.stringMatching(/^ready/)],
    [expect.stringMatching(/^kill -TERM \d+$/), "ended: code 0"],
    ["chapar run (asanak)", expect.stringMatching(/^ready/)],
  ]);
});

test("a language and a panel that are chosen together both hold, and a bridge that is down speaks it when it starts", async () => {
  const sandbox = await startSandbox("--language", "en");
  const both = await Promise.all([
    sandbox.post("/language", { language: "fa" }),
    sandbox.choose("soap-panel"),
    sandbox.post("/language", { language: "de" }),
  ]);
  expect(both.map(({ status }) => status)).toEqual([200, 200, 400]);
  expect(await sandbox.state()).toMatchObject({ language: "fa", choice: "soap-panel", bridge: { state: "running" } });
  expect(await sandbox.temporary.processes()).toHaveLength(1);

  await sandbox.kill();
  expect((await sandbox.post("/language", { language: "en" })).body).toEqual({ language: "en" });
  expect(await sandbox.state()).toMatchObject({ language: "en", bridge: { state: "down" } });
  await sandbox.start();
  await sandbox.sends(customer, "Hello");
  const { id } = await sandbox.topicOf(customer);
  const answer = await sandbox.says(id, "Hello to you");
  await sandbox.until((state) => markOf(state, answer.body.id) === "✓✓ Delivered", "a mark in English");
});

test("a language that the sandbox does not speak is told with those that it does", async () => {
  for (const word of ["de", "", "EN"]) {
    const { code, err } = await call(["sandbox", "--language", word]);
    expect(code).toBe(2);
    expect(err).toMatch(/^chapar: --language is one of fa, en\n\nchapar sandbox .*\[--language fa\|en\]/);
  }
});

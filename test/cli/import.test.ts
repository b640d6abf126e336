import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { call, startWorld, type World, withBridge } from "./start-world.ts";

const dayMs = 86_400_000;
const customer = "09121234567";

type Kind = "soap-panel" | "mydnspanel";

function importIn(world: World, ...argv: readonly string[]) {
  return call(["import", "--config", world.file, "--line", world.panels[0].lines[0], ...argv]);
}

/** Three SMS wait at the panel: one of long ago, and two equal ones of one second. */
async function startPanel(kind: Kind) {
  const world = await startWorld({ panels: [kind] });
  const panel = kind === "soap-panel" ? world.soapPanel : world.mydnspanel;
  const now = Date.now();
  for (const [text, time] of [
    ["of long ago", now - 3 * dayMs],
    ["بله", now],
    ["بله", now],
  ] as const) {
    await panel.receive({ from: customer, to: world.panels[0].lines[0], text, time });
  }
  return { ...world, panel, now };
}

const count = (world: World, text: string) =>
  world.group.messages().reduce((sum, message) => sum + (message.text ?? "").split(text).length - 1, 0);

async function useStore({ file }: World, store: string): Promise<void> {
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), store }));
}

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 8000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Long enough for the panel to be asked again. */
const aPollOrTwo = () => new Promise((resolve) => setTimeout(resolve, 2500));

test("what the poller brought is known; what it only kept as seen is shown once", async () => {
  const world = await startPanel("soap-panel");
  await withBridge(world, async () => {
    await until(() => count(world, "بله") === 2, "both");
    await until(async () => / 3 SMS found/.test((await importIn(world, "--days", "30")).out), "all of them read");
    const { code, out } = await importIn(world, "--days", "30");
    expect(code).toBe(0);
    expect(out).toMatch(/, the last 30 days: 3 SMS found, 0 new, 3 already known\nnone will be shown$/);
    expect(out).not.toContain("بله");

    expect((await importIn(world, "--days", "2", "--post")).out).toMatch(
      /: 2 SMS found, 0 new, 2 already known\nnone will be shown\nleft out: 1 older than that$/,
    );
    const posting = await importIn(world, "--days", "30", "--post");
    expect(posting.out).toMatch(/: 3 SMS found, 0 new, 3 already known\n1 will be shown, by the bridge that runs$/);
    await until(() => count(world, "of long ago") === 1, "the old one");
    expect((await importIn(world, "--days", "30", "--post")).out).toMatch(/none will be shown$/);
    await aPollOrTwo();
  });
  expect([count(world, "of long ago"), count(world, "بله")]).toEqual([1, 2]);
});

test("a panel that has no other list than its inbox is not asked: what the bridge kept as seen is shown once", async () => {
  const world = await startPanel("mydnspanel");
  await withBridge(world, () => until(() => count(world, "بله") === 2, "both"));
  const asked = world.mydnspanel.calls.length;
  const said = (toShow: string) =>
    new RegExp(
      `^50004321, the last 30 days: what the bridge has kept as seen; its panel was not asked, .*\\n${toShow}`,
    );

  const without = await importIn(world, "--days", "30");
  expect(without).toMatchObject({ code: 2, out: "" });
  expect(without.err).toMatch(
    /^chapar: --line: a panel of kind mydnspanel lists no past SMS apart from its inbox.*; --post shows those that the bridge has kept as seen\n\nchapar import /,
  );
  expect((await importIn(world, "--days", "2", "--post")).out).toMatch(/, the last 2 days: .*\nnone will be shown$/);
  expect(await importIn(world, "--days", "30", "--post")).toMatchObject({
    code: 0,
    err: "",
    out: expect.stringMatching(said("1 will be shown, when a bridge runs; none runs now, so start it: chapar run$")),
  });
  expect((await importIn(world, "--days", "30", "--post")).out).toMatch(said("none will be shown$"));
  expect(world.mydnspanel.calls).toHaveLength(asked);
  await withBridge(world, async () => {
    await until(() => count(world, "of long ago") === 1, "the old one");
    await aPollOrTwo();
    expect((await importIn(world, "--days", "30", "--post")).out).toMatch(said("none will be shown$"));
  });
  expect([count(world, "of long ago"), count(world, "بله")]).toEqual([1, 2]);
});

test("beside a bridge that runs, it is the one that shows them", async () => {
  const world = await startPanel("mydnspanel");
  await withBridge(world, async () => {
    await until(() => count(world, "بله") === 2, "both");
    expect((await importIn(world, "--days", "30", "--post")).out).toMatch(
      /\n1 will be shown, by the bridge that runs$/,
    );
    await until(() => count(world, "of long ago") === 1, "the old one");
  });
});

test("what an import brought into an empty store, the poller does not bring again", async () => {
  const world = await startPanel("soap-panel");
  // A bridge reads them; then its store is lost.
  await withBridge(world, () => until(() => count(world, "بله") === 2, "both"));
  await useStore(world, "sqlite://second.sqlite");

  const first = await importIn(world, "--days", "30", "--post");
  expect(first).toMatchObject({
    code: 0,
    err: "",
    out: expect.stringMatching(
      /: 3 SMS found, 3 new, 0 already known\n3 will be shown, when a bridge runs; none runs now/,
    ),
  });
  expect((await importIn(world, "--days", "30", "--post")).out).toMatch(/ 0 new, 3 already known\nnone will be shown$/);
  await withBridge(world, async () => {
    await until(() => count(world, "of long ago") === 1 && count(world, "بله") === 4, "all of them again");
    await world.panel.receive({ from: customer, to: world.panels[0].lines[0], text: "a new one" });
    await until(() => count(world, "a new one") === 1, "a new one");
    await aPollOrTwo();
  });
  expect([count(world, "of long ago"), count(world, "بله"), count(world, "a new one")]).toEqual([1, 4, 1]);
});

test("what was found is unread again at the panel, for another program; a bridge would undo it, so it must not run", async () => {
  const world = await startPanel("soap-panel");
  const { soapPanel } = world;
  const unread = () => soapPanel.received.filter(({ isRead }) => !isRead).map(({ text }) => text);
  await withBridge(world, async () => {
    await until(() => unread().length === 0, "all of them read");
    const beside = await importIn(world, "--days", "30", "--unread");
    expect(beside).toMatchObject({ code: 2, out: "" });
    expect(beside.err).toMatch(/^chapar: --unread: stop the bridge first.*\n\nchapar import .*\[--unread\]/);
  });
  expect(soapPanel.calls.filter(({ operation }) => operation === "UpdateMessagesIsNotRead")).toEqual([]);
  expect(unread()).toEqual([]);

  expect(await importIn(world, "--days", "2", "--unread")).toMatchObject({
    code: 0,
    err: "",
    out: expect.stringMatching(
      /: 2 SMS found, 0 new, 2 already known\nnone will be shown\n2 marked as unread at the panel\nleft out: 1 older than that$/,
    ),
  });
  expect(unread()).toEqual(["بله", "بله"]);
  // The bridge knows them, so that it brings none again; and marks them as read, as the refusal says.
  await withBridge(world, () => until(() => unread().length === 0, "read again"));
  expect([count(world, "of long ago"), count(world, "بله")]).toEqual([0, 2]);
});

test("a panel that does not mark them is told, after what was done all the same", async () => {
  const world = await startPanel("soap-panel");
  await withBridge(world, () =>
    until(() => world.soapPanel.received.every(({ isRead }) => isRead), "all of them read"),
  );
  world.soapPanel.mode({
    kind: "fault",
    message: `no such method for ${world.soapPanel.account.password}`,
    on: "UpdateMessagesIsNotRead",
  });
  const failed = await importIn(world, "--days", "30", "--post", "--unread");
  expect(failed.code).toBe(1);
  expect(failed.out).toMatch(/: 3 SMS found, 0 new, 3 already known\n1 will be shown, when a bridge runs; .*$/);
  expect(failed.out).not.toContain("marked");
  expect(failed.err).toMatch(/^chapar: the panel did not mark them all as unread: bad-reply, the panel says: .* — /);
  expect(failed.err).not.toContain(world.soapPanel.account.password);
});

test("a panel that does not answer is told with what to do, and nothing is brought", async () => {
  const world = await startPanel("soap-panel");
  await withBridge(world, () =>
    until(() => world.soapPanel.received.every(({ isRead }) => isRead), "all of them read"),
  );
  await useStore(world, "sqlite://second.sqlite");
  world.soapPanel.mode({ kind: "cut", on: "GetReceiveSMSIsReadList" });
  expect(await importIn(world, "--days", "30")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/^chapar: the panel did not list past SMS: no-answer — the panel is slow/),
  });
  world.soapPanel.mode({ kind: "normal" });
  expect((await importIn(world, "--days", "30")).out).toMatch(/ 3 new, 0 already known/);
});

test("bad usage is told before any panel is asked", async () => {
  const world = await startWorld();
  const missing = await call(["import", "--config", "/nowhere/config.json"]);
  expect(missing.err).toMatch(/^chapar: missing: --line .*, --days .*\n/);
  const noHistory = await importIn(world, "--days", "30");
  expect(noHistory).toMatchObject({ code: 2, out: "" });
  expect(noHistory.err).toMatch(/^chapar: --line: a panel of kind asanak lists no past SMS apart from its inbox/);
  for (const more of [[], ["--post"]]) {
    const noUnread = await importIn(world, "--days", "30", "--unread", ...more);
    expect(noUnread).toMatchObject({ code: 2, out: "" });
    expect(noUnread.err).toMatch(/^chapar: --unread: a panel of kind asanak cannot do that\n/);
  }
  for (const argv of [
    ["--days", "0"],
    ["--days", "long"],
    ["--days", "400"],
    ["--days", "3", "more"],
  ]) {
    expect(await importIn(world, ...argv)).toMatchObject({ code: 2, out: "" });
  }
  const unknown = await call(["import", "--config", world.file, "--line", "30009999", "--days", "3"]);
  expect(unknown).toMatchObject({ code: 2, err: expect.stringMatching(/--line: there is no such line; there are: /) });
  await useStore(world, "memory:");
  expect(await importIn(world, "--days", "3")).toMatchObject({ code: 2, err: expect.stringMatching(/in memory/) });
  expect(world.asanak.calls).toEqual([]);
});

import { afterEach, beforeEach, expect, it } from "vitest";
import type { Inbound } from "../../../src/core/model/message.ts";
import type { Group } from "../../../src/sandbox/telegram/group.ts";
import type { TelegramSimulator } from "../../../src/sandbox/telegram/server.ts";
import { placeOf } from "../../../src/telegram/types.ts";
import { closeSetup, type DeskSetup, inbound, openDesk, type SetupOptions, startSimulator } from "../desk-setup.ts";

let simulator: TelegramSimulator;
let group: Group;
let setup: DeskSetup;

beforeEach(async () => {
  simulator = await startSimulator();
  group = simulator.group({ forum: true });
});

afterEach(() => closeSetup(setup));

async function start(options: Partial<SetupOptions> = {}) {
  setup = await openDesk({ simulator, chat: group.id, ...options });
}

const noon = Date.UTC(2026, 10, 22, 8, 30);
const some = (count: number, fields: Partial<Inbound> = {}) =>
  Array.from({ length: count }, (_, n) =>
    inbound({ text: `text ${n}`, at: noon, panelTime: noon + n * 60_000, ...fields }),
  );
const posts = () => group.messages().filter(({ from, service }) => from.isBot && !service);

/** Others write at the same time. */
const others = () =>
  Array.from({ length: 3 }, (_, n) => setup.desk.post(inbound({ peer: `+98912000000${n}`, text: "other" })));

it("shows SMS that wait as one message, each under its time", async () => {
  await start();
  await setup.desk.post(inbound());
  const { post } = await setup.desk.post(...some(3));
  const last = posts().at(-1);
  expect(last?.text).toBe("12:00\ntext 0\n\n12:01\ntext 1\n\n12:02\ntext 2");
  expect(post).toBe(placeOf(group.id, last?.id ?? 0));
});

it("joins no more than one message holds, and cuts none that would fit whole", async () => {
  await start();
  await setup.desk.post(inbound());
  const long = some(3, { text: "x".repeat(2000) });
  await setup.desk.post(...long);
  expect(
    posts()
      .at(-1)
      ?.text.match(/x+/g)
      ?.map(({ length }) => length),
  ).toEqual([2000, 2000]);
  const before = posts().length;
  await setup.desk.post(inbound({ text: "y".repeat(5000) }), inbound());
  const parts = posts().slice(before);
  expect(parts.map(({ text }) => text).join("")).toBe("y".repeat(5000));
});

it("puts the card and the first SMS into one message where others wait, and into two where none does", async () => {
  await start();
  await Promise.all([setup.desk.post(...some(1, { text: "first" })), ...others()]);
  const [pressed] = posts().filter(({ text }) => text.includes("first"));
  expect(pressed?.text).toMatch(/^👤 0912 123 4567\nOn line 021 6406 3188\n[\s\S]*\n\n12:00\nfirst$/);
  const topic = group.topics().find(({ id }) => id === pressed?.topicId);
  await setup.desk.post(inbound({ text: "second" }));
  expect(group.messages(topic?.id).filter(({ service }) => !service)).toHaveLength(2);
  await setup.desk.post(inbound({ peer: "+989129999999", text: "quiet" }));
  expect(posts().at(-1)?.text).toBe("quiet");
});

it("puts the first SMS into a new topic before those that wait elsewhere", async () => {
  await start();
  await Promise.all(others());
  const calls = simulator.calls.map(({ method }) => method);
  expect(calls.indexOf("sendMessage")).toBeLessThan(calls.lastIndexOf("createForumTopic"));
});

it("heads what goes together with who wrote it, where there are no topics", async () => {
  await start({ settings: { layout: "replies" } });
  await setup.desk.post(...some(2));
  expect(posts().map(({ text }) => text)).toEqual([
    "0912 123 4567 on line 021 6406 3188\n12:00\ntext 0\n\n12:01\ntext 1",
  ]);
});

it("shows the same SMS together again in another topic when theirs is gone", async () => {
  await start();
  await setup.desk.post(inbound());
  group.deleteTopic(group.topics()[0]?.id ?? 0);
  await setup.desk.post(...some(2));
  expect(posts().at(-1)?.text).toBe("12:00\ntext 0\n\n12:01\ntext 1");
  expect(posts().filter(({ text }) => text.includes("text 0"))).toHaveLength(1);
});

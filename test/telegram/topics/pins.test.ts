import { afterEach, beforeEach, expect, test } from "vitest";
import type { Group, GroupOptions } from "../../../src/sandbox/telegram/group.ts";
import type { TelegramSimulator } from "../../../src/sandbox/telegram/server.ts";
import { administratorRights } from "../../../src/sandbox/telegram/world.ts";
import { closeSetup, type DeskSetup, inbound, openDesk, type SetupOptions, startSimulator } from "../desk-setup.ts";

const peers = ["+989120000001", "+989120000002", "+989120000003"];

let simulator: TelegramSimulator;
let group: Group;
let setup: DeskSetup;

beforeEach(async () => {
  simulator = await startSimulator();
});

afterEach(() => closeSetup(setup));

async function start(inGroup: GroupOptions = {}, options: Partial<SetupOptions> = {}): Promise<void> {
  group = simulator.group({ forum: true, ...inGroup });
  setup = await openDesk({ simulator, chat: group.id, ...options });
}

const post = (peer = peers[0] ?? "", desk = setup.desk) => desk.post(inbound({ peer }));
const cards = () => group.messages().filter(({ text }) => text.startsWith("👤"));
const isPinned = (count: number) =>
  simulator.waitFor(() => cards().filter((card) => card.isPinned).length === count, 8000);

test("a card is pinned after its SMS, once and without a sound", async () => {
  await start();
  await post();
  await isPinned(1);
  const methods = simulator.calls.map(({ method }) => method);
  expect(methods.indexOf("pinChatMessage")).toBeGreaterThan(methods.lastIndexOf("sendMessage"));
  expect(simulator.callsOf("pinChatMessage")).toMatchObject([{ parameters: { disable_notification: true } }]);
  await post();
  await post(peers[0], await setup.restart());
  await post(peers[1], await setup.restart());
  expect(
    simulator.callsOf("pinChatMessage").filter(({ parameters }) => parameters.message_id === cards()[0]?.id),
  ).toHaveLength(1);
});

test("under pressure pins wait: no SMS has to wait for one", async () => {
  await start({}, { limits: { groupPerMinute: 14, privatePerSecond: 1000, globalPerSecond: 1000 } });
  for (const peer of peers) await post(peer);
  // Three topics, cards and SMS are more than half of fourteen.
  expect(simulator.callsOf("pinChatMessage").length).toBeLessThan(3);
  for (const peer of peers) await post(peer);
  expect(group.messages().filter(({ text }) => text.startsWith("sms"))).toHaveLength(6);
});

test("without the right to pin nothing is tried over and over, and given the right the next SMS pins the card", async () => {
  await start({ rights: { can_pin_messages: false } });
  await post();
  await simulator.waitFor(() => simulator.callsOf("pinChatMessage").length === 1, 8000);
  await post();
  await post(peers[1]);
  expect(simulator.callsOf("pinChatMessage")).toHaveLength(1);
  group.setBot("administrator", administratorRights);
  setup.desk.refresh();
  await post();
  await isPinned(1);
});

test("what a process left unpinned is pinned after the next SMS of its thread", async () => {
  await start();
  const heal = simulator.network.fault({ kind: "cut", match: ({ path }) => path.endsWith("/pinChatMessage") });
  await post();
  const desk = await setup.restart();
  heal();
  await post(peers[0], desk);
  await isPinned(1);
  expect(cards()).toHaveLength(1);
});

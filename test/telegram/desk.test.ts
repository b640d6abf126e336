import type { GroupOptions } from "../../src/sandbox/telegram/group.ts";
import type { DeskSettings } from "../../src/telegram/types.ts";
import { placeOf } from "../../src/telegram/types.ts";
import { type DeskFixture, testDesk } from "../contracts/desk.ts";
import { inbound, openDesk, outbound, startSimulator } from "./desk-setup.ts";

async function open(group: GroupOptions, settings: Partial<DeskSettings>): Promise<DeskFixture> {
  const simulator = await startSimulator();
  const chat = simulator.group(group);
  const sara = simulator.user({ name: "Sara" });
  chat.add(sara);
  const setup = await openDesk({ simulator, chat: chat.id, settings });
  return {
    desk: setup.desk,
    inbound,
    outbound,
    operatorWrites: (text) => placeOf(chat.id, chat.say(sara, text).id),
    texts: () => chat.messages().flatMap(({ text, service }) => (service ? [] : [text])),
    markAt(origin) {
      const [, id] = origin.split(":");
      return chat.messages().find(({ replyTo, from }) => from.isBot && replyTo === Number(id))?.text;
    },
    cut: () => simulator.network.refuse(),
    mend: () => simulator.network.listen(),
    removeUs: () => chat.setBot("kicked"),
    async stop() {
      await setup.stop();
      await simulator.stop();
    },
  };
}

testDesk("a forum with topics", () => open({ forum: true }, {}));
testDesk("a group without topics", () => open({}, { layout: "replies" }));
testDesk("a forum with reactions as ticks", () => open({ forum: true }, { ticks: "reaction" }));
testDesk("a group that wants no ticks", () => open({}, { ticks: "off" }));

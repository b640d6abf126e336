import { expect, onTestFinished, test } from "vitest";
import type { Store } from "../../src/core/ports/store.ts";
import { openDesk, startSimulator } from "./desk-setup.ts";

async function start(wrapStore?: (store: Store) => Store) {
  const simulator = await startSimulator();
  const group = simulator.group({ forum: true });
  const setup = await openDesk({ simulator, chat: group.id, ...(wrapStore ? { wrapStore } : {}) });
  onTestFinished(async () => {
    await setup.stop();
    await simulator.stop();
  });
  const asked = group.say(simulator.user(), "?");
  const answers = () => group.messages().filter(({ replyTo }) => replyTo === asked.id);
  return { ...setup, group, asked, answers };
}

test("the same words to the same message are said once, however often the update comes", async () => {
  const { simulator, desk, asked, answers, restart } = await start();
  const answer = { text: "this went to nobody" };
  await desk.answer({ messageId: asked.id }, answer);
  await simulator.waitFor(() => answers().length === 1);
  const again = await restart();
  await again.answer({ messageId: asked.id }, answer);
  await again.answer({ messageId: asked.id }, { text: "something else" });
  await simulator.waitFor(() => answers().length === 2);
  expect(answers().map(({ text }) => text)).toEqual(["this went to nobody", "something else"]);
});

test("an answer that could not be said before the end is said after the restart", async () => {
  const { simulator, desk, asked, answers, restart } = await start();
  await simulator.network.refuse();
  await desk.answer({ messageId: asked.id }, { text: "this went to nobody" });
  await restart();
  await simulator.network.listen();
  await simulator.waitFor(() => answers().length === 1, 12_000);
});

test("an answer that was said while the list of the others was read is not said again", async () => {
  const { simulator, desk, asked, answers } = await start(withLateLists);
  const texts = ["one", "two", "three"];
  for (const text of texts) await desk.answer({ messageId: asked.id }, { text });
  await simulator.waitFor(() => answers().length >= texts.length, 12_000);
  await desk.answer({ messageId: asked.id }, { text: "the last" });
  await simulator.waitFor(() => answers().some(({ text }) => text === "the last"), 12_000);
  expect(answers().map(({ text }) => text)).toEqual([...texts, "the last"]);
});

/** A store that hands over what it found a while after it looked. */
function withLateLists(store: Store): Store {
  return {
    ...store,
    async collection(spec) {
      const collection = await store.collection(spec);
      return {
        ...collection,
        async range(...asked) {
          const found = await collection.range(...asked);
          await new Promise((resolve) => setTimeout(resolve, 200));
          return found;
        },
      };
    },
  };
}

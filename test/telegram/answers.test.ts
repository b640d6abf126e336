import { expect, onTestFinished, test } from "vitest";
import { openDesk, startSimulator } from "./desk-setup.ts";

async function start() {
  const simulator = await startSimulator();
  const group = simulator.group({ forum: true });
  const setup = await openDesk({ simulator, chat: group.id });
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

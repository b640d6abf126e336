import { expect, onTestFinished, test } from "vitest";
import { phaseOf } from "../../../src/core/model/conversation.ts";
import { threadOf } from "../../../src/core/model/thread.ts";
import { openWorld, sara } from "../open-world.ts";

const thread = threadOf("support", "+989120000000");

async function world() {
  const opened = await openWorld();
  onTestFinished(opened.stop);
  await opened.start();
  let answers = 0;
  /** What a card was shown as, one after the other. */
  const shown = () => opened.support.cards.map((conversation) => phaseOf(conversation));
  const says = async () => {
    await opened.receive("?");
    await opened.pass(1000);
  };
  const answer = async () => {
    answers += 1;
    await opened.bridge.conversations.answer(thread, { id: `a${answers}`, by: sara, at: opened.clock.now() });
    await opened.pass(1000);
  };
  return { ...opened, shown, says, answers: answer };
}

test("who takes a thread is shown at once; whose turn it is, once the talk has paused", async () => {
  const { bridge, shown, says, answers, pass } = await world();
  await says();
  await answers();
  expect(shown()).toEqual(["new", "waiting"]);
  for (let n = 0; n < 3; n += 1) {
    await says();
    await answers();
  }
  expect(shown()).toEqual(["new", "waiting"]);
  await says();
  await pass(15_000);
  expect(shown()).toEqual(["new", "waiting"]);
  await pass(6_000);
  expect(shown()).toEqual(["new", "waiting", "in-hand"]);
  await bridge.conversations.close(thread);
  await pass(1000);
  expect(shown()).toEqual(["new", "waiting", "in-hand", "closed"]);
});

test("a customer who goes on and on does not put it off", async () => {
  const { shown, says, answers } = await world();
  await says();
  await answers();
  for (let n = 0; n < 25; n += 1) await says();
  expect(shown()).toEqual(["new", "waiting", "in-hand"]);
});

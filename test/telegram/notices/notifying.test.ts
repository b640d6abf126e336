import { expect, onTestFinished, test } from "vitest";
import type { Digest } from "../../../src/core/model/digest.ts";
import { openDesk, startSimulator } from "../desk-setup.ts";

const day = 86_400_000;
const to = Date.UTC(2026, 10, 26, 17, 30);
const digest: Digest = {
  from: to - day,
  to,
  received: 3,
  answers: 2,
  failed: 0,
  uncertain: 0,
  open: 1,
  unanswered: 0,
  operators: [],
  days: [6, 5, 4, 3, 2, 1, 0].map((n) => ({
    from: to - (n + 1) * day,
    to: to - n * day,
    received: 3,
    answers: 2,
    medianMs: 60_000,
  })),
};

async function open() {
  const simulator = await startSimulator();
  const group = simulator.group({ forum: true });
  const setup = await openDesk({ simulator, chat: group.id });
  onTestFinished(async () => {
    await setup.stop();
    await simulator.stop();
    expect(simulator.violations).toEqual([]);
  });
  const tell = () => setup.desk.notify({ kind: "digest", digest, credits: [] });
  return { simulator, group, tell };
}

test("a digest is one message: the picture, and the figures under it", async () => {
  const { simulator, group, tell } = await open();
  await tell();
  const messages = group.messages("general").filter(({ service }) => service === undefined);
  expect(messages).toMatchObject([
    { text: expect.stringContaining("3 SMS in, 2 out."), picture: { width: 1080, height: 760 } },
  ]);
  const picture = simulator.picture(messages[0]?.picture?.id ?? "");
  expect(picture?.subarray(1, 4).toString()).toBe("PNG");
  expect(simulator.callsOf("sendMessage")).toEqual([]);
});

test.each([
  [400, "Bad Request: not enough rights to send photos to the chat"],
  [400, "Bad Request: IMAGE_PROCESS_FAILED"],
  [413, "Request Entity Too Large"],
])("where a picture is refused (%s %s) the figures go alone", async (code, description) => {
  const { simulator, group, tell } = await open();
  simulator.fail("sendPhoto", { code, description });
  await tell();
  const messages = group.messages("general").filter(({ service }) => service === undefined);
  expect(messages).toMatchObject([{ text: expect.stringContaining("3 SMS in, 2 out."), picture: undefined }]);
});

test("where nobody knows whether the picture arrived, nothing is sent beside it", async () => {
  const { simulator, tell } = await open();
  simulator.fail("sendPhoto", { code: 502, description: "Bad Gateway", when: "after" });
  await expect(tell()).rejects.toMatchObject({ code: "unreachable" });
  expect(simulator.callsOf("sendMessage")).toEqual([]);
});

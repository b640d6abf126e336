import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type BulkOutcome,
  type BulkProgress,
  type BulkRun,
  bulkKey,
  type RefusedRow,
} from "../../../src/core/model/bulk.ts";
import type { Group } from "../../../src/sandbox/telegram/group.ts";
import type { TelegramSimulator } from "../../../src/sandbox/telegram/server.ts";
import { placeOf } from "../../../src/telegram/types.ts";
import { closeSetup, type DeskSetup, line, openDesk, peer, startSimulator } from "../desk-setup.ts";

let simulator: TelegramSimulator;
let group: Group;
let setup: DeskSetup;

beforeEach(async () => {
  simulator = await startSimulator();
  group = simulator.group({ forum: true });
  setup = await openDesk({ simulator, chat: group.id });
});

afterEach(() => closeSetup(setup));

const by = { id: "5", name: "Sara" };
const counts = { waiting: 0, leaving: 0, sent: 1, failed: 1, uncertain: 0 };
const outcomes: readonly (BulkOutcome | RefusedRow)[] = [
  { peer, state: "sent" },
  { peer: "+989120000000", state: "failed", failure: { code: "bad-recipient" } },
  { row: 4, written: "=1+1", why: "bad-number" },
];

function progress(place: string, state: BulkRun["state"] = "done"): BulkProgress {
  const run = { id: "run", desk: "support", line, text: "Hi", by, at: 1, total: 2, next: 2, place, state, due: 1 };
  return { run, counts };
}

/** Shows it, and gives what was committed. */
async function show(shown: BulkProgress): Promise<string[]> {
  const committed: string[] = [];
  await setup.desk.bulk({
    read: async () => shown,
    commit: async (key) => void committed.push(key),
    report: async function* () {
      yield* outcomes;
    },
  });
  return committed;
}

async function previewPlace(): Promise<string> {
  setup.desk.tell({ text: "the preview" });
  const message = await simulator.waitFor(() => group.messages().find(({ text }) => text === "the preview"), 10_000);
  return placeOf(group.id, message.id);
}

const reports = () =>
  simulator.callsOf("sendDocument").map(({ parameters }) => parameters.document as { text: string });

test("the preview becomes the progress and the end, and below it stands the report", async () => {
  const place = await previewPlace();
  const running = progress(place, "running");
  expect(await show(running)).toEqual([bulkKey(running)]);
  const shown = () => group.messages().find(({ id }) => place.endsWith(`:${id}`));
  expect(shown()?.buttons).toEqual([["Stop"]]);
  expect(reports()).toEqual([]);
  expect(await show(progress(place))).toEqual(["done"]);
  expect(shown()?.text).toBe("📣 Done: 1 of 2 sent\n✗ 1 failed");
  expect(shown()?.buttons).toEqual([]);
  expect(reports().map(({ text }) => text)).toEqual([
    "\ufeffnumber,state,reason\r\n0912 123 4567,sent,\r\n0912 000 0000,failed,the number is not right\r\n'=1+1,left out,row 4: the number is not right\r\n",
  ]);
});

test("where the message is gone its end is told anew, and where files may not be sent that is told", async () => {
  const place = placeOf(group.id, 999);
  expect(await show(progress(place, "running"))).toHaveLength(1);
  const rights = { code: 400, description: "Bad Request: not enough rights to send documents to the chat", times: 9 };
  simulator.fail("sendDocument", rights);
  expect(await show(progress(place))).toEqual(["done"]);
  const texts = group.messages().map(({ text }) => text);
  expect(texts).toContain("📣 Done: 1 of 2 sent\n✗ 1 failed");
  expect(texts.some((text) => text.startsWith("I may not send files here"))).toBe(true);
});

test("after the group has moved, no other message is taken for that of the run", async () => {
  const [, id = ""] = (await previewPlace()).split(":");
  await show(progress(placeOf(-5, Number(id)), "running"));
  await show(progress(placeOf(-5, Number(id))));
  const texts = group.messages().map(({ text }) => text);
  expect(texts).toContain("the preview");
  expect(texts).toContain("📣 Done: 1 of 2 sent\n✗ 1 failed");
});

test("a report whose topic is gone stands in General, and a run that was dropped has none", async () => {
  const place = await previewPlace();
  const { run } = progress(place);
  await show({ run: { ...run, topic: "777" }, counts });
  const file = group.messages("general").find(({ file }) => file?.name === "bulk-report.csv");
  expect(file?.text).toBe("What became of each receiver");
  await show(progress(place, "dropped"));
  expect(reports()).toHaveLength(2);
});

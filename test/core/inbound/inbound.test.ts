import { expect, test } from "vitest";
import type { IncomingSms } from "../../../src/core/ports/inbox.ts";
import { openParts } from "../bridge-parts.ts";
import { noon } from "../messages.ts";

const sms = (changes: Partial<IncomingSms> = {}): IncomingSms => ({
  line: "982164063188",
  peer: "09121234567",
  text: "سلام",
  time: { written: "2026-11-22 12:00:00", at: noon },
  ...changes,
});
const { time: _, ...withoutTime } = sms();

async function open() {
  const parts = await openParts();
  const accept = async (...list: IncomingSms[]) =>
    (await parts.inbound.accept("asanak", list)).map(({ isNew }) => (isNew ? "new" : "repeat"));
  return { ...parts, accept };
}

test("a push that is repeated is one SMS, and the repeats are counted", async () => {
  const { accept, inbound, accepted, records } = await open();
  expect(await accept(sms())).toEqual(["new"]);
  expect(await accept(sms(), sms())).toEqual(["repeat", "repeat"]);
  expect(accepted).toEqual(["سلام"]);
  const [{ message } = { message: undefined }] = await inbound.accept("asanak", [sms()]);
  expect(message?.repeats).toBe(3);
  expect(await records.inbound.range("postDue", { limit: 10 })).toHaveLength(1);
});

test("the same push by many callers at once is one SMS", async () => {
  const { accept, accepted } = await open();
  await Promise.all(Array.from({ length: 20 }, () => accept(sms())));
  await Promise.all(Array.from({ length: 20 }, () => accept(withoutTime)));
  expect(accepted).toEqual(["سلام", "سلام"]);
});

test("a repeat is known however its numbers are written, and not by when it arrives", async () => {
  const { accept, clock } = await open();
  await accept(sms());
  clock.pass(3 * 86_400_000);
  expect(await accept(sms({ line: "02164063188", peer: "+98 912 123 4567" }))).toEqual(["repeat"]);
});

test("an equal text with another panel time is a new SMS", async () => {
  const { accept } = await open();
  await accept(sms());
  expect(await accept(sms({ time: { written: "2026-11-22 12:00:01" } }))).toEqual(["new"]);
});

test("an equal text at another line, or from another peer, is a new SMS", async () => {
  const { accept } = await open();
  await accept(sms());
  expect(await accept(sms({ line: "30001234" }), sms({ peer: "09351111111" }))).toEqual(["new", "new"]);
});

test("the panel's own id decides where it has one", async () => {
  const { accept } = await open();
  expect(await accept(sms({ panelId: "9007199254740993" }))).toEqual(["new"]);
  expect(await accept(sms({ panelId: "9007199254740993", time: { written: "later" } }))).toEqual(["repeat"]);
  expect(await accept(sms({ panelId: "9007199254740995" }))).toEqual(["new"]);
});

test.each(["", "0", "000", "  "])("an id of %j is no id", async (panelId) => {
  const { accept } = await open();
  await accept(sms({ panelId }));
  expect(await accept(sms({ panelId, text: "دیگر" }))).toEqual(["new"]);
  expect(await accept(sms({ panelId }))).toEqual(["repeat"]);
});

test("an id that came before with another text or peer is no id", async () => {
  const { accept } = await open();
  await accept(sms({ panelId: "7" }));
  expect(await accept(sms({ panelId: "7", text: "دیگر" }))).toEqual(["new"]);
  expect(await accept(sms({ panelId: "7", peer: "09351111111" }))).toEqual(["new"]);
  expect(await accept(sms({ panelId: "7", text: "دیگر" }))).toEqual(["repeat"]);
});

test("a space that comes and goes at the end makes no other text of an id", async () => {
  const { accept } = await open();
  const text = "سلام";
  expect(await accept(sms({ panelId: "7", text }))).toEqual(["new"]);
  expect(await accept(sms({ panelId: "7", text: `${text} ` }))).toEqual(["repeat"]);
});

test("without any time, an equal text within ten minutes is a repeat and later it is new", async () => {
  const { accept, clock } = await open();
  expect(await accept(withoutTime)).toEqual(["new"]);
  clock.pass(600_000);
  expect(await accept(withoutTime)).toEqual(["repeat"]);
  clock.pass(1);
  expect(await accept(withoutTime)).toEqual(["new"]);
  expect(await accept(withoutTime)).toEqual(["repeat"]);
});

test("without any time, an equal text after our answer is new", async () => {
  const { accept, outbound, clock } = await open();
  await accept(withoutTime);
  clock.pass(1000);
  await outbound.accept({ id: "a", thread: "support/+989121234567", text: "بله؟" });
  clock.pass(1000);
  expect(await accept(withoutTime)).toEqual(["new"]);
});

test("an SMS to a line that is not listed goes to the provider's desk and names the line", async () => {
  const { inbound } = await open();
  const [accepted] = await inbound.accept("asanak", [sms({ line: "50009999" })]);
  expect(accepted?.message).toMatchObject({ desk: "support", line: "50009999" });
});

test("an empty text is an SMS", async () => {
  const { accept } = await open();
  expect(await accept(sms({ text: "" }))).toEqual(["new"]);
});

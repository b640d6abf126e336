import { expect, test } from "vitest";
import { openConversations } from "../../../src/core/conversations/conversations.ts";
import { createDirectory } from "../../../src/core/conversations/directory.ts";
import { cleanName } from "../../../src/core/model/name.ts";
import { threadOf } from "../../../src/core/model/thread.ts";
import { openStore } from "../../../src/store/open.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { silentLog } from "../../telegram/silent-log.ts";

async function openDirectory() {
  const clock = createFakeClock(0);
  const store = await openStore("memory:", { clock, log: silentLog });
  const conversations = await openConversations({ store, clock, collisionMsOf: () => 0, followUpOf: () => undefined });
  const name = (peer: string, called: string | undefined) => conversations.name(threadOf("support", peer), called);
  const directory = createDirectory({ conversations });
  const found = async (part: string) =>
    (await directory.search("support", part, 10)).found.map(({ peer, name = "" }) => name || peer);
  return { clock, name, directory, found };
}

test("a name is found by any part of it, whichever keyboard wrote it", async () => {
  const { name, found } = await openDirectory();
  await name("+989120000001", "كيانی، علی‌رضا");
  for (const part of ["کیانی", "علی رضا", "علیرضا", "رضا", "کی"]) expect(await found(part), part).toHaveLength(1);
  expect(await found("رضایی")).toEqual([]);
  await name("+989120000002", "ALI Reza ۲");
  expect(await found("ali")).toEqual(["ALI Reza ۲"]);
  expect(await found("reza 2")).toEqual(["ALI Reza ۲"]);
});

test("a number is found by any part, national or from abroad; who is named later or anew is found too", async () => {
  const { name, found } = await openDirectory();
  await name("+989120000001", "one");
  for (const part of ["0912", "+98 912", "0098912", "۰۰۰۰۱", "912000"])
    expect(await found(part), part).toEqual(["one"]);
  await name("+989120000001", "first");
  await name("+989130000002", "second");
  expect(await found("one")).toEqual([]);
  expect(await found("0913")).toEqual(["second"]);
});

test("the whole name comes before its beginning, and that before a part; of equal ones the last active", async () => {
  const { clock, name, found, directory } = await openDirectory();
  for (const [index, called] of ["a sara", "sara b", "sara", "sara c"].entries()) {
    await name(`+98912000000${index}`, called);
    clock.pass(1000);
  }
  expect(await found("Sara")).toEqual(["sara", "sara c", "sara b", "a sara"]);
  expect(await directory.search("support", "sara", 2)).toMatchObject({ count: 4, found: { length: 2 } });
  expect(await directory.called("support", "SARA")).toHaveLength(1);
  expect(await directory.called("oncall", "sara")).toEqual([]);
});

test("a name is one line of at most 64 letters without direction marks; of nothing and of a dash it is none", () => {
  expect(cleanName(" سارا\n\u202eاحمدی\u200f ")).toBe("سارا احمدی");
  expect(cleanName("علی‌رضا")).toBe("علی‌رضا");
  expect([...(cleanName("😀".repeat(100)) ?? "")]).toHaveLength(64);
  for (const none of ["", "  ", "-", "–", "\u200f"]) expect(cleanName(none)).toBeUndefined();
});

import { expect, test } from "vitest";
import { openPage } from "./open-page.ts";

interface Heard {
  readonly message?: { readonly chat: { readonly id: number }; readonly contact?: object };
}

test("who has begun a chat with the bot can be written to by it, and nobody else", async () => {
  const { world, post, callBot, readState } = await openPage({ limits: "none" });
  const [sara, reza] = world.operators.map(({ id }) => id);
  const write = (chat_id: number | undefined) => callBot("sendMessage", { chat_id, text: "۲ ساعت است که منتظر است" });
  expect(await write(sara)).toBeUndefined();
  expect((await readState()).telegram.privates).toEqual([]);

  const started = await post("/telegram/say", { user: "سارا", private: true, text: "/start" });
  expect(started.status).toBe(200);
  expect(await write(sara)).toMatchObject({ chat: { id: sara } });
  expect(await write(reza)).toBeUndefined();
  const { privates, general } = (await readState()).telegram;
  expect(privates).toMatchObject([{ person: sara, messages: [{ text: "/start" }, { text: /منتظر/ }] }]);
  expect(general).toEqual([]);

  const { body } = started;
  const edit = { message: body.id, text: "/help", private: true };
  expect(await post("/telegram/edit", { user: "رضا", ...edit })).toMatchObject({ status: 409 });
  expect(await post("/telegram/edit", { user: "سارا", ...edit })).toMatchObject({ body: { text: "/help" } });
  const react = { user: "سارا", message: body.id, emoji: "👍", private: true };
  expect(await post("/telegram/react", react)).toMatchObject({ body: { reactions: ["👍"] } });
});

test("a contact is seen by people and by the bot", async () => {
  const { world, post, callBot, readState } = await openPage({ limits: "none" });
  const contact = { name: "سارا احمدی", number: "+989121234567" };
  await post("/telegram/say", { text: "", contact });
  expect((await readState()).telegram.general).toMatchObject([{ text: "", contact }]);
  const heard = await callBot<readonly Heard[]>("getUpdates", {});
  expect(heard.map(({ message }) => message)).toMatchObject([
    { chat: { id: world.group.id }, contact: { first_name: contact.name, phone_number: contact.number } },
  ]);
});

test("hours other than the three are refused in words, and without a bridge of its own a world has none", async () => {
  const { post, readState } = await openPage({});
  expect((await readState()).hours).toBe("open");
  expect(await post("/hours", { hours: "late" })).toEqual({
    status: 400,
    body: { error: "hours is one of open, closed, quiet" },
  });
});

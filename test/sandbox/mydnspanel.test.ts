import { describe, expect, test } from "vitest";
import { authorization, call, line, panel, post, postJson, start, startForEach } from "./mydnspanel.start.ts";

startForEach();

describe("access", () => {
  test("forms, multipart, JSON and GET are understood alike, and the key is not kept", async () => {
    const fields = { action: "send", from: line, text: "یک", receivers: "9120000001" };
    const multipart = new FormData();
    for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
    const answers = [
      await post(fields),
      await fetch(panel.url, { method: "POST", headers: authorization(), body: multipart }),
      await postJson({ ...fields, from: Number(line), receivers: 9120000001 }),
      await fetch(`${panel.url}?${new URLSearchParams({ ...fields, key: panel.account.apiKey })}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(panel.ledger.map(({ text, line: from, receiver }) => [text, from, receiver])).toEqual(
      Array.from({ length: 4 }, () => ["یک", line, "9120000001"]),
    );
    expect(panel.calls.map(({ verb, encoding, action, result }) => [verb, encoding, action, result])).toEqual([
      ["POST", "form", "send", "1"],
      ["POST", "multipart", "send", "1"],
      ["POST", "json", "send", "1"],
      ["GET", "query", "send", "1"],
    ]);
    expect(panel.calls[3]?.fields).toEqual(fields);
    expect(JSON.stringify(panel.calls)).not.toContain(panel.account.apiKey);
  });

  test("the key is a raw header of a POST and a parameter of a GET, and nothing else", async () => {
    const key = panel.account.apiKey;
    const answers = [
      await fetch(`${panel.url}?action=status`, { method: "POST", headers: { authorization: `Bearer ${key}` } }),
      await fetch(`${panel.url}?action=status&key=${key}`, { method: "POST" }),
      await fetch(`${panel.url}?action=status`, { headers: { authorization: key } }),
      await fetch(`${panel.url}?action=status&key=${key}`),
    ];
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts).toEqual(['{"result":"-1"}', '{"result":"-1"}', '{"result":"-1"}', '{"result":"1"}']);
  });

  test("the common checks come one after the other, for every action", async () => {
    const { account } = panel;
    Object.assign(account, { hasAccess: false, isApproved: false, isAddressAllowed: false });
    expect(await call("nothing")).toEqual({ result: "-2" });
    account.hasAccess = true;
    expect(await call("nothing")).toEqual({ result: "-3" });
    account.isApproved = true;
    const put = await fetch(`${panel.url}?action=status`, { method: "PUT", headers: authorization() });
    expect(await put.json()).toEqual({ result: "-4" });
    expect(await call("nothing")).toEqual({ result: "-5" });
    account.isAddressAllowed = true;
    expect(await call("nothing")).toEqual({ result: "100" });
    expect(await call("sendOTP")).toEqual({ result: "100" });
    expect(await call("status")).toEqual({ result: "1" });
  });

  test("a body that is not what it says has no action, and another path is 404", async () => {
    const headers = { ...authorization(), "content-type": "application/json" };
    const broken = await fetch(panel.url, { method: "POST", headers, body: '{"action":' });
    expect(await broken.json()).toEqual({ result: "100" });
    expect((await fetch(panel.network.url)).status).toBe(404);
  });
});

test.each([
  ["balance", { balance: "12345" }],
  ["data.credit", { data: { credit: "12345" } }],
  ["data", { data: "12345" }],
])("credit may stand in %s", async (creditPlace, fields) => {
  await start({ creditPlace });
  expect(await call("credit")).toEqual({ result: "1", ...fields });
});

describe("newContact", () => {
  const contact = (fields: Record<string, string> = {}) =>
    call("newContact", { phoneId: "12", cNumber: "9120000001", ...fields });

  test("keeps the contact and those of its fields that are right", async () => {
    await start({
      fields: [
        { id: "F1", accepts: /^\d+$/ },
        { id: "F2", isUnique: true },
      ],
    });
    expect(await contact()).toEqual({ result: "1" });
    expect(await contact({ cFields: '{"F1":"12","F2":"a","F3":"b"}' })).toEqual({
      result: "1",
      fields: { F1: "1", F2: "1", F3: "-1" },
    });
    expect(await contact({ cFields: '{"F2":"a"}' })).toEqual({ result: "1", fields: { F2: "1" } });
    const other = { phoneId: 12, cNumber: "9120000002", cFields: { F1: "x", F2: "a" } };
    expect(await (await postJson({ action: "newContact", ...other })).json()).toEqual({
      result: "1",
      fields: { F1: "-2", F2: "-3" },
    });
    const kept = panel.account.phoneBooks.contacts.get("12") ?? [];
    expect(kept.map(({ number, fields }) => [number, Object.fromEntries(fields)])).toEqual([
      ["9120000001", { F1: "12", F2: "a" }],
      ["9120000002", {}],
    ]);
  });

  test("the manual's own field takes a date of birth", async () => {
    expect(await contact({ cFields: '{"FYa12346":"1360/06/06"}' })).toMatchObject({ fields: { FYa12346: "1" } });
  });

  test.each<[string, Record<string, string>, string]>([
    ["fields that are not JSON", { cFields: "{FYa12346:”1360/06/06”}" }, "801"],
    ["an unknown book", { phoneId: "13" }, "802"],
    ["a bad number", { cNumber: "0912" }, "803"],
  ])("%s is refused", async (_what, fields, result) => {
    expect(await contact(fields)).toEqual({ result });
    expect(await call("newContact", { phoneId: "12" })).toEqual({ result: "801" });
  });
});

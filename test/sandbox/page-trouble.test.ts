import { expect, test } from "vitest";
import { createTroubles } from "../../src/sandbox/page/trouble.ts";
import { panelKinds } from "../../src/sandbox/start.ts";
import { openPage } from "./open-page.ts";

test("troubles reach panels and Telegram, and go again", async () => {
  const { world, post } = await openPage({ panels: panelKinds });
  const { asanak, telegram } = world;
  const login = { username: asanak.account.username, password: asanak.account.password };
  const form = { source: asanak.account.lines[0], destination: "09120000001", message: "سلام" };
  const send = async () =>
    (
      await fetch(`${asanak.url}/sendsms`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...login, ...form }),
      })
    ).status;
  for (const kind of ["asanak", "soap-panel", "mydnspanel"]) {
    expect(await post(`/panels/${kind}/trouble`, { trouble: "credit" })).toEqual({
      status: 200,
      body: { trouble: "credit" },
    });
  }
  expect(await send()).toBe(402);
  await post("/panels/asanak/trouble", { trouble: "none" });
  expect(await send()).toBe(200);

  const reach = () =>
    fetch(`${telegram.url}/bot${telegram.token}/getMe`).then(
      ({ status }) => status,
      () => "away",
    );
  await post("/telegram/trouble", { trouble: "away" });
  expect(await reach()).toBe("away");
  await post("/telegram/trouble", { trouble: "free" });
  expect(await reach()).toBe(200);
});

test("of troubles of Telegram that come together the last one holds", async () => {
  const { world } = await openPage();
  const troubles = createTroubles({ ...world, limits: {} });
  const reach = () =>
    fetch(`${world.telegram.url}/bot${world.telegram.token}/getMe`).then(
      () => "there",
      () => "away",
    );
  await Promise.all((["away", "free", "limited"] as const).map(troubles.setTelegram));
  expect(await reach()).toBe("there");
  await Promise.all((["away", "free", "limited", "away"] as const).map(troubles.setTelegram));
  expect([await reach(), troubles.ofTelegram()]).toEqual(["away", "away"]);
});

test("a phone is added, with a number of its own or with the next that is free", async () => {
  const { post } = await openPage({ panels: panelKinds });
  expect(await post("/phones", {})).toEqual({ status: 200, body: { number: "09120000001" } });
  expect(await post("/phones", {})).toEqual({ status: 200, body: { number: "09120000002" } });
  expect(await post("/phones", { number: "+98 935 000 0000" })).toEqual({
    status: 200,
    body: { number: "09350000000" },
  });
});

test.each([
  ["/phones", { number: "12" }, 400, /^number is that of a mobile phone/],
  ["/phones", { number: 12 }, 400, /^number is that of a mobile phone/],
  ["/phones/abc/power", { on: false }, 400, /^a number has digits$/],
  ["/phones/abc/sms", { text: "x" }, 400, /^a number has digits$/],
  ["/phones/0912/sms", {}, 400, /^text is missing$/],
  ["/panels/asanak/trouble", { trouble: "odd" }, 400, /^trouble is one of none, slow, credit, silent$/],
  ["/panels/asanak/trouble", {}, 400, /^trouble is one of/],
  ["/panels/none/trouble", { trouble: "slow" }, 404, /^there is no such panel$/],
  ["/telegram/trouble", { trouble: "none" }, 400, /^trouble is one of limited, free, away$/],
] as const)("%s refuses %j in words", async (path, body, status, error) => {
  const { post } = await openPage({ panels: panelKinds });
  expect(await post(path, body)).toEqual({ status, body: { error: expect.stringMatching(error) } });
});

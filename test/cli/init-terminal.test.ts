import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { ctrlC, down, enter, openTerminal } from "./open-terminal.ts";
import { startUnset } from "./start-init.ts";

vi.setConfig({ testTimeout: 120_000 });

test("at a terminal each answer is tested at once, what is wrong is mended on the spot, and secrets are not shown", async () => {
  const world = await startUnset();
  const { username, password } = world.asanak.account;
  const person = openTerminal(["init", "--dir", world.folder]);
  await person.answers(/How does this server reach Telegram\?/, down + down + enter);
  await person.answers(/address that stands for/, `http://127.0.0.1:9${enter}`);
  await person.answers(/token of your bot/, `not a token${enter}`);
  await person.answers(/must look like 123456789:AAE/, `\u0015${world.telegram.token}${enter}`);
  await person.answers(/cannot be reached.*What now\?.*Change how Telegram is reached/s, enter);
  await person.answers(/How does this server reach Telegram\?/, down + down + enter);
  await person.answers(/address that stands for/, world.telegram.url + enter);
  await person.answers(/the bot is @.*Which SMS panel/s, enter);
  await person.answers(/username: /, username + enter);
  await person.answers(/password: /, `wrong-password${enter}`);
  await person.answers(/baseUrl: /, world.asanak.url + enter);
  await person.answers(/bad-credentials.*What now\?/s, enter);
  // What was right need not be typed again.
  await person.answers(/username: /, enter);
  await person.answers(/password: /, `${password}${enter}`);
  await person.answers(/baseUrl: /, enter);
  await person.answers(/login works.*Your line/s, `982100000000${enter}`);
  await person.answers(/line .*What now\?.*Give the line again/s, enter);
  await person.answers(/Your line/, world.answers.line + enter);
  await person.answers(/the panel lets it send.*The address at which the panel/s, `https://sms.example.com${enter}`);
  await person.answers(/Where will your operators work\?/, down + enter);
  await person.answers(/Which language/, down + enter);
  expect(await person.ended).toBe(0);
  expect(person.text()).toMatch(/https:\/\/sms\.example\.com\/hooks\/asanak\/[\w-]{32,}$/m);
  expect(person.text()).toMatch(/setprivacy → Disable/);
  expect(person.text()).toMatch(/\/pair [A-Z2-9]{8}/);
  for (const secret of [world.telegram.token, password, "wrong-password"]) expect(person.text()).not.toContain(secret);

  const { config } = await loadConfig(join(world.folder, "config.json"), {});
  expect(config.telegram).toMatchObject({ token: world.telegram.token, apiRoot: world.telegram.url });
  expect(config.providers.asanak).toMatchObject({ username, password, baseUrl: world.asanak.url });
  expect(config.desks.support).toMatchObject({ layout: "replies", language: "en" });
});

test("what is there already is kept unless the person says otherwise, and Ctrl-C writes nothing", async () => {
  const world = await startUnset();
  const away = openTerminal(["init", "--dir", world.folder]);
  await away.answers(/How does this server reach Telegram\?/, ctrlC);
  expect(await away.ended).toBe(1);
  expect(away.text()).toMatch(/nothing was written/);
  await expect(readdir(world.folder)).rejects.toThrow("ENOENT");

  expect((await world.init(world.answers)).code).toBe(0);
  const before = await readFile(join(world.folder, "config.json"), "utf8");
  const person = openTerminal(["init", "--dir", world.folder]);
  await person.answers(/config\.json is there already\. Replace it\?/, enter);
  expect(await person.ended).toBe(1);
  expect(await readFile(join(world.folder, "config.json"), "utf8")).toBe(before);
});

test("one may go on with what does not work yet", async () => {
  const world = await startUnset("mydnspanel");
  await world.mydnspanel.network.refuse();
  const person = openTerminal(["init", "--dir", world.folder]);
  await person.answers(/How does this server reach Telegram\?/, down + down + enter);
  await person.answers(/address that stands for/, world.telegram.url + enter);
  await person.answers(/token of your bot/, `1:wrong-token-of-somebody-else${enter}`);
  await person.answers(/the token is refused.*What now\?/s, down + down + down + enter);
  await person.answers(/Which SMS panel/, down + enter);
  await person.answers(/apiKey: /, `sandbox-key-of-mine${enter}`);
  await person.answers(/baseUrl: /, world.mydnspanel.url + enter);
  await person.answers(/unreachable.*What now\?/s, down + down + down + enter);
  await person.answers(/Your line/, `50004321${enter}`);
  await person.answers(/Where will your operators work\?/, enter);
  await person.answers(/Which language/, enter);
  expect(await person.ended).toBe(0);
  expect(person.text()).not.toContain("/hooks/");
  const { config } = await loadConfig(join(world.folder, "config.json"), {});
  expect(config.providers.mydnspanel).toMatchObject({ apiKey: "sandbox-key-of-mine" });
});

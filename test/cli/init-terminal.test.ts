import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
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
  await person.answers(/must look like 123456789:AAE/, `\u0015 ${world.telegram.token} ${enter}`);
  await person.answers(/cannot be reached.*What now\?.*Change how Telegram is reached/s, enter);
  await person.answers(/How does this server reach Telegram\?/, down + down + enter);
  await person.answers(/address that stands for/, world.telegram.url + enter);
  await person.answers(/the bot is @.*Which SMS panel/s, enter);
  await person.answers(/user name .*وب سرویس/, ` ${username} ${enter}`);
  await person.answers(/password of the web service/, `wrong-password${enter}`);
  await person.answers(/address of the web service.*Enter takes https/s, world.asanak.url + enter);
  await person.answers(/bad-credentials.*What now\?.*Give the login again/s, enter);
  // What was right need not be typed again.
  await person.answers(/user name .*Enter takes/s, enter);
  await person.answers(/password of the web service/, ` ${password} ${enter}`);
  await person.answers(/login works.*Your line/s, `982100000000${enter}`);
  await person.answers(/line .*What now\?.*Give the line again/s, enter);
  await person.answers(/Your line/, ` ${inPersianDigits(world.answers.line ?? "")} ${enter}`);
  await person.answers(/the panel lets it send.*an address of this server/s, `https://sms.example.com${enter}`);
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
  expect(await readFile(join(world.folder, "config.json"), "utf8")).toContain(`"${world.answers.line}": {`);
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
  await person.reachesTelegram(world);
  await person.answers(/token of your bot/, `1:wrong-token-of-somebody-else${enter}`);
  await person.answers(/the token is refused.*What now\?/s, down + down + down + enter);
  await person.answers(/Which SMS panel/, down + enter);
  await person.answers(/connection key: .*کلیدهای اتصال/, `sandbox-key-of-mine${enter}`);
  await person.answers(/address of the web service/, world.mydnspanel.url + enter);
  await person.answers(/unreachable.*What now\?/s, down + down + down + down + enter);
  await person.answers(/Your line/, `50004321${enter}`);
  await person.answers(/Where will your operators work\?/, enter);
  await person.answers(/Which language/, enter);
  expect(await person.ended).toBe(0);
  expect(person.text()).not.toContain("/hooks/");
  const { config } = await loadConfig(join(world.folder, "config.json"), {});
  expect(config.providers.mydnspanel).toMatchObject({ apiKey: "sandbox-key-of-mine" });
});

test("a panel that is not reached is given another address, and nothing else is asked again", async () => {
  const world = await startUnset();
  const person = openTerminal(["init", "--dir", world.folder]);
  await person.reachesPanel(world);
  await person.answers(/address of the web service/, `http://127.0.0.1:9${enter}`);
  await person.answers(/unreachable.*What now\?.*Give the address again/s, enter);
  await person.answers(/address of the web service/, world.asanak.url + enter);
  await person.answers(/login works.*Your line/s, ctrlC);
  expect(await person.ended).toBe(1);
  await expect(readdir(world.folder)).rejects.toThrow("ENOENT");
});

test("a panel that goes away while it is asked about the line is called so", async () => {
  const world = await startUnset();
  const person = openTerminal(["init", "--dir", world.folder]);
  await person.reachesPanel(world);
  await person.answers(/address of the web service/, world.asanak.url + enter);
  await vi.waitFor(() => expect(person.text()).toContain("Your line"), { timeout: 30_000 });
  await world.asanak.network.refuse();
  await person.answers(/login works.*Your line/s, `${world.answers.line}${enter}`);
  await person.answers(/about this line.*unreachable.*What now\?/s, ctrlC);
  expect(await person.ended).toBe(1);
});

test("Ctrl-C while Telegram lets one wait ends it too, says so and writes nothing", async () => {
  const world = await startUnset();
  world.telegram.network.fault({ kind: "silent", match: ({ path }) => path.endsWith("/getMe") });
  const person = openTerminal(["init", "--dir", world.folder]);
  await person.reachesTelegram(world);
  await person.answers(/token of your bot/, world.telegram.token + enter);
  await person.answers(/Asking Telegram who this bot is/, ctrlC);
  expect(await person.ended).toBe(1);
  expect(person.text()).toMatch(/chapar: stopped, nothing was written/);
  await expect(readdir(world.folder)).rejects.toThrow("ENOENT");
});

test.each([
  ["a narrow terminal", { columns: 46 }],
  ["one that knows no Unicode", { columns: 80, env: { LC_ALL: "C", LANG: "C", TERM: "linux" } }],
])("in %s lines are broken between words, under their bar", async (_name, options) => {
  const world = await startUnset();
  const person = openTerminal(["init", "--dir", world.folder], options);
  await person.reachesTelegram(world);
  await person.answers(/token of your bot/, `1:wrong-token-of-somebody-else${enter}`);
  await person.answers(/the token is refused.*What now\?/s, ctrlC);
  expect(await person.ended).toBe(1);
  const lines = person.text().split("\n");
  // Typing draws its line anew with each key.
  const whole = lines.filter((line) => !/[█_]/.test(line));
  expect(whole.filter((line) => line.length > options.columns)).toEqual([]);
  const asked = lines.findIndex((line) => line.includes("The token of your bot"));
  for (const line of lines.slice(asked + 1, asked + 3)) expect(line).toMatch(/^[│|] {2}\S/);
  const told = lines.map((line) => line.replace(/^\W+/, "")).join(" ");
  expect(told).toContain("nothing is written before the last one, and Ctrl-C stops it.");
  expect(told).toMatch(/\/mybots shows that of an old one\. What you type or paste is not shown\./);
});

test("a name in .env that would change is asked for, and its answer no leaves both files as they are", async () => {
  const world = await startUnset("mydnspanel");
  await mkdir(world.folder);
  const before = "OTHER=1\nTELEGRAM_BOT_TOKEN=1:of-another-bot\n";
  await writeFile(join(world.folder, ".env"), before);
  const person = openTerminal(["init", "--dir", world.folder]);
  await person.reachesTelegram(world);
  await person.answers(/token of your bot/, world.telegram.token + enter);
  await person.answers(/Which SMS panel/, down + enter);
  await person.answers(/connection key/, world.mydnspanel.account.apiKey + enter);
  await person.answers(/address of the web service/, world.mydnspanel.url + enter);
  await person.answers(/Your line/, world.answers.line + enter);
  await person.answers(/Where will your operators work\?/, enter);
  await person.answers(/Which language/, enter);
  await person.answers(/Replace TELEGRAM_BOT_TOKEN in .*\.env\?/, enter);
  expect(await person.ended).toBe(1);
  expect(person.text()).not.toContain("of-another-bot");
  expect(await readdir(world.folder)).toEqual([".env"]);
  expect(await readFile(join(world.folder, ".env"), "utf8")).toBe(before);
});

function inPersianDigits(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
}

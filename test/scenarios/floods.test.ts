import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { asanakHook } from "../../src/sandbox/bridge-config.ts";
import { openRaw } from "../../src/store/connection.ts";
import { slices } from "../../src/support/slices.ts";
import { startChild, startWorld } from "../cli/start-world.ts";
import { openSocket } from "../web/raw-socket.ts";

const megabyte = 1_000_000;

/** The built bridge as a process of its own, so that its memory is its own. */
async function startBuilt() {
  const world = await startWorld();
  const child = startChild(["run", "--config", world.file, "--log-level", "warn"]);
  const url = /http:\S+/.exec(await child.says(/listens on/))?.[0] ?? "";
  world.connect(url);
  const read = async (name: string) => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return text
      .split("\n")
      .filter((line) => line.startsWith(name))
      .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  };
  return { ...world, url, child, read, memory: () => read("chapar_process_memory_bytes") };
}

test("a thousand connections that say nothing, or never come to an end, keep no SMS out and take little memory", async () => {
  const { url, phones, telegram, group, memory } = await startBuilt();
  expect((await phones.phone("09120000000").sends("پیش از سیل")).status).toBe(200);
  const before = await memory();
  const beginnings = [
    "",
    "GET / HTTP/1.1\r\nHost: a\r\n",
    `GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ${"a".repeat(60_000)}`,
    "POST /hooks/asanak/wrong-token-wrong-token HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\nMsgBody=",
    `GET ${asanakHook}?MsgBody=half`,
  ];
  const sockets = await Promise.all(Array.from({ length: 1_000 }, () => openSocket(url)));
  for (const [n, socket] of sockets.entries()) socket.write(beginnings[n % beginnings.length] ?? "");

  expect((await phones.phone("09120000000").sends("میان سیل")).status).toBe(200);
  expect(sockets.filter(({ isClosed }) => !isClosed).length).toBeGreaterThan(500);
  expect((await memory()) - before).toBeLessThan(150 * megabyte);
  await telegram.waitFor(() => group.messages().some(({ text }) => text.includes("میان سیل")), 15_000, "the SMS");
  // Nobody had to ask them to leave.
  await Promise.all(sockets.map(({ closed }) => closed));
  expect((await phones.phone("09120000000").sends("پس از سیل")).status).toBe(200);
}, 120_000);

test("more pushes than the disk can take: some hear 503, memory stays, and all are there once they came again", async () => {
  const { url, file, read, memory } = await startBuilt();
  const count = 3_000;
  const perSocket = 10;
  const long = encodeURIComponent("س".repeat(70));
  const push = (n: number) =>
    `GET ${asanakHook}?Source=0912${1_000_000 + n}&Destination=982164063188&ReceiveTime=2026-11-22+12:00:00&MsgBody=${n}+${long} HTTP/1.1\r\nHost: a\r\n\r\n`;

  /** Many calls on each connection, none of which waits for the answer to the one before. */
  async function pushAll(numbers: readonly number[]): Promise<{ refused: readonly number[] }> {
    const refused = slices(numbers, perSocket).map(async (share) => {
      const socket = await openSocket(url);
      socket.write(share.map(push).join(""));
      const statuses = () => [...socket.answer().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
      await expect.poll(() => statuses().length, { timeout: 120_000, interval: 200 }).toBe(share.length);
      socket.destroy();
      return share.filter((_, at) => statuses()[at] !== "200");
    });
    return { refused: (await Promise.all(refused)).flat() };
  }

  const before = await memory();
  const lock = await openRaw(join(dirname(file), "chapar.sqlite"), { table: "chapar_probe", busyMs: 5_000 });
  await lock.query("BEGIN IMMEDIATE");
  const all = Array.from({ length: count }, (_, n) => n);
  let { refused } = await pushAll(all);
  const grown = (await memory()) - before;
  await lock.query("ROLLBACK");
  await lock.close();

  expect(refused.length).toBeGreaterThan(0);
  while (refused.length > 0) ({ refused } = await pushAll(refused));
  expect(await read("chapar_inbound_messages_total")).toBe(count);
  expect(grown).toBeLessThan(200 * megabyte);
}, 240_000);

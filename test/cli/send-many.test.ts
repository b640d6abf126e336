import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { letterId } from "../../src/cli/send/letters.ts";
import { loadConfig } from "../../src/config/load.ts";
import { hashKey } from "../../src/core/model/ids.ts";
import type { Log } from "../../src/core/ports/log.ts";
import { call, startWorld, type World, withBridge } from "./start-world.ts";

vi.setConfig({ testTimeout: 60_000 });

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const numbers = ["09121234561", "09121234562", "09121234563"];

function sendIn(world: World, ...argv: readonly string[]) {
  const line = world.asanak.account.lines[0] ?? "";
  return call(["send", "--config", world.file, "--line", line, ...argv]);
}

async function write(world: World, name: string, content: string | Uint8Array): Promise<string> {
  const file = join(dirname(world.file), name);
  await writeFile(file, content);
  return file;
}

const sends = (world: World) => world.asanak.calls.filter(({ method }) => method !== "msgstatus");
const sent = (world: World) => world.asanak.ledger.map(({ receiver, text }) => `${receiver} ${text}`);

describe("who gets it", () => {
  test("named one by one, joined by commas, and in a file; each once, in one call", async () => {
    const world = await startWorld();
    const file = await write(world, "numbers", `\ufeff# customers\n+98 912 123 4563\n\n${numbers[0]}\n`);
    const argv = ["--to", `${numbers[0]}، ۰۹۱۲۱۲۳۴۵۶۲`, "--to", numbers[1] ?? "", "--to-file", file, "سلام"];
    const { code, out, err } = await sendIn(world, ...argv);
    expect(code).toBe(0);
    expect(out).toMatch(/^3 SMS: /);
    expect(err).toContain("named more than once, and sent once: 2 times the same receiver");
    expect(sent(world)).toEqual(numbers.map((number) => `${number} سلام`));
    expect(sends(world)).toHaveLength(1);
  });

  test("each with a text, as CSV in a file and as JSON on the standard input; several texts to one are several SMS", async () => {
    const world = await startWorld();
    const rows = `${numbers[0]},"یک, دو"\n${numbers[1]},دو\n${numbers[0]},سه\n${numbers[1]},دو\n`;
    const file = await write(world, "rows.csv", rows);
    expect(await sendIn(world, "--each", file)).toMatchObject({
      code: 0,
      err: expect.stringContaining("sent once: 1 times the same receiver and text"),
    });
    expect(sent(world).sort()).toEqual([`${numbers[0]} سه`, `${numbers[0]} یک, دو`, `${numbers[1]} دو`].sort());
    const line = world.asanak.account.lines[0] ?? "";
    const input = async () => Buffer.from(`{"to":"${numbers[2]}","text":"از ورودی"}\n`);
    const argv = ["send", "--config", world.file, "--line", line, "--each", "-"];
    expect(await call(argv, { input })).toMatchObject({ code: 0 });
    expect(sent(world).at(-1)).toBe(`${numbers[2]} از ورودی`);
  });

  test("every problem of a file is told at once by its line, and nothing is sent", async () => {
    const world = await startWorld();
    const file = await write(world, "numbers", `${numbers[0]}\nSara\n\n3000\n`);
    const { code, out, err } = await sendIn(world, "--to-file", file, "سلام");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe(
      `${file}:2: "Sara" is not a telephone number\n${file}:4: "3000" is not a telephone number\nnothing was sent`,
    );
    expect(world.asanak.calls).toEqual([]);
  });

  test("what cannot be meant is told before anything is sent", async () => {
    const world = await startWorld();
    const empty = await write(world, "empty", "# nobody\n");
    const latin = await write(world, "latin", Buffer.from([0x30, 0x39, 0xe9]));
    const calls = [
      [["--to-file", empty, "x"], /nobody is named/],
      [["--to-file", latin, "x"], /--to-file: this is not UTF-8/],
      [["--to-file", "/nowhere/numbers", "x"], /\/nowhere\/numbers cannot be read \(ENOENT\)/],
      [["--to", "Sara,Reza,09121234567", "x"], /not a telephone number: Sara, Reza\n/],
      [["--each", empty, "x"], /stands alone/],
      [["--each", empty, "--to", "09121234567"], /stands alone/],
      [["--to-file", empty], /missing: the text/],
    ] as const;
    for (const [argv, words] of calls) {
      const { code, out, err } = await sendIn(world, ...argv);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(words);
    }
    expect(world.asanak.calls).toEqual([]);
  });
});

describe("under a key", () => {
  test("the same again sends nothing again, by itself and through a bridge; who is new gets it", async () => {
    const world = await startWorld();
    const again = (...to: string[]) => sendIn(world, "--key", "k", "--to", to.join(","), "سلام");
    expect((await again(...numbers.slice(0, 2))).code).toBe(0);
    expect((await again(...numbers.slice(0, 2))).code).toBe(0);
    await withBridge(world, async () => {
      expect((await again(...numbers)).code).toBe(0);
    });
    expect(sent(world)).toEqual(numbers.map((number) => `${number} سلام`));
  });

  test("another text for one of them is refused, and nothing is sent to anybody", async () => {
    const world = await startWorld();
    await sendIn(world, "--key", "k", "--to", numbers.slice(0, 2).join(","), "سلام");
    const { code, out } = await sendIn(world, "--key", "k", "--to", numbers.join(","), "درود");
    expect(code).toBe(2);
    expect(out).toContain("nothing was sent: this --key belongs to another SMS");
    expect(out).toContain("09121234562");
    expect(out).not.toContain("09121234563");
    expect(world.asanak.ledger).toHaveLength(2);
  });

  test("what a run before has left waiting does not leave with one that is refused", async () => {
    const world = await startWorld();
    const [one = "", two = ""] = numbers;
    const { config } = await loadConfig(world.file, {});
    const app = await createApp(config, { log: silent });
    const left = { text: "سلام", line: config.desks.support?.line ?? "", thread: `support/+98${one.slice(1)}` };
    await app.bridge.outbound.accept({ ...left, id: letterId("many", `+98${one.slice(1)}`), lane: "bulk" });
    await app.bridge.outbound.accept({ ...left, id: hashKey("chapar send", "one") });
    await app.stop();
    expect((await sendIn(world, "--key", "many", "--to", `${one},${two}`, "درود")).code).toBe(2);
    expect((await sendIn(world, "--key", "one", "--to", one, "درود")).code).toBe(2);
    expect(world.asanak.ledger).toEqual([]);
    expect((await sendIn(world, "--key", "many", "--to", `${one},${two}`, "سلام")).code).toBe(0);
    expect(sent(world)).toEqual([`${one} سلام`, `${two} سلام`]);
  });

  test("a text that was changed in the list is refused, too; one more for somebody is sent", async () => {
    const world = await startWorld();
    const list = (name: string, ...texts: string[]) =>
      write(world, name, texts.map((text) => `${numbers[0]},${text}`).join("\n"));
    expect((await sendIn(world, "--key", "k", "--each", await list("a", "one", "two"))).code).toBe(0);
    expect((await sendIn(world, "--key", "k", "--each", await list("b", "one", "too"))).code).toBe(2);
    expect((await sendIn(world, "--key", "k", "--each", await list("c", "one", "two", "three"))).code).toBe(0);
    expect(sent(world).map((one) => one.slice(12))).toEqual(["one", "two", "three"]);
  });

  test("one and many do not share a key, so that nobody gets it by both ways", async () => {
    const world = await startWorld();
    const [one = "", two = ""] = numbers;
    await sendIn(world, "--key", "k", "--to", one, "سلام");
    expect((await sendIn(world, "--key", "k", "--to", `${one},${two}`, "سلام")).code).toBe(2);
    await sendIn(world, "--key", "m", "--to", `${one},${two}`, "سلام");
    expect((await sendIn(world, "--key", "m", "--to", one, "سلام")).code).toBe(2);
    expect(world.asanak.ledger).toHaveLength(3);
  });

  test("without one, it is made and told before anything else", async () => {
    const world = await startWorld();
    const { err } = await sendIn(world, "--to", numbers.join(","), "سلام");
    const [, key = ""] = /^if this is interrupted, run it again with --key (\S+): nobody gets it twice/.exec(err) ?? [];
    expect(await sendIn(world, "--key", key, "--to", numbers.join(","), "سلام")).toMatchObject({ code: 0, err: "" });
    expect(world.asanak.ledger).toHaveLength(3);
  });
});

describe("what became of them", () => {
  test("delivered, where that is waited for", async () => {
    const world = await startWorld();
    const { code, out } = await sendIn(world, "--delivered", "--to", numbers.join(","), "سلام");
    expect([code, out]).toEqual([0, "3 SMS: 3 delivered"]);
  });

  test("who certainly did not get it is listed with the reason, as a list for another run", async () => {
    const world = await startWorld();
    const foreign = "+4915123456789";
    const { code, out } = await sendIn(world, "--to", [...numbers, foreign].join(","), "سلام");
    expect(code).toBe(1);
    const lines = out.split("\n");
    expect(lines[0]).toMatch(/^4 SMS: .*1 failed$/);
    expect(lines.slice(1)).toEqual([
      "failed, certainly not sent:",
      expect.stringMatching(/^\+4915123456789 # failed: certainly not sent \(bad-recipient: 1010/),
    ]);
    expect(world.asanak.ledger).toHaveLength(3);
  });

  test("a foreign number in a list can be read back from it", async () => {
    const world = await startWorld();
    const { out } = await sendIn(world, "--to", "+4915123456789,+4915123456780", "سلام");
    const file = await write(world, "again", out.split("\n").slice(2).join("\n"));
    const { out: second } = await sendIn(world, "--to-file", file, "سلام");
    expect(second).toMatch(/^2 SMS: 2 failed/);
  });

  test("fewer ids than receivers: all of the call are listed as uncertain, and never sent again", async () => {
    const world = await startWorld();
    world.asanak.mode({ kind: "fewer-ids", times: 1 });
    const { code, out } = await sendIn(world, "--key", "k", "--to", numbers.join(","), "سلام");
    expect(code).toBe(3);
    expect(out).toMatch(/^3 SMS: 3 uncertain\nuncertain, do not repeat:\n(?:0912123456\d # uncertain: .*\n?){3}$/);
    expect((await sendIn(world, "--key", "k", "--to", numbers.join(","), "سلام")).code).toBe(3);
    await withBridge(world, () => new Promise((resolve) => setTimeout(resolve, 1000)));
    expect(world.asanak.ledger).toHaveLength(3);
  });

  test("a panel that cannot be reached in time: taken back, by itself; not sent later either", async () => {
    const world = await startWorld();
    await world.asanak.network.refuse();
    const { code, out } = await sendIn(world, "--wait", "2", "--to", numbers.join(","), "سلام");
    expect(code).toBe(1);
    expect(out).toMatch(/^3 SMS: 3 failed\n/);
    await world.asanak.network.listen();
    await withBridge(world, () => new Promise((resolve) => setTimeout(resolve, 1500)));
    expect(world.asanak.ledger).toEqual([]);
  });

  test("through a bridge that goes on with them: not settled in time, told to be asked for again", async () => {
    const world = await startWorld();
    await world.asanak.network.refuse();
    await withBridge(world, async () => {
      const argv = ["--key", "k", "--to", numbers.join(","), "سلام"];
      const { code, out, err } = await sendIn(world, "--wait", "1", ...argv);
      expect(code).toBe(3);
      expect(out).toMatch(/^3 SMS: 3 waiting\nnot settled in time:\n.*the running bridge goes on, do not repeat/);
      expect(err).toContain("run it again with --key k to go on with it");
      await world.asanak.network.listen();
      expect((await sendIn(world, ...argv)).code).toBe(0);
    });
    expect(world.asanak.ledger).toHaveLength(3);
  });

  test("for later: done once they are on disk", async () => {
    const world = await startWorld();
    const at = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    const { code, out } = await sendIn(world, "--at", `${at}Z`, "--to", numbers.join(","), "سلام");
    expect([code, out]).toEqual([0, "3 SMS: 3 scheduled"]);
    expect(world.asanak.ledger).toEqual([]);
  });
});

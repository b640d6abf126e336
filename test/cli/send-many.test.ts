import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { call, startWorld } from "./start-world.ts";

test("ten thousand receivers of one text cost a hundred calls at Asanak", async () => {
  const world = await startWorld({ account: { credit: 100_000 } });
  const file = join(dirname(world.file), "numbers");
  await writeFile(file, Array.from({ length: 10_000 }, (_, n) => `0912${String(n).padStart(7, "0")}`).join("\n"));
  const line = world.asanak.account.lines[0] ?? "";
  const started = Date.now();
  const answer = await call(["send", "--config", world.file, "--line", line, "--to-file", file, "سلام"]);
  console.log(answer.code, answer.out, answer.err, Date.now() - started);
  expect(world.asanak.ledger).toHaveLength(10_000);
  console.log(world.asanak.calls.length, Object.keys(world.asanak.calls[0] ?? {}));
}, 120_000);

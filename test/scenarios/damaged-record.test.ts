import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { startBridge } from "./start-bridge.ts";

/** Tears the record that holds this text, as a bad sector does: no index knows of it. */
async function tear(store: string, text: string): Promise<void> {
  const file = store.replace("sqlite://", "");
  const bytes = await readFile(file);
  const wanted = Buffer.from(`"${text}"`);
  let torn = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
    bytes.write("x", at);
    torn += 1;
  }
  expect(torn).toBeGreaterThan(0);
  await writeFile(file, bytes);
}

test("records that went bad on the disk are left alone and told once, and everything else goes on", async () => {
  const bridge = await startBridge();
  const { phone, desk, asanak, telegram, config, problems } = bridge;
  const customer = phone("09120000000");
  await customer.sends("سلام");
  const topic = await desk.topicOf("09120000000");
  await topic.shows("سلام");
  asanak.mode({ kind: "status", status: 429 });
  const answers = ["answer one", "answer torn", "answer three"].map((text) => topic.operatorSays(text));
  for (const answer of answers) await answer.isMarked("⏳");
  const mend = telegram.network.fault({ kind: "status", status: 500 });
  const push = (text: string, second: number) =>
    asanak.push({ from: customer.number, to: "982164063188", text, time: `2026-11-22 12:00:0${second}` });
  for (const [n, text] of ["sms one", "sms torn", "sms three"].entries())
    expect((await push(text, n)).status).toBe(200);
  await bridge.stop();

  await tear(config.store, "sms torn");
  await tear(config.store, "answer torn");
  mend();
  asanak.mode({ kind: "normal" });
  await bridge.restart();
  await topic.shows("sms three");
  await answers[2]?.isMarked("✓✓");
  expect(bridge.sentTo(customer)).toEqual(["answer one", "answer three"]);
  expect(topic.texts().join("\n")).not.toContain("sms torn");
  const told = () => desk.group.messages("general").filter(({ text }) => text.includes("دیگر خوانده نمی‌شود"));
  await telegram.waitFor(() => told().length > 0, 10_000, "the desk is told");

  // It comes again: what is there under its key cannot be read, so it is shown.
  expect((await push("sms torn", 1)).status).toBe(200);
  await topic.shows("sms torn");
  await topic.operatorSays("پس از آن").isMarked("✓✓");
  await pause(1500);
  expect(told()).toHaveLength(1);
  const logged = problems.filter((problem) => problem.includes("stored record left alone"));
  expect(logged).toHaveLength(2);
  expect(logged.join()).not.toMatch(/torn|9120000000/);
});

import { expect, onTestFinished, test } from "vitest";
import { checkTelegram } from "../../src/cli/check/telegram.ts";
import { parseConfig } from "../../src/config/load.ts";
import { startSimulators } from "../../src/sandbox/start.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { webhookPath } from "../../src/telegram/updates/webhook.ts";

async function check(rights: { can_manage_topics?: boolean; can_pin_messages?: boolean }): Promise<string[]> {
  const simulators = await startSimulators({ limits: "none" });
  onTestFinished(() => simulators.stop());
  const { group } = simulators;
  group.setBot("administrator", rights);
  const { config } = parseConfig(JSON.stringify(simulators.bridgeConfig()), { file: "config.json", env: {} });
  const findings = await checkTelegram(config, { support: { chat: String(group.id) } });
  return findings.map(({ kind, text }) => `${kind} ${text}`).filter((text) => text.includes("support"));
}

test("the check asks for the right to manage topics, and for no right that nothing uses", async () => {
  expect(await check({ can_pin_messages: false })).toEqual([expect.stringContaining("every right it needs")]);
  expect(await check({ can_manage_topics: false })).toEqual([expect.stringMatching(/^bad .*"Manage Topics"/)]);
});

test("pushes that failed long ago are no fault when an update happens to wait", async () => {
  const { telegram, group, operators, bridgeConfig, stop } = await startSimulators({ limits: "none" });
  onTestFinished(() => stop());
  const publicUrl = "https://localhost:8443";
  const parameters = new URLSearchParams({ url: `${publicUrl}${webhookPath(telegram.token)}` });
  await fetch(`${telegram.url}/bot${telegram.token}/setWebhook?${parameters}`);
  const [owner] = operators;
  if (!owner) return expect.unreachable();
  group.say(owner, "سلام");
  const { config } = parseConfig(JSON.stringify(bridgeConfig()), { file: "config.json", env: {} });
  const codesAfter = async (ms: number) => {
    const clock = { ...createSystemClock(), now: () => Date.now() + ms };
    const findings = await checkTelegram(config, {}, { webhook: { clock, publicUrl, isRunning: true } });
    return findings.map(({ code }) => code).filter((code) => code.startsWith("telegram.webhook"));
  };
  await expect.poll(() => codesAfter(0), { timeout: 20_000 }).toEqual(["telegram.webhook-failing"]);
  expect(await codesAfter(2 * 3_600_000)).toEqual(["telegram.webhook"]);
});

import { expect, onTestFinished, test } from "vitest";
import { checkTelegram } from "../../src/cli/check/telegram.ts";
import { parseConfig } from "../../src/config/load.ts";
import { startSimulators } from "../../src/sandbox/start.ts";

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

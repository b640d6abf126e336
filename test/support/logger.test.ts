import { expect, test } from "vitest";
import type { Log } from "../../src/core/ports/log.ts";
import { createLogger } from "../../src/support/logger.ts";
import { createRedactor } from "../../src/support/redact.ts";

function startLog(pretty: boolean): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  return { log: createLogger({ level: "info", redactor: createRedactor(["hunter22"]), pretty, stream }), lines };
}

test("elsewhere than on a terminal each line is one JSON object with facts, level and time", () => {
  const { log, lines } = startLog(false);
  log.info({ provider: "asanak" }, "sms sent");
  const line: unknown = JSON.parse(lines.join(""));
  expect(line).toMatchObject({ level: "info", provider: "asanak", msg: "sms sent" });
  expect(line).toHaveProperty("time", expect.stringMatching(/^\d{4}-.*Z$/));
});

test("secrets are taken out of messages, fields, children and errors, in both forms", () => {
  for (const pretty of [false, true]) {
    const { log, lines } = startLog(pretty);
    const error = new Error("hunter22", { cause: Object.assign(new Error("deep"), { body: "password=hunter22" }) });
    log
      .child({ url: "http://panel/?p=hunter22" })
      .warn({ err: error, nested: { list: ["hunter22"] } }, "hunter22 failed");
    expect(lines.join("")).toContain("*** failed");
    expect(lines.join("")).toContain("deep");
    expect(lines.join("")).not.toContain("hunter22");
  }
});

test("a line below the level is not written", () => {
  const { log, lines } = startLog(false);
  log.debug({}, "looked");
  expect(lines).toEqual([]);
});

test("on a terminal a line is readable", () => {
  const { log, lines } = startLog(true);
  log.info({ provider: "asanak" }, "sms sent");
  expect(lines.join("")).toMatch(/INFO.*sms sent/);
  expect(lines.join("")).not.toContain('"msg"');
});

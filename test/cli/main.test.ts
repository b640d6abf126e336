import { expect, test } from "vitest";
import { logLevels } from "../../src/support/logger.ts";
import { call } from "./start-world.ts";

test("--help and --version answer and end well", async () => {
  const help = await call(["--help"]);
  expect(help).toMatchObject({ code: 0, err: "" });
  for (const command of ["run", "sandbox", "check", "send", "import"]) expect(help.out).toContain(`chapar ${command}`);
  expect(help.out).toContain("\n      --to-file has one number a line");
  expect(await call(["--version"])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  expect(await call(["send", "--help"])).toMatchObject({ code: 0, out: expect.stringContaining("--delivered") });
  expect((await call(["import", "--help"])).out).toContain("[--post] [--unread]");
  expect((await call(["check", "--help"])).out).toContain("[--read-inbox]");
});

test("every command that takes --log-level says so, and the help names the levels", async () => {
  for (const command of ["run", "sandbox", "check", "send", "import"]) {
    expect((await call([command, "--help"])).out).toContain("[--log-level LEVEL]");
    expect((await call([command, "--log-level", "loud"])).err).toContain("[--log-level LEVEL]");
  }
  expect((await call(["--help"])).out).toContain(`--log-level is one of ${logLevels.join(", ")}.`);
});

test("no command, or one that does not exist, is bad usage", async () => {
  expect((await call([])).code).toBe(2);
  const unknown = await call(["bridge"]);
  expect(unknown.code).toBe(2);
  expect(unknown.err).toMatch(/^chapar: there is no command "bridge"/);
  expect((await call(["constructor"])).code).toBe(2);
});

test("an option or a word that a command does not know is bad usage, and the usage is shown", async () => {
  for (const argv of [
    ["run", "--confg", "x"],
    ["run", "extra"],
    ["check", "--config"],
    ["sandbox", "--port", "http"],
    ["sandbox", "--panel", "nonsense"],
    ["run", "--log-level", "loud"],
  ]) {
    const { code, err } = await call(argv);
    expect(code).toBe(2);
    expect(err).toMatch(/^chapar: .+\n\nchapar (run|check|sandbox) /s);
  }
});

test("a panel that the sandbox does not have is told with those that it has", async () => {
  expect((await call(["sandbox", "--panel", "nonsense"])).err).toMatch(
    /^chapar: --panel is one of asanak, soap-panel, mydnspanel, all\n/,
  );
});

test("without a configuration each command says what to do", async () => {
  for (const argv of [["run"], ["check"], ["send", "--line", "30001234", "--to", "09121234567", "x"]]) {
    const { code, err } = await call([...argv, "--config", "/nowhere/config.json"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^\/nowhere\/config\.json: does not exist — .*config\.example\.json/);
  }
});

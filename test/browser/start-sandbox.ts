import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";

const cli = join(import.meta.dirname, "../../dist/cli.js");

export interface Sandbox {
  readonly url: string;
  addHandset(number: string): Promise<void>;
  /** What another customer does while somebody looks at the page. */
  smsFrom(number: string, text: string): Promise<void>;
}

/** The command as it is shipped, in a process of its own; without its demonstration. Ends with the test. */
export async function startSandbox(...args: readonly string[]): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), "chapar-browser-"));
  const child = spawn(process.execPath, [cli, "sandbox", "--port", "0", "--no-demo", ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = once(child, "exit");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));

  onTestFinished(async () => {
    const violations = child.exitCode === null ? await violationsAt(urlIn(output)) : [];
    child.kill("SIGTERM");
    const [code] = await exit;
    await rm(folder, { recursive: true, force: true });
    expect({ code, violations }, output).toEqual({ code: 0, violations: [] });
  });

  await expect
    .poll(() => (child.exitCode === null ? urlIn(output) : `ended: ${output}`), { timeout: 60_000 })
    .toMatch(/^(?:http|ended)/);
  const url = urlIn(output);
  if (url === undefined) throw new Error(`the sandbox did not start:\n${output}`);
  const post = async (path: string, body: object) => {
    const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    expect((await fetch(`${url}/sandbox${path}`, options)).status).toBe(200);
  };
  return {
    url,
    addHandset: (number) => post("/phones", { number }),
    smsFrom: (number, text) => post(`/phones/${number}/sms`, { text }),
  };
}

/** What the bridge asked of the Bot API that is not in the Bot API. */
async function violationsAt(url: string | undefined): Promise<unknown> {
  if (url === undefined) return [];
  const calls = await fetch(`${url}/sandbox/calls`);
  return ((await calls.json()) as { violations: unknown }).violations;
}

function urlIn(output: string): string | undefined {
  return /listens on (http:\/\/\S+)/.exec(output)?.[1];
}

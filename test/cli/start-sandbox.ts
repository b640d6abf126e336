import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { readState } from "../../src/sandbox/page/state.ts";
import { startChild } from "./start-world.ts";

export type State = ReturnType<typeof readState>;

/** A folder of the test's own for what a sandbox puts aside, and what is left there. */
export async function openTemporary() {
  const path = await mkdtemp(join(tmpdir(), "chapar-of-a-test-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return {
    path,
    files: () => readdir(path),
    /** Processes with this folder in their command line: bridges. */
    async processes(): Promise<number[]> {
      const all = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
      const lines = await Promise.all(all.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
      return all.filter((_pid, at) => lines[at]?.includes(path)).map(Number);
    },
  };
}

/** `chapar sandbox` as it is shipped, driven over HTTP as its page does it. */
export async function startSandbox(...more: string[]) {
  const temporary = await openTemporary();
  const child = startChild(["sandbox", "--port", "0", "--no-demo", ...more], { env: { TMPDIR: temporary.path } });
  const url = (await child.says(/^chapar sandbox listens on /)).replace(/.* on /, "").trim();

  async function post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/sandbox${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async function state(): Promise<State> {
    const response = await fetch(`${url}/sandbox/events`);
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const [, data] = /^data: (.+)\n\n/m.exec(text) ?? [];
      // Leaving the loop hangs up.
      if (data !== undefined) return JSON.parse(data) as State;
    }
    throw new Error("the stream of events ended");
  }

  const sandbox = {
    child,
    url,
    temporary,
    post,
    state,
    sends: (number: string, text: string, to?: string) => post(`/phones/${number}/sms`, { text, ...(to && { to }) }),
    says: (topic: number, text: string) => post("/telegram/say", { topic, text }),
    kill: () => post("/bridge", { do: "kill" }),
    start: () => post("/bridge", { do: "start" }),
    choose: (panel: string) => post("/panels", { panel }),
    /** Waits until the state is as wanted, and gives it. */
    async until<T>(look: (state: State) => T, what: string): Promise<NonNullable<T>> {
      let found: T | undefined;
      const ask = async () => {
        found = look(await state());
        return Boolean(found);
      };
      await expect.poll(ask, { message: what, timeout: 40_000 }).toBe(true);
      if (found === undefined || found === null) throw new Error(what);
      return found;
    },
    /** The topic of a customer, once there is something to answer in it: before, the bridge may not know it as theirs. */
    topicOf: (number: string) =>
      sandbox.until(
        ({ telegram: { topics } }) =>
          topics.find(
            ({ name, messages }) => digits(name) === number && messages.some(({ service }) => service === undefined),
          ),
        "a topic",
      ),
    /** Texts that came to a handset, with the line they came from. */
    async gotBy(number: string): Promise<string[]> {
      const { thread } = (await (await fetch(`${url}/sandbox/phones/${number}`)).json()) as State["handsets"][number];
      return thread.filter(({ direction }) => direction === "received").map(({ line, text }) => `${line}: ${text}`);
    },
  };
  return sandbox;
}

function digits(text: string): string {
  return text.replace(/\D/g, "");
}

/** The mark under a message of an operator. */
export function markOf({ telegram: { topics } }: State, message: unknown): string | undefined {
  const replies = topics.flatMap(({ messages }) => messages).filter(({ replyTo }) => replyTo === message);
  return replies.at(-1)?.text;
}

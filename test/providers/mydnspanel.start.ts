import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { mydnspanelConfig } from "../../src/providers/mydnspanel/config.ts";
import { createMydnspanel } from "../../src/providers/mydnspanel/index.ts";
import { createDeps } from "./deps.ts";
import { json, type PanelAnswer, type PanelCall, startPanel } from "./panel-server.ts";

export const apiKey = "the-api-key-0123456789";
export const line = "50004321";
export const peer = "+989121234567";
export const other = "+989351234567";

const fixture = z.object({ source: z.string().min(20), status: z.int(), body: z.unknown() });

/** An answer as it is kept in the fixtures; a body that is a text is the answer itself. */
export function readFixture(name: string): { status: number; text: string } {
  const file = new URL(`./fixtures/mydnspanel/${name}.json`, import.meta.url);
  const { status, body } = fixture.parse(JSON.parse(readFileSync(file, "utf8")));
  return { status, text: typeof body === "string" ? body : JSON.stringify(body) };
}

export function recorded(name: string): PanelAnswer {
  const { status, text } = readFixture(name);
  return json(status, text);
}

/** A provider before a bare server that answers as it is told. */
export async function start(answer: PanelAnswer, settings: Partial<z.input<typeof mydnspanelConfig>> = {}) {
  const panel = await startPanel(answer);
  const deps = createDeps();
  const baseUrl = `${panel.url}/webservice/server`;
  const config = mydnspanelConfig.parse({ kind: "mydnspanel", apiKey, baseUrl, ...settings });
  const provider = createMydnspanel("dns", config, deps);
  onTestFinished(() => provider.close());
  return { panel, provider, forms: () => panel.calls.map(formOf), logged: deps.logged };
}

/** The fields of a form. */
export function formOf(call: PanelCall): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(call.body));
}

/** Answers each action by its own name. */
export function byAction(answers: Readonly<Record<string, unknown>>): PanelAnswer {
  return (call, response) => {
    const answer = answers[formOf(call).action ?? ""];
    if (answer === undefined) response.writeHead(404).end();
    else json(200, answer)(call, response);
  };
}

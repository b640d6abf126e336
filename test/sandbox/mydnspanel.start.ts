import { afterEach, beforeEach, expect } from "vitest";
import {
  type MydnspanelOptions,
  type MydnspanelSimulator,
  startMydnspanelSimulator,
} from "../../src/sandbox/mydnspanel/server.ts";

export const line = "50004321";
export const firstId = "9207199254740993";
const patterns = [{ textCode: 123, text: "سلام {name}، کد {code}", variables: ["name", "code"] }];
/** Replaced by `start`. */
export let panel: MydnspanelSimulator;

export async function start(options: MydnspanelOptions = {}): Promise<void> {
  await panel?.stop();
  panel = await startMydnspanelSimulator({ deliverAfterMs: 40, patterns, ...options });
}

/** Every test of the file that calls this has a panel of its own, in `panel`. */
export function startForEach(): void {
  beforeEach(() => start());
  afterEach(async () => {
    await panel.stop();
    expect(panel.network.crashes).toEqual([]);
  });
}

export const authorization = () => ({ authorization: panel.account.apiKey });

export async function post(fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams(fields);
  return fetch(panel.url, { method: "POST", headers: authorization(), body, signal: AbortSignal.timeout(2000) });
}

export async function call(action: string, fields: Record<string, string> = {}): Promise<Record<string, unknown>> {
  return (await (await post({ action, ...fields })).json()) as Record<string, unknown>;
}

export const send = (fields: Record<string, string> = {}) =>
  call("send", { from: line, text: "سلام", receivers: "9120000001", ...fields });
export const postJson = (fields: object) =>
  fetch(panel.url, {
    method: "POST",
    headers: { ...authorization(), "content-type": "application/json" },
    body: JSON.stringify(fields),
  });

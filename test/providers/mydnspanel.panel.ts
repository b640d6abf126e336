import { createProvider, providerConfig } from "../../src/providers/index.ts";
import type { MydnspanelMode } from "../../src/sandbox/mydnspanel/modes.ts";
import { startMydnspanelSimulator } from "../../src/sandbox/mydnspanel/server.ts";
import type { PanelUnderTest } from "../contracts/sms-provider.ts";
import { createDeps } from "./deps.ts";

const apiKey = "contract-api-key";
const sending = new Set(["send", "sendServices"]);

/** mydnspanel's provider, connected to its simulator. */
export async function startMydnspanel(): Promise<PanelUnderTest> {
  const pattern = { textCode: 123, text: "سلام {name}، کد {code}", variables: ["name", "code"] };
  const panel = await startMydnspanelSimulator({ apiKey, deliverAfterMs: 60_000, patterns: [pattern] });
  const provider = createProvider(
    "main",
    providerConfig.parse({
      kind: "mydnspanel",
      apiKey,
      baseUrl: panel.url,
      contacts: { phoneBook: 12, fields: { birthday: "FYa12346" } },
      timeoutSeconds: 1.5,
    }),
    createDeps(),
  );
  const arm = (mode: MydnspanelMode) => () => panel.mode({ ...mode, times: 1 });
  const refuses = (code: number) => arm({ kind: "refuse", code });
  return {
    provider,
    line: "50004321",
    secrets: [apiKey],
    template: {
      settings: { textCode: 123, variables: ["name", "code"] },
      values: ["سارا", "42"],
      text: "سلام سارا، کد 42",
    },
    accepted: () => panel.ledger,
    sendCalls: () => panel.calls.filter(({ action }) => sending.has(action)).length,
    failures: {
      busy: refuses(112),
      "bad-credentials": refuses(-1),
      "no-credit": refuses(109),
      "bad-line": refuses(106),
      "bad-recipient": refuses(105),
      "address-refused": refuses(-5),
      silent: arm({ kind: "silent" }),
      cut: arm({ kind: "cut" }),
      "cut-before": arm({ kind: "cut-before" }),
      "server-error": arm({ kind: "status", status: 502 }),
      unreadable: arm({ kind: "unreadable" }),
    },
    deliver(id) {
      const [call, number] = id.split("/");
      const sms = panel.ledger.find(
        (one) => one.id === call && (number === undefined || one.receiver.endsWith(number)),
      );
      if (sms) panel.setStatus(sms.id, sms.receiver, { processing: 2, send: 3 });
    },
    receive: (sms) => panel.receive(sms),
    contacts: () => [...panel.account.phoneBooks.contacts.values()].flat().map(({ number }) => number),
    stop: () => panel.stop(),
  };
}

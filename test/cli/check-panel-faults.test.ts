import { test, vi } from "vitest";
import { type PanelKind, panelKinds } from "../../src/sandbox/start.ts";
import { type Fault, namesWhatBreaks, type Raw, withLine } from "./name-one-fault.ts";
import type { World } from "./start-world.ts";

vi.setConfig({ testTimeout: 30_000 });

const providers = { asanak: "asanak", "soap-panel": "panel", mydnspanel: "dns" } as const;
const simulatorOf = (world: World, kind: PanelKind) =>
  ({ asanak: world.asanak, "soap-panel": world.soapPanel, mydnspanel: world.mydnspanel })[kind];
const withPanel = (raw: Raw, kind: PanelKind, change: object) => {
  const id = providers[kind];
  return { ...raw, providers: { ...raw.providers, [id]: { ...raw.providers[id], ...change } } };
};
const soon = { timeoutSeconds: 0.5 };

const ofAnyPanel: readonly (Omit<Fault, "breaks" | "subject"> & {
  readonly breaks: (world: World, raw: Raw, kind: PanelKind) => unknown;
})[] = [
  {
    name: "a wrong login",
    breaks: (_, raw, kind) => withPanel(raw, kind, { [kind === "mydnspanel" ? "apiKey" : "password"]: "wrong-login" }),
    code: "provider.bad-credentials",
    advice: /login|username and password|connection key/,
  },
  {
    name: "a foreign address refused with a page in HTML",
    breaks: (world, _, kind) => simulatorOf(world, kind).mode({ kind: "html", on: "all" }),
    code: "provider.address-refused",
    advice: /address.*proxy/,
  },
  {
    name: "an empty account",
    breaks(world, _, kind) {
      Object.assign(simulatorOf(world, kind).account, { credit: 0, ...(kind === "asanak" && { rialCredit: 0 }) });
    },
    code: "provider.no-credit",
    advice: /charge the account/,
  },
  {
    name: "a panel that is away",
    breaks: (world, _, kind) => simulatorOf(world, kind).network.refuse(),
    code: "provider.unreachable",
    advice: /baseUrl.*proxy/,
  },
  {
    name: "a panel that says nothing",
    breaks(world, raw, kind) {
      simulatorOf(world, kind).mode({ kind: "silent", on: "all" });
      return withPanel(raw, kind, soon);
    },
    code: "provider.no-answer",
    advice: /slow/,
  },
  {
    name: "a panel that is too slow",
    breaks(world, raw, kind) {
      simulatorOf(world, kind).mode({ kind: "slow", ms: 5000, on: "all" });
      return withPanel(raw, kind, soon);
    },
    code: "provider.no-answer",
    advice: /slow/,
  },
  {
    name: "a panel that hangs up",
    breaks: (world, _, kind) => simulatorOf(world, kind).mode({ kind: "cut", on: "all" }),
    code: "provider.no-answer",
    advice: /proxy/,
  },
  {
    name: "a panel that nobody can read",
    breaks: (world, _, kind) => simulatorOf(world, kind).mode({ kind: "unreadable", on: "all" }),
    code: "provider.bad-reply",
    advice: /baseUrl/,
  },
  {
    name: "a panel that has had too many calls",
    breaks: (world, _, kind) => simulatorOf(world, kind).mode({ kind: "status", status: 429, on: "all" }),
    code: "provider.rate-limited",
    advice: /too many calls/,
  },
];

test.each(ofAnyPanel.flatMap((fault) => panelKinds.map((kind) => ({ ...fault, kind }))))(
  "$name is named, and nothing else, at $kind",
  async ({ breaks, kind, code, advice }) => {
    await namesWhatBreaks((world, raw) => breaks(world, raw, kind), { code, advice, subject: providers[kind] });
  },
);

const ofOnePanel: readonly Fault[] = [
  {
    name: "a line that is not active at Asanak",
    breaks: (_, raw) => withLine(raw, "30009999", "asanak"),
    code: "line.not-active",
    subject: "30009999",
    advice: /exactly as the panel lists it/,
  },
  {
    name: "a line that is not the account's at the SOAP panel",
    breaks: (_, raw) => withLine(raw, "30009999", "panel"),
    code: "line.not-active",
    subject: "30009999",
    advice: /correct the line/,
  },
  {
    name: "a password that has expired at Asanak",
    breaks: ({ asanak }) => asanak.mode({ kind: "refuse", refusal: "passwordExpired", on: "all" }),
    code: "provider.bad-credentials",
    subject: "asanak",
    advice: /login/,
  },
  {
    name: "a web service that is switched off at mydnspanel",
    breaks: ({ mydnspanel }) => Object.assign(mydnspanel.account, { hasAccess: false }),
    code: "provider.account-closed",
    subject: "dns",
    advice: /switch the web service on/,
  },
  {
    name: "an address that mydnspanel does not have in its list",
    breaks: ({ mydnspanel }) => Object.assign(mydnspanel.account, { isAddressAllowed: false }),
    code: "provider.address-refused",
    subject: "dns",
    advice: /allowed ones of the connection key/,
  },
  {
    name: "a fault inside the SOAP panel",
    breaks: ({ soapPanel }) => soapPanel.mode({ kind: "fault", on: "all" }),
    code: "provider.bad-reply",
    subject: "panel",
    advice: /baseUrl/,
  },
];

test.each(ofOnePanel)("$name is named, and nothing else", async ({ breaks, ...named }) => {
  await namesWhatBreaks(breaks, named);
});

import type { FailureCode } from "../../core/ports/provider-error.ts";
import type { CodeEntry } from "./codes.ts";

/** These are said of an SMS that was sent, or by core; asking a panel about an account never ends so. */
type OfMessages = "undelivered" | "gave-up" | "line-gone" | "restored" | "opted-out";
export type AskedFailure = Exclude<FailureCode, OfMessages>;

const nothingGoes = "nothing can be sent through this panel, and nothing fetched from it";
const perhaps = "as long as it is so, answers wait, and SMS that are fetched come late";
const address = "see whether baseUrl is the address of the web service";

/** What it means when a panel fails at a question about the account: each is a finding `provider.<failure>`. */
export const panelFaults = {
  unreachable: {
    kind: "bad",
    says: "No connection to the panel.",
    why: nothingGoes,
    advice: "see to baseUrl, to the network, and to proxy where the panel is only reached from inside Iran",
  },
  "no-answer": {
    kind: "bad",
    says: "The panel does not answer in time.",
    why: "an SMS that gets no answer ends as ⚠, for nobody knows whether it left",
    advice: "the panel is slow or a firewall swallows the call; try again, then see to proxy",
  },
  interrupted: {
    kind: "bad",
    says: "The question was cut off.",
    why: "an SMS that gets no answer ends as ⚠, for nobody knows whether it left",
    advice: "the panel is slow or a firewall swallows the call; try again, then see to proxy",
  },
  "rate-limited": {
    kind: "bad",
    says: "The panel wants fewer calls.",
    why: perhaps,
    advice: "the panel has had too many calls; wait a minute and check again",
  },
  busy: {
    kind: "bad",
    says: "The panel, or a proxy before it, fails.",
    why: perhaps,
    advice: `the panel, or a proxy before it, fails; if it stays so, ${address}`,
  },
  "wrong-time": {
    kind: "bad",
    says: "The panel does not take this at this hour.",
    why: "answers wait until the hour at which the panel takes them",
    advice: "the panel does not take this at this hour; check again by day",
  },
  "bad-credentials": {
    kind: "bad",
    says: "The panel refuses the login.",
    why: nothingGoes,
    advice: "correct the login of the web service, which is often another one than the panel's own",
  },
  "address-refused": {
    kind: "bad",
    says: "The panel, or a wall before it (an HTML page with HTTP 403), refuses this server's address.",
    why: `${nothingGoes}; panels often refuse every address outside Iran`,
    advice: "let the panel allow this server's address, or set proxy to a server that it allows",
  },
  "account-closed": {
    kind: "bad",
    says: "The account, or its web service, is closed or not yet approved.",
    why: nothingGoes,
    advice:
      "the panel has closed or not yet approved this account's web service: finish the panel's verification and switch the web service on there",
  },
  "no-credit": {
    kind: "bad",
    says: "The account is empty.",
    why: "no answer leaves until it is charged; SMS still come in",
    advice: "charge the account",
  },
  "over-quota": {
    kind: "bad",
    says: "The account's limit is used up.",
    why: "no answer leaves until the panel renews the limit",
    advice: "the account's limit is used up; wait until it is renewed, or let the panel raise it",
  },
  "bad-line": {
    kind: "bad",
    says: "The line is not active, or not of this account.",
    why: "no answer can leave from this line",
    advice: "write the line exactly as the panel lists it; if it is, let the panel switch it on for the web service",
  },
  "bad-template": {
    kind: "bad",
    says: "The panel does not know the template.",
    why: "what uses the template cannot leave",
    advice: "correct the template's number and the names of its values as the panel lists them",
  },
  "bad-recipient": {
    kind: "bad",
    says: "The panel did not understand the question.",
    why: "perhaps this is not the web service that Chapar speaks to",
    advice: `the panel did not understand the question; ${address}`,
  },
  blacklisted: {
    kind: "bad",
    says: "The panel takes the question for an advertisement.",
    why: "it may refuse answers in the same way",
    advice: "ask the panel why it refuses; it takes the question for an advertisement",
  },
  rejected: {
    kind: "bad",
    says: "The panel refuses the question, for a reason that Chapar does not know.",
    why: "it may refuse answers in the same way",
    advice: "ask the panel's support what this refusal means",
  },
  "bad-request": {
    kind: "bad",
    says: "The panel did not understand the question.",
    why: "perhaps this is not the web service that Chapar speaks to",
    advice: `the panel did not understand the question; ${address}`,
  },
  "bad-reply": {
    kind: "bad",
    says: "Something answers that Chapar cannot read.",
    why: "an SMS whose answer cannot be read ends as ⚠, for nobody knows whether it left",
    advice: address,
  },
  unsupported: {
    kind: "note",
    says: "The panel does not offer this question to this account.",
    advice:
      "the panel does not offer this to this account, or its WSDL cannot be read: see what check says of its contract, then ask its support",
  },
} as const satisfies Readonly<Record<AskedFailure, CodeEntry>>;

export function isAskedFailure(code: FailureCode): code is AskedFailure {
  return Object.hasOwn(panelFaults, code);
}

/** What to do about a failure that a panel answered with when it was asked about the account. */
export function adviceFor(code: FailureCode): string | undefined {
  return isAskedFailure(code) ? panelFaults[code].advice : undefined;
}

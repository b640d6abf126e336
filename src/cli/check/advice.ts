import type { FailureCode } from "../../core/ports/provider-error.ts";

/** These are said of an SMS that was sent, or by core; asking a panel about an account never ends so. */
type OfMessages = "undelivered" | "gave-up" | "line-gone" | "restored";

const loginAdvice = "correct the login of the web service, which is often another one than the panel's own";
const addressAdvice = "see whether baseUrl is the address of the web service";

const advices: Readonly<Record<Exclude<FailureCode, OfMessages>, string>> = {
  unreachable: "see to baseUrl, to the network, and to proxy where the panel is only reached from inside Iran",
  "no-answer": "the panel is slow or a firewall swallows the call; try again, then see to proxy",
  interrupted: "the panel is slow or a firewall swallows the call; try again, then see to proxy",
  "rate-limited": "the panel has had too many calls; wait a minute and check again",
  busy: "the panel, or a proxy before it, fails; if it stays so, see whether baseUrl is the address of the web service",
  "wrong-time": "the panel does not take this at this hour; check again by day",
  "bad-credentials": loginAdvice,
  "address-refused": "let the panel allow this server's address, or set proxy to a server that it allows",
  "account-closed":
    "the panel has closed or not yet approved this account's web service: finish the panel's verification and switch the web service on there",
  "no-credit": "charge the account",
  "over-quota": "the account's limit is used up; wait until it is renewed, or let the panel raise it",
  "bad-line": "write the line exactly as the panel lists it; if it is, let the panel switch it on for the web service",
  "bad-template": "correct the template's number and the names of its values as the panel lists them",
  "bad-recipient": `the panel did not understand the question; ${addressAdvice}`,
  blacklisted: "ask the panel why it refuses; it takes the question for an advertisement",
  rejected: "ask the panel's support what this refusal means",
  "bad-request": `the panel did not understand the question; ${addressAdvice}`,
  "bad-reply": addressAdvice,
  unsupported:
    "the panel does not offer this to this account, or its WSDL cannot be read: see what check says of its contract, then ask its support",
};

/** What to do about a failure that a panel answered with when it was asked about the account. */
export function adviceFor(code: FailureCode): string | undefined {
  return code === "undelivered" || code === "gave-up" || code === "line-gone" || code === "restored"
    ? undefined
    : advices[code];
}

import { expect, test } from "vitest";
import { adviceFor } from "../../src/cli/check/panel-faults.ts";
import { probe } from "../../src/cli/check/probes.ts";
import { renderTable, row } from "../../src/cli/check/table.ts";
import { failureCodes, ProviderError } from "../../src/core/ports/provider-error.ts";
import type { SmsProvider } from "../../src/core/ports/sms-provider.ts";
import { silentLog } from "../core/bridge-parts.ts";
import { createPanel } from "../core/open-world.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const lines = ["30001234"];

function probing(change: Partial<SmsProvider>, readsInbox = false) {
  const clock = createFakeClock();
  const rows = probe({ ...createPanel("paper", clock), ...change }, lines, { clock, log: silentLog, readsInbox });
  return { clock, rows };
}

test("each fact that a panel tells is a row: what is good, what is bad with what to do, and what nobody knows", async () => {
  const { rows } = probing({
    status: {
      read: async ([line = ""]) => [
        { aspect: "access", outcome: "good", detail: "the web service is open" },
        { aspect: "line", line, outcome: "bad", detail: "not active", advice: "ask for it" },
        { aspect: "inbox", outcome: "bad", detail: "may not be read" },
        { aspect: "contract", outcome: "unknown", detail: "could not be fetched" },
      ],
    },
  });
  expect(await rows).toEqual([
    {
      kind: "good",
      code: "provider.access",
      provider: "paper",
      what: "access",
      finding: "the web service is open",
    },
    {
      kind: "bad",
      code: "line.not-active",
      provider: "paper",
      what: "line 30001234",
      line: "30001234",
      finding: "not active",
      advice: "ask for it",
    },
    {
      kind: "bad",
      code: "inbox.unreadable",
      provider: "paper",
      what: "inbox",
      finding: "may not be read",
      advice: expect.any(String),
    },
    { kind: "note", code: "contract.differs", provider: "paper", what: "contract", finding: "could not be fetched" },
  ]);
});

test("a login of which the panel itself is not sure is not said to work", async () => {
  const status: NonNullable<SmsProvider["status"]> = {
    read: async () => [{ aspect: "access", outcome: "unknown", detail: "credit 0: also answered to a wrong login" }],
  };
  const credit = { read: async () => [{ unit: "raw" as const, amount: 0 }] };
  expect(await probing({ status, credit }).rows).toMatchObject([
    { kind: "bad", what: "credit" },
    { kind: "note", what: "access" },
  ]);
});

test("a login that is likely wrong is told before the empty account that such a login is shown", async () => {
  const status: NonNullable<SmsProvider["status"]> = {
    read: async () => [{ aspect: "access", outcome: "bad", detail: "also answered to a wrong login", advice: "see" }],
  };
  const credit = { read: async () => [{ unit: "raw" as const, amount: 0 }] };
  expect(await probing({ status, credit }).rows).toMatchObject([
    { kind: "note", provider: "paper", what: "credit", finding: "0" },
    { kind: "bad", provider: "paper", what: "access", finding: "also answered to a wrong login", advice: "see" },
  ]);
});

test("the inbox is read only where somebody asks for it, and then stands in the place of what was not read", async () => {
  const read: (readonly string[])[] = [];
  const status: NonNullable<SmsProvider["status"]> = {
    read: async () => [
      { aspect: "access", outcome: "good", detail: "open" },
      { aspect: "inbox", outcome: "unknown", detail: "not read here" },
    ],
    async readInbox(asked) {
      read.push(asked);
      return [{ aspect: "inbox", outcome: "bad", detail: "1 SMS listed, 0 can be read" }];
    },
  };
  expect(await probing({ status }).rows).toMatchObject([
    { kind: "good", what: "access" },
    { kind: "note", what: "inbox", finding: "not read here" },
  ]);
  expect(read).toEqual([]);
  expect(await probing({ status }, true).rows).toMatchObject([
    { kind: "good", what: "access" },
    { kind: "bad", what: "inbox", finding: "1 SMS listed, 0 can be read", advice: expect.any(String) },
  ]);
  expect(read).toEqual([lines]);

  const { readInbox: _, ...alone } = status;
  expect(await probing({ status: alone }, true).rows).toEqual(await probing({ status: alone }).rows);
});

test("an inbox that does not answer is told as such, and hides nothing else", async () => {
  const { clock, rows } = probing(
    {
      status: {
        read: async () => [{ aspect: "access", outcome: "good", detail: "open" }],
        readInbox: () => new Promise(() => undefined),
      },
    },
    true,
  );
  clock.pass(16_000);
  expect(await rows).toMatchObject([
    { kind: "good", what: "access" },
    { kind: "bad", what: "inbox", finding: "no-answer within 15 s" },
  ]);
});

test("an account without credit is a fault, though its login works", async () => {
  const { rows } = probing({ credit: { read: async () => [{ unit: "messages", amount: 0 }] } });
  expect(await rows).toMatchObject([
    { kind: "good", what: "login", finding: "login works" },
    { kind: "bad", what: "credit", finding: "0 messages", advice: "charge the account" },
  ]);
});

test("a panel that can tell nothing says so", async () => {
  expect(await probing({}).rows).toMatchObject([{ kind: "note", finding: expect.stringContaining("kind paper") }]);
});

test("every failure that a panel can answer with comes with what to do", async () => {
  const said = failureCodes.map((code) => [code, adviceFor(code)] as const);
  expect(said.filter(([, advice]) => advice === undefined).map(([code]) => code)).toEqual([
    "undelivered",
    "gave-up",
    "line-gone",
    "restored",
    "opted-out",
  ]);
  const refuse = async () => {
    throw new ProviderError("account-closed", "told to", { certain: true, vendor: "106 suspended" });
  };
  expect(await probing({ credit: { read: refuse } }).rows).toMatchObject([
    {
      kind: "bad",
      what: "login",
      finding: "account-closed, the panel says: 106 suspended",
      advice: expect.stringMatching(/finish the panel's verification/),
    },
  ]);
});

test("what fails in a way nobody thought of is a row like any other, and hides no other", async () => {
  const { rows } = probing({
    credit: {
      read: async () => {
        throw new TypeError("a fault of ours");
      },
    },
    status: { read: async () => [{ aspect: "access", outcome: "good", detail: "open" }] },
  });
  expect(await rows).toMatchObject([
    { kind: "bad", what: "login" },
    { kind: "good", what: "access" },
  ]);
});

test("a panel that does not answer is waited for 15 seconds, whether it heeds the signal or not, and told once", async () => {
  const { clock, rows } = probing({
    credit: { read: () => new Promise(() => undefined) },
    status: {
      read: (_, signal) =>
        new Promise((_resolve, reject) => {
          const error = new ProviderError("interrupted", "aborted", { certain: true });
          signal.addEventListener("abort", () => reject(error));
        }),
    },
  });
  let isOver = false;
  void rows.then(() => {
    isOver = true;
  });
  clock.pass(14_999);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  clock.pass(1000);
  expect(await rows).toMatchObject([
    { kind: "bad", what: "login", finding: "no-answer within 15 s", advice: expect.stringContaining("slow") },
  ]);
});

test("words of a panel cannot move the cursor, and a long name moves the columns of all", () => {
  const [first, second] = renderTable([
    row("provider.busy", { provider: "a", what: "login" }, "no\u001b[2J\r\nway"),
    row("line.usable", { provider: "longer", what: "line 30001234" }, "fine"),
  ]);
  expect(first?.text).toBe("a       login          no\\u001b[2J\\u000d\\u000away");
  expect(second?.text).toBe("longer  line 30001234  fine");
});

import { inspect } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { foldNumber, type Line } from "../../src/core/model/phone.ts";
import type { IncomingSms, PushCall } from "../../src/core/ports/inbox.ts";
import { type FailureCode, ProviderError } from "../../src/core/ports/provider-error.ts";
import type { SendReceipt, SentId, SmsProvider } from "../../src/core/ports/sms-provider.ts";

/** What a panel can be told to do with the next call that sends, and what the provider must make of it. */
export const panelFailures = {
  busy: { code: "busy", certain: true },
  "rate-limited": { code: "rate-limited", certain: true },
  "bad-credentials": { code: "bad-credentials", certain: true },
  "no-credit": { code: "no-credit", certain: true },
  "bad-line": { code: "bad-line", certain: true },
  "bad-recipient": { code: "bad-recipient", certain: true },
  blacklisted: { code: "blacklisted", certain: true },
  "wrong-time": { code: "wrong-time", certain: true },
  "address-refused": { code: "address-refused", certain: true },
  /** Takes the SMS and never answers. */
  silent: { code: "no-answer", certain: false },
  /** Takes the SMS and cuts the connection. */
  cut: { code: "no-answer", certain: false },
  /** Cuts the connection and takes nothing: from outside it looks the same. */
  "cut-before": { code: "no-answer", certain: false },
  /** A 5xx without a word of the panel. */
  "server-error": { code: "bad-reply", certain: false },
  /** Takes the SMS and answers what nobody can read. */
  unreadable: { code: "bad-reply", certain: false },
} as const satisfies Record<string, { code: FailureCode; certain: boolean }>;

export type PanelFailure = keyof typeof panelFailures;

/** A provider, connected to the simulator of its panel, and the simulator's handles. Numbers in any spelling. */
export interface PanelUnderTest {
  /** Gives up after a second or two: soon enough for a fast suite, late enough for a busy machine. */
  readonly provider: SmsProvider;
  /** A line that may send and receive. */
  readonly line: Line;
  /** The account's secrets: no error may hold one. */
  readonly secrets: readonly string[];
  /** A template that the account may send, two values for it, and the text they make. */
  readonly template?: { readonly settings: unknown; readonly values: readonly string[]; readonly text: string };
  /** Every SMS that the panel took, oldest first. */
  accepted(): readonly { readonly line: string; readonly receiver: string; readonly text: string }[];
  /** How many calls that send have reached the panel. */
  sendCalls(): number;
  /** Arms the next sending call. A failure that the panel does not know is absent. */
  readonly failures: Partial<Record<PanelFailure, () => void>>;
  /** The handset gets the SMS with this id now. */
  deliver?(id: string): void;
  /** An SMS comes in and waits at the panel until it is asked for; `isRead`: somebody has read it there. */
  receive?(sms: { from: string; to: string; text: string; isRead?: boolean }): Promise<unknown>;
  /** Numbers in the panel's phone book. */
  contacts?(): readonly string[];
  /** Lets the panel push an SMS; resolves to its call as it came over the wire. */
  push?(sms: { from: string; to: string; text: string }): Promise<PushCall>;
  stop(): Promise<void>;
}

const peers = ["+989121234567", "+989351234567", "+989901234567"] as const;
const texts = [
  "سلام دنیا",
  "نیم\u200cفاصله",
  "line one\nline two",
  "a & b < c > d \" ' % + = ; ?",
  "😀 emoji",
  "x".repeat(700),
];
const never = new AbortController().signal;

/** What core relies on, run by every panel against its simulator. Where a capability is absent, that is a passing test. */
export function testProvider(name: string, startPanel: () => Promise<PanelUnderTest>): void {
  async function start(): Promise<PanelUnderTest> {
    const panel = await startPanel();
    onTestFinished(async () => {
      await panel.provider.close();
      await panel.stop();
    });
    return panel;
  }

  describe(`${name} as a provider`, () => {
    it.each(texts)("sends %j exactly as it is", async (text) => {
      const { provider, line, accepted } = await start();
      const receipt = await provider.send({ line, peers: [peers[0]], text }, never);
      expect(receipt.ids).toHaveLength(1);
      expect(accepted().map(fold)).toEqual([{ line, receiver: peers[0], text }]);
    });

    it("sends one text to several receivers in one call, with an id for each in their order", async () => {
      const { provider, line, accepted, sendCalls, deliver } = await start();
      expect(peers.every((peer) => provider.sharesCall?.(peer) ?? true)).toBe(true);
      const some = peers.slice(0, provider.limits.receiversPerCall);
      const receipt = await provider.send({ line, peers: some, text: "to all" }, never);
      const { ids } = receipt;
      expect(accepted().map(fold)).toEqual(some.map((receiver) => ({ line, receiver, text: "to all" })));
      expect(new Set(ids).size).toBe(some.length);
      expect(sendCalls()).toBe(1);
      const last = ids.at(-1) ?? "";
      if (!deliver || !provider.reports) return;
      deliver(last);
      const reports = await provider.reports.fetch(asked(receipt), never);
      expect(reports.filter((report) => report.state === "delivered").map((report) => report.id)).toEqual([last]);
    });

    it("sends different texts in one call, or does not offer to", async () => {
      const { provider, line, accepted, sendCalls } = await start();
      if (!provider.batch) return;
      const rows = peers.map((peer, at) => ({ line, peer, text: `text ${at}` }));
      const { ids } = await provider.batch.send(rows, never);
      expect(new Set(ids).size).toBe(rows.length);
      expect(accepted().map(fold)).toEqual(rows.map(({ peer, text }) => ({ line, receiver: peer, text })));
      expect(sendCalls()).toBe(1);
      expect(provider.batch.rowsPerCall).toBeGreaterThan(0);
    });

    it("sends templates, or does not offer to", async () => {
      const { provider, line, template, accepted } = await start();
      if (!provider.templates) return;
      if (!template) throw new Error("the panel under test must name a template");
      const sms = { line, peer: peers[0], template: template.settings, values: template.values };
      expect((await provider.templates.send(sms, never)).ids).toHaveLength(1);
      expect(accepted().map((one) => one.text)).toEqual([template.text]);
      const wrong = provider.templates.send({ ...sms, template: {} }, never);
      expect(await failureOf(wrong)).toMatchObject({ certain: true });
      expect(accepted()).toHaveLength(1);
    });

    it("tells nothing final of an SMS that is under way, and that it was delivered once it was, or offers no reports", async () => {
      const { provider, line, deliver } = await start();
      const { reports } = provider;
      if (!reports) return;
      const receipt = await provider.send({ line, peers: [peers[0]], text: "hi" }, never);
      const ids = asked(receipt);
      expect((await reports.fetch(ids, never)).every((report) => report.state === "pending")).toBe(true);
      const [{ id } = { id: "" }] = ids;
      deliver?.(id);
      expect(await reports.fetch(ids, never)).toMatchObject([{ id, state: "delivered" }]);
      expect([...reports.askAtSeconds].sort((a, b) => a - b)).toEqual(reports.askAtSeconds);
    });

    it("never calls an unknown id failed or delivered", async () => {
      const { provider } = await start();
      const told = await provider.reports?.fetch([{ id: "999999999999" }], never);
      expect((told ?? []).every((report) => report.state === undefined || report.state === "pending")).toBe(true);
    });

    it("tells its credit as numbers, or does not offer to", async () => {
      const { provider } = await start();
      if (!provider.credit) return;
      const credits = await provider.credit.read(never);
      expect(credits.length).toBeGreaterThan(0);
      expect(credits.every(({ amount }) => Number.isFinite(amount))).toBe(true);
    });

    it.each(texts)("reads %j as it comes in, however often it is asked", async (text) => {
      const { provider, line, receive, push } = await start();
      const { inbox } = provider;
      if (!inbox) return;
      const read = await readInbox();
      expect(read).toMatchObject([{ line, peer: peers[0], text }]);

      async function readInbox() {
        const sms = { from: "09121234567", to: line, text };
        if (inbox?.mode === "push") {
          if (!push) throw new Error("the panel under test must be able to push");
          const call = await push(sms);
          expect(inbox.parse(call)).toEqual(inbox.parse(call));
          return inbox.parse(call).map(folded);
        }
        if (!receive) throw new Error("the panel under test must be able to receive");
        await receive(sms);
        const answer = (await inbox?.fetch([line], never)) ?? "";
        const reading = await inbox?.parse(answer, [line]);
        expect(await inbox?.parse(answer, [line])).toEqual(reading);
        expect(reading?.unreadable).toEqual([]);
        return reading?.sms.map(folded);
      }
    });

    it("refuses what is no answer and no call of its panel, or has no inbox", async () => {
      const { provider, line } = await start();
      const { inbox } = provider;
      if (inbox?.mode === "push") {
        const empty = { method: "GET", query: "", contentType: "", body: Buffer.alloc(0) };
        expect(() => inbox.parse(empty)).toThrow(expect.objectContaining({ code: "bad-request" }));
      }
      if (inbox?.mode === "poll") {
        expect(await failureOf(inbox.parse("<html>no</html>", [line]))).toMatchObject({ code: "bad-reply" });
      }
    });

    it("hands out again what it holds unread, where reading it might have been cut off", async () => {
      const { provider, line, receive } = await start();
      const { inbox } = provider;
      if (inbox?.mode !== "poll" || !receive) return;
      await receive({ from: "09121234567", to: line, text: "once" });
      const first = await inbox.parse(await inbox.fetch([line], never), [line]);
      const again = await inbox.parse(await (inbox.catchUp ?? inbox.fetch)([line], never), [line]);
      expect(again.sms).toEqual(first.sms);
    });

    it("lists past SMS of a line, or does not offer to", async () => {
      const { provider, line, receive } = await start();
      if (!provider.history || !receive) return;
      await receive({ from: "09121234567", to: line, text: "past", isRead: true });
      expect((await provider.history.read(line, never)).sms.map(folded)).toMatchObject([{ line, text: "past" }]);
    });

    it("marks past SMS as unread, so that it lists them as unread again, or does not offer to", async () => {
      const { provider, line, receive } = await start();
      const { history, inbox } = provider;
      if (!history?.markUnread || inbox?.mode !== "poll" || !inbox.catchUp || !receive) return;
      for (const text of ["past", "also past"]) await receive({ from: "09121234567", to: line, text, isRead: true });
      const unread = async () => (await inbox.parse((await inbox.catchUp?.([line], never)) ?? "", [line])).sms;
      expect(await unread()).toEqual([]);
      const [first] = (await history.read(line, never)).sms;
      await history.markUnread([first?.panelId ?? ""], line, never);
      expect(await unread()).toEqual([first]);
      expect((await history.read(line, never)).sms).toHaveLength(1);
    });

    it("finds what it has sent in the panel's own list, or does not offer to", async () => {
      const { provider, line } = await start();
      if (!provider.sentList) return;
      const { ids } = await provider.send({ line, peers: [peers[0]], text: "کجاست؟" }, never);
      const listed = await provider.sentList.read(line, never);
      expect(listed.map(({ id, peer, text }) => ({ id, peer, text }))).toEqual([
        { id: ids[0], peer: peers[0], text: "کجاست؟" },
      ]);
      expect(Math.abs((listed[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
    });

    it("keeps an SMS until its time, or does not offer to", async () => {
      const { provider, line, accepted } = await start();
      if (!provider.schedule) return;
      const at = Date.now() + 3_600_000;
      await provider.schedule.send({ line, peers: [peers[0]], text: "later", at }, never);
      expect(accepted()).toEqual([]);
    });

    it("keeps a contact, or does not offer to", async () => {
      const { provider, contacts } = await start();
      if (!provider.contacts) return;
      const [field = ""] = provider.contacts.fields;
      const contact = { peer: peers[0], fields: { [field]: "1360/06/06" } };
      expect(await provider.contacts.add(contact, never)).toEqual({ refused: [] });
      expect(contacts?.().map(foldNumber)).toEqual([peers[0]]);
    });

    it("tells how the account is without sending anything, or does not offer to", async () => {
      const { provider, line, accepted, secrets } = await start();
      if (!provider.status) return;
      const facts = await provider.status.read([line], never);
      expect(facts.length).toBeGreaterThan(0);
      expect(facts.filter(({ outcome }) => outcome === "bad")).toEqual([]);
      for (const secret of secrets) expect(JSON.stringify(facts)).not.toContain(secret);
      expect(accepted()).toEqual([]);
    });

    it.each(failureNames())(
      "calls a panel that does %s by its name, never tries twice, and sends the next SMS",
      async (failure) => {
        const { provider, line, failures, accepted, sendCalls, secrets } = await start();
        const arm = failures[failure];
        if (!arm) return;
        const expected = panelFailures[failure];
        arm();
        const error = await failureOf(provider.send({ line, peers: [peers[0]], text: "first" }, never));
        expect(error).toMatchObject(expected);
        expect(sendCalls()).toBeLessThanOrEqual(1);
        if (expected.certain) expect(accepted()).toEqual([]);
        for (const secret of secrets) expect(everythingIn(error)).not.toContain(secret);
        await provider.send({ line, peers: [peers[1]], text: "second" }, never);
        expect(accepted().filter((sms) => sms.text === "first").length).toBeLessThanOrEqual(1);
        expect(accepted().map(fold).at(-1)).toEqual({ line, receiver: peers[1], text: "second" });
      },
    );

    it("sends nothing once it is told to stop", async () => {
      const { provider, line, accepted } = await start();
      const call = provider.send({ line, peers: [peers[0]], text: "hi" }, AbortSignal.abort());
      expect(await failureOf(call)).toMatchObject({ code: "interrupted", certain: true });
      expect(accepted()).toEqual([]);
    });

    it("refuses more receivers than one call takes, and none at all, without a call", async () => {
      const { provider, line, sendCalls } = await start();
      const tooMany = Array.from(
        { length: provider.limits.receiversPerCall + 1 },
        (_, at) => `+98912${1_000_000 + at}`,
      );
      for (const many of [tooMany, []]) {
        const call = provider.send({ line, peers: many, text: "hi" }, never);
        expect(await failureOf(call)).toMatchObject({ code: "bad-request", certain: true });
      }
      expect(sendCalls()).toBe(0);
    });

    it("closes twice, and sends nothing after that", async () => {
      const { provider, line, accepted } = await start();
      await provider.close();
      await provider.close();
      expect(await failureOf(provider.send({ line, peers: [peers[0]], text: "hi" }, never))).toMatchObject({
        certain: true,
      });
      expect(accepted()).toEqual([]);
    });
  });
}

function folded({ line, peer, text }: IncomingSms) {
  return { line: foldNumber(line), peer: foldNumber(peer), text };
}

function asked({ ids, batch }: SendReceipt): SentId[] {
  return ids.flatMap((id) => (id === undefined ? [] : [{ id, ...(batch === undefined ? {} : { batch }) }]));
}

function failureNames(): PanelFailure[] {
  return Object.keys(panelFailures).filter((name): name is PanelFailure => name in panelFailures);
}

function fold(sms: { line: string; receiver: string; text: string }) {
  return { line: foldNumber(sms.line), receiver: foldNumber(sms.receiver), text: sms.text };
}

async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const outcome = await call.then(
    (value) => new Error(`expected a failure, got ${inspect(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof ProviderError) return outcome;
  throw outcome;
}

function everythingIn(error: Error): string {
  return `${inspect(error, { depth: 20, showHidden: true, maxStringLength: null })}\n${JSON.stringify(error)}`;
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { markKey } from "../../src/core/model/mark.ts";
import type { Inbound, Outbound } from "../../src/core/model/message.ts";
import { DeskError } from "../../src/core/ports/desk.ts";
import type { ToldDesk } from "./told-desk.ts";

/** A desk under test, and what an operator can do and see there. */
export interface DeskFixture {
  readonly desk: ToldDesk;
  /** An SMS and an outbound message that belong to this desk; equal fields except for those given. */
  inbound(fields?: Partial<Inbound>): Inbound;
  outbound(fields?: Partial<Outbound>): Outbound;
  /** An operator writes; gives the place of the message. */
  operatorWrites(text: string): string;
  /** Every text that stands there, oldest first. */
  texts(): readonly string[];
  /** The mark on the operator's message at this place; absent: none. */
  markAt(origin: string): string | undefined;
  /** The way to the desk is cut, and comes back. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** We are thrown out of the chat. */
  removeUs(): void;
  stop(): Promise<void>;
}

/** What core relies on. Every desk must pass it, with and without topics. */
export function testDesk(name: string, open: () => Promise<DeskFixture>): void {
  describe(`${name} as a desk`, () => {
    let fixture: DeskFixture;

    beforeEach(async () => {
      fixture = await open();
    });

    afterEach(() => fixture.stop());

    async function failure(work: Promise<unknown>): Promise<DeskError> {
      const error = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof DeskError)) return expect.fail(`expected a DeskError, got ${String(error)}`);
      return error;
    }

    it("shows an SMS and tells where", async () => {
      const { post } = await fixture.desk.post(fixture.inbound({ text: "سلام، کی می‌رسد؟" }));
      expect(post).not.toBe("");
      expect(fixture.texts().filter((text) => text.includes("سلام، کی می‌رسد؟"))).toHaveLength(1);
    });

    it("gives every SMS a place of its own, in the order they were posted", async () => {
      const places = new Set<string>();
      for (const text of ["one", "two", "three"]) {
        places.add((await fixture.desk.post(fixture.inbound({ text }))).post);
      }
      expect(places.size).toBe(3);
      const shown = fixture.texts().join("\n");
      expect(shown.indexOf("one")).toBeLessThan(shown.indexOf("two"));
      expect(shown.indexOf("two")).toBeLessThan(shown.indexOf("three"));
    });

    it("marks a message where the operator wrote it", async () => {
      const origin = fixture.operatorWrites("at your service");
      const message = fixture.outbound({ origin, state: "failed", failure: { code: "bad-recipient" } });
      const { shown, markPost } = await fixture.desk.mark(async () => message);
      expect(shown).toBe(markKey(message));
      expect(markPost).toBeDefined();
      expect(fixture.markAt(origin)).toMatch(/^✗/);
    });

    it("shows nothing new when the same mark is asked for again", async () => {
      const origin = fixture.operatorWrites("at your service");
      const message = fixture.outbound({ origin, state: "uncertain", failure: { code: "no-answer" } });
      const { markPost } = await fixture.desk.mark(async () => message);
      const before = fixture.texts();
      const stored: Outbound = markPost === undefined ? message : { ...message, markPost };
      await expect(fixture.desk.mark(async () => stored)).resolves.toMatchObject({ shown: markKey(message) });
      expect(fixture.texts()).toEqual(before);
    });

    it("keeps a mark true as the message moves, in one place", async () => {
      const origin = fixture.operatorWrites("at your service");
      let message = fixture.outbound({ origin, state: "uncertain", failure: { code: "no-answer" } });
      const count = async () => {
        const { markPost } = await fixture.desk.mark(async () => message);
        if (markPost !== undefined) message = { ...message, markPost };
        return fixture.texts().length;
      };
      const first = await count();
      message = { ...message, state: "sent", settledBy: { id: "7", name: "Sara" } };
      expect(await count()).toBe(first);
      message = { ...message, state: "delivered" };
      expect(await count()).toBe(first);
      expect(fixture.markAt(origin)).toMatch(/^✓✓/);
    });

    it("reads the record late, so that of many changes the newest is shown", async () => {
      const origin = fixture.operatorWrites("at your service");
      let message = fixture.outbound({ origin, state: "failed", failure: { code: "rejected" } });
      const asked = fixture.desk.mark(async () => message);
      message = { ...message, state: "uncertain", failure: { code: "no-answer" } };
      expect((await asked).shown).toBe(markKey(message));
      expect(fixture.markAt(origin)).toMatch(/^⚠/);
    });

    it("settles a mark that has nothing to stand on", async () => {
      const before = fixture.texts();
      const message = fixture.outbound({ state: "failed", failure: { code: "rejected" } });
      await expect(fixture.desk.mark(async () => message)).resolves.toMatchObject({ shown: markKey(message) });
      await expect(fixture.desk.mark(async () => undefined)).resolves.toBeDefined();
      expect(fixture.texts()).toEqual(before);
    });

    it("asks to come back while a wait is not yet worth a reply", async () => {
      const origin = fixture.operatorWrites("at your service");
      const message = fixture.outbound({ origin, state: "queued", attempt: 0 });
      const { againAt } = await fixture.desk.mark(async () => message);
      expect(againAt).toBeGreaterThan(message.at);
    });

    it("shows a long wait, whatever the ticks", async () => {
      const origin = fixture.operatorWrites("at your service");
      const message = fixture.outbound({ origin, state: "queued", attempt: 0, at: Date.now() - 31_000 });
      await fixture.desk.mark(async () => message);
      expect(fixture.markAt(origin)).toMatch(/^⏳/);
    });

    it("tells operators news of the bridge", async () => {
      await fixture.desk.notify({ kind: "provider-up", provider: "asanak" });
      expect(fixture.texts().at(-1)).toContain("asanak");
    });

    it("says that it cannot be reached, and works again when it can", async () => {
      await fixture.desk.post(fixture.inbound());
      const origin = fixture.operatorWrites("at your service");
      const sms = fixture.inbound({ text: "in the dark" });
      const message = fixture.outbound({ origin, state: "failed", failure: { code: "rejected" } });
      await fixture.cut();
      expect((await failure(fixture.desk.post(sms))).code).toBe("unreachable");
      expect((await failure(fixture.desk.mark(async () => message))).code).toBe("unreachable");
      expect((await failure(fixture.desk.notify({ kind: "provider-up", provider: "x" }))).code).toBe("unreachable");
      await fixture.mend();
      await fixture.desk.post(sms);
      await fixture.desk.mark(async () => message);
      expect(fixture.texts().filter((text) => text.includes("in the dark"))).toHaveLength(1);
      expect(fixture.markAt(origin)).toMatch(/^✗/);
    });

    it("says that it is not ready when we are not in the chat", async () => {
      await fixture.desk.post(fixture.inbound());
      fixture.removeUs();
      expect((await failure(fixture.desk.post(fixture.inbound()))).code).toBe("not-ready");
    });

    it("turns a record that cannot be read into its own error", async () => {
      const broken = fixture.desk.mark(() => Promise.reject(new Error("disk")));
      await expect(failure(broken)).resolves.toBeInstanceOf(DeskError);
    });
  });
}

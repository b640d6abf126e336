import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { hashKey } from "../../src/core/model/ids.ts";
import type { PushCall } from "../../src/core/ports/inbox.ts";
import { ProviderError } from "../../src/core/ports/provider-error.ts";
import { createAsanakInbox } from "../../src/providers/asanak/inbox.ts";
import { readReceived } from "../../src/providers/mydnspanel/inbox.ts";
import { parseMessages } from "../../src/providers/soap-panel/inbox.ts";
import { envelope } from "../providers/soap-panel.bare.ts";
import { rawRequest, startWeb } from "../web/start-web.ts";
import { damaged, longRun, wildBytes, wildJson, wildText } from "./arbitraries.ts";

const names = ["Destination", "Source", "ReceiveTime", "MsgBody", "destination", "SOURCE", "msgbody", "x", ""] as const;
const values = fc.oneof(
  wildText(6),
  fc.constantFrom("982164063188", "09121234567", "۰۹۱۲۱۲۳۴۵۶۷", "1405/09/01 14:05", "0"),
);
const pairs = fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 6 });

/** As senders spell a form: well, twice, or not at all. */
const form = fc.tuple(pairs, fc.constantFrom("once", "twice", "raw")).map(([fields, how]) =>
  fields
    .map(([name, value]) => {
      const once = new URLSearchParams({ v: value }).toString().slice(2);
      const written = how === "raw" ? value : how === "once" ? once : encodeURIComponent(once);
      return `${name}=${written}`;
    })
    .join("&"),
);
const jsonBody = wildJson(
  [...names],
  ["982164063188", "09121234567", 9121234567, "سلام", "", null, 12345678901234567890n.toString(), []],
).map((value) => new TextEncoder().encode(JSON.stringify(value)));
const body = fc.oneof(
  form.map((text) => new TextEncoder().encode(text)),
  jsonBody,
  wildBytes,
  longRun(20_000).map((text) => new TextEncoder().encode(text)),
);
const types = fc.constantFrom(
  "",
  "application/json",
  "application/x-www-form-urlencoded",
  "text/plain; charset=utf-16",
  "multipart/form-data; boundary=x",
);

it("Asanak's inbox reads every call as whole SMS, or calls it unreadable", () => {
  const call = fc.record({
    method: fc.constantFrom("GET", "POST"),
    query: fc.oneof(form, wildText()),
    contentType: types,
    body,
  });
  const options = fc.constantFrom({ doubleDecode: "auto" }, { doubleDecode: "always" }, {
    doubleDecode: "never",
  } as const);
  fc.assert(
    fc.property(call, options, ({ body: bytes, ...rest }, how) => {
      const pushed: PushCall = { ...rest, body: Buffer.from(bytes) };
      try {
        const sms = createAsanakInbox(how).parse(pushed);
        expect(sms.length).toBeGreaterThan(0);
        for (const one of sms) {
          expect(one.line === "" || one.peer === "").toBe(false);
          // What makes its key can be made of it.
          expect(hashKey(one.peer, one.text, one.time?.written ?? "")).not.toBe("");
        }
      } catch (error) {
        expect(error).toBeInstanceOf(ProviderError);
      }
    }),
    { numRuns: 500 },
  );
});

it("a text that was written into a form, or into JSON, is the text that is read", () => {
  const inbox = createAsanakInbox({ doubleDecode: "never" });
  const text = wildText().map((written) => Buffer.from(written).toString());
  fc.assert(
    fc.property(text, (written) => {
      const fields = { Source: "09121234567", Destination: "982164063188", MsgBody: written };
      const query = new URLSearchParams(fields).toString();
      const byQuery = inbox.parse({ method: "GET", query, contentType: "", body: Buffer.alloc(0) });
      const json = Buffer.from(JSON.stringify(fields));
      const byJson = inbox.parse({ method: "POST", query: "", contentType: "application/json", body: json });
      expect([byQuery, byJson].map(([sms]) => sms?.text)).toEqual([written, written]);
    }),
    { numRuns: 300 },
  );
});

it("the lists of the panels that are asked are read in part or refused, never more than there is", () => {
  const entry = wildJson(
    ["messages", "data", "list", "from", "to", "text", "message", "date", "time", "id", "result"],
    ["09121234567", "50004321", "سلام", 1, "1", "401", "2026-11-22 14:05:09", 0, null, "", []],
  );
  const listings = fc.oneof(
    entry.map((value) => JSON.stringify({ result: 1, data: value })),
    entry.map((value) => JSON.stringify(value)),
    longRun(100_000),
    wildText(),
  );
  const soap = fc.oneof(
    fc
      .array(fc.tuple(values, values, wildText(6)), { maxLength: 3 })
      .map((sms) =>
        envelope(
          `<GetNewMessagesListResponse><GetNewMessagesListResult>${sms
            .map(
              ([from, id, text]) =>
                `<Message><MsgID>${id}</MsgID><Sender>${from}</Sender><Body>${text}</Body></Message>`,
            )
            .join("")}</GetNewMessagesListResult></GetNewMessagesListResponse>`,
        ),
      ),
    damaged([
      envelope(
        "<GetNewMessagesListResponse><GetNewMessagesListResult><Message><MsgID>1</MsgID><Sender>09121234567</Sender><Body>&amp;<![CDATA[<b>]]></Body></Message></GetNewMessagesListResult></GetNewMessagesListResponse>",
      ),
    ]),
    longRun(100_000),
  );
  const lines = ["50004321"];
  const read = (list: () => { sms: readonly { line: string; peer: string }[] }) => {
    try {
      for (const { line, peer } of list().sms) expect(line === "" || peer === "").toBe(false);
    } catch (error) {
      expect(error).toBeInstanceOf(ProviderError);
    }
  };
  fc.assert(
    fc.property(listings, soap, (listed, answered) => {
      read(() => readReceived(listed, lines));
      read(() => parseMessages(answered, lines));
    }),
    { numRuns: 300 },
  );
});

it("over HTTP, in every packing, a call is answered 200, 400, 413 or 415 and nothing else", async () => {
  const token = "4f1c0d5a9b2e4f1c0d5a9b2e";
  const inbox = createAsanakInbox({ doubleDecode: "auto" });
  const { url, logged } = await startWeb({
    hooks: [
      {
        providerId: "asanak",
        token,
        async handle(call) {
          try {
            inbox.parse(call);
            return "stored";
          } catch (error) {
            if (error instanceof ProviderError) return "unreadable";
            throw error;
          }
        },
      },
    ],
  });
  const packers = {
    identity: (bytes: Uint8Array) => bytes,
    gzip: gzipSync,
    deflate: deflateSync,
    "x-raw": deflateRawSync,
    "gzip, gzip": gzipSync,
  };
  const packing = fc.constantFrom(...Object.entries(packers));
  await fc.assert(
    fc.asyncProperty(body, types, packing, fc.boolean(), async (bytes, type, [name, pack], isHonest) => {
      const headers = { "content-type": type || "text/plain", "content-encoding": name };
      const answer = await rawRequest(url, {
        method: "POST",
        path: `/hooks/asanak/${token}`,
        headers,
        body: isHonest ? pack(bytes) : bytes,
      });
      expect([200, 400, 413, 415]).toContain(answer.status);
      expect(answer.body).not.toMatch(/node_modules|Error:|\.[jt]s:\d/);
    }),
    { numRuns: 200 },
  );
  expect(logged).toEqual([]);
});

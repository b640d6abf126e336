import { describe, expect, it } from "vitest";
import type { PollInbox } from "../../src/core/ports/inbox.ts";
import type { SmsProvider } from "../../src/core/ports/sms-provider.ts";
import { parseMessages } from "../../src/providers/soap-panel/inbox.ts";
import { everythingIn, failureOf, never } from "./deps.ts";
import { answer, bodyOf, envelope, fixture, html, line, login, startBare, wsdl, xml } from "./soap-panel.bare.ts";

const incomingWsdl = wsdl("incoming-messages");

function pollOf({ inbox }: SmsProvider): PollInbox {
  if (inbox?.mode === "poll") return inbox;
  throw new Error("no inbox that is asked");
}

function list(operation: string, ...messages: string[]): string {
  return answer(operation, messages.map((one) => `<Message>${one}</Message>`).join(""));
}

const unknownEntries = answer("X", "<Sms><Id>5</Id><Mobile>09121234567</Mobile><Text>hello</Text></Sms>");

describe("reading a list", () => {
  it("takes every field as it is, folds the numbers and knows Tehran's time", () => {
    expect(parseMessages(fixture("new-messages"), [line])).toEqual({
      sms: [
        {
          line,
          peer: "+989121234567",
          text: " سلام\nنیم\u200cفاصله & <b> 😀 ",
          panelId: "9007199254740993",
          time: { written: "2026-11-22T14:05:09.37", at: Date.UTC(2026, 10, 22, 10, 35, 9, 370) },
        },
        {
          line,
          peer: "+989351234567",
          text: "",
          panelId: "9007199254740994",
          time: { written: "2026-11-22T14:06:00", at: Date.UTC(2026, 10, 22, 10, 36) },
        },
      ],
      unreadable: [],
    });
  });

  it("finds entries of another name, deeper, under another result, and keeps a line that is not ours", () => {
    expect(parseMessages(fixture("sister-diffgram"), [line])).toEqual({
      sms: [
        {
          line: "50009999",
          peer: "+989121234567",
          text: "a < b",
          panelId: "71",
          time: { written: "2026-11-22T14:05:09+03:30", at: Date.UTC(2026, 10, 22, 10, 35, 9) },
        },
        { line, peer: "110", text: "x", panelId: "72" },
      ],
      unreadable: [],
    });
  });

  it.each([
    ["an empty result", list("GetNewMessagesList")],
    [
      "a nil result",
      envelope('<GetNewMessagesListResponse><GetNewMessagesListResult xsi:nil="true" /></GetNewMessagesListResponse>'),
    ],
    ["no result", envelope("<GetNewMessagesListResponse />")],
    ["an empty body", envelope("")],
    ["an empty table", answer("X", '<NewDataSet>\n <schema id="x" />\n</NewDataSet>')],
    ["a nil result with spaces", envelope('<XResponse> <XResult xsi:nil="true"> </XResult> </XResponse>')],
    ["a nil entry", answer("GetNewMessagesList", '<Message xsi:nil="true" /><Message />')],
  ])("finds nothing in %s", (_, text) => {
    expect(parseMessages(text, [line])).toEqual({ sms: [], unreadable: [] });
  });

  it("knows a line from the question, and a time that nobody can read", () => {
    const text = list("X", "<MsgID>1</MsgID><Sender>Bank</Sender><SendDate>0001-01-01T00:00:00</SendDate>");
    expect(parseMessages(text, [line]).sms).toEqual([
      { line, peer: "Bank", text: "", panelId: "1", time: { written: "0001-01-01T00:00:00" } },
    ]);
  });

  it("has no id and no time where there are none", () => {
    expect(parseMessages(list("X", "<Sender>110</Sender><Body>hi</Body>"), [line]).sms).toEqual([
      { line, peer: "110", text: "hi" },
    ]);
  });

  it("takes a text that was left out for an empty one beside the known names alone", () => {
    const known =
      "<MsgID>1</MsgID><MsgType>1</MsgType><SendDate>2026-11-22T14:05:09</SendDate><Sender>110</Sender><Receiver>30001234</Receiver>" +
      "<Parts>1</Parts><IsRead>false</IsRead><UserID>7</UserID><Tariff>1</Tariff><IsMoneyBack>false</IsMoneyBack>";
    expect(parseMessages(list("X", `${known}<Other /><None xsi:nil="true"> </None>`), [line]).sms).toMatchObject([
      { peer: "110", text: "" },
    ]);
    for (const more of ["<MsgBody>hello</MsgBody>", "<More><Text>hello</Text></More>", "hello"]) {
      const reading = parseMessages(list("X", known + more), [line]);
      expect(reading.sms).toEqual([]);
      expect(reading.unreadable).toEqual([`<Message>${known}${more}</Message>`]);
    }
    expect(parseMessages(list("X", `${known}<Body /><MsgBody>x</MsgBody>`), [line]).sms).toMatchObject([{ text: "" }]);
  });

  it("joins a text of parts", () => {
    const text = list("X", "<MsgID>1</MsgID><Sender>110</Sender><Body><p>he</p><p> llo<i/></p><q>!</q></Body>");
    expect(parseMessages(text, [line]).sms).toMatchObject([{ text: "he llo!" }]);
    const broken = list("X", "<MsgID>1</MsgID><Sender>110</Sender><Body>he<br />llo</Body>");
    expect(parseMessages(broken, [line]).sms).toMatchObject([{ text: "hello" }]);
    const parts = list(
      "X",
      "<MsgID>1</MsgID><Sender>110</Sender><Body>\n <string>he</string>\n <string>llo</string>\n</Body>",
    );
    expect(parseMessages(parts, [line]).sms).toMatchObject([{ text: "hello" }]);
  });

  it("hands back what nobody can read as it came, and reads the rest", () => {
    const text = list(
      "X",
      "<MsgID>1</MsgID><Parts>1</Parts>",
      "<MsgID>2</MsgID><Body>x</Body>",
      "<Sender>110</Sender>",
    );
    const read = parseMessages(text, [line]);
    expect(read.unreadable).toEqual([
      "<Message><MsgID>1</MsgID><Parts>1</Parts></Message>",
      "<Message><MsgID>2</MsgID><Body>x</Body></Message>",
    ]);
    expect(read.sms).toHaveLength(1);
  });

  it.each([
    ["a fault", fixture("fault-11")],
    ["a word in the list's place", answer("GetNewMessagesList", "-1")],
    ["entries under names that nobody knows", unknownEntries],
    [
      "a table without ids",
      answer("X", "<NewDataSet><Table><Sender>110</Sender><Body>hello</Body></Table></NewDataSet>"),
    ],
    ["a word among the entries", answer("X", "<string>error</string>")],
    ["a word in the response itself", envelope("<XResponse>error</XResponse>")],
    ["a list without a result", envelope("<XResponse><Sms><Text>hello</Text></Sms></XResponse>")],
    ["a word beside an empty result", envelope("<XResponse><XResult /><error>no</error></XResponse>")],
    ["HTML", "<html></html>"],
    ["half an answer", fixture("new-messages").slice(0, 900)],
    ["nothing", ""],
  ])("is a bad reply with %s", (_, text) => {
    expect(() => parseMessages(text, [line])).toThrow(expect.objectContaining({ code: "bad-reply" }));
  });
});

describe("asking for what came in", () => {
  it("asks for one line by its digits, and gives the answer as it came", async () => {
    const { provider, callsOf } = await startBare(
      { GetNewMessagesList: fixture("new-messages"), GetReceiveSMSIsNotReadList: fixture("sister-diffgram") },
      { pollSeconds: 7.5, backlogHours: 2 },
    );
    const inbox = pollOf(provider);
    expect(inbox).toMatchObject({ scope: "line", everySeconds: 7.5, backlogHours: 2 });
    const text = await inbox.fetch(["+982164063188"], never);
    expect(text).toBe(fixture("new-messages"));
    expect((await inbox.parse(text, ["+982164063188"])).sms).toHaveLength(2);
    expect(await inbox.catchUp?.([line], never)).toBe(fixture("sister-diffgram"));
    expect(callsOf("GetNewMessagesList").map(({ path }) => path)).toEqual(["/post/IncomingMessages.asmx"]);
    expect(bodyOf(callsOf("GetNewMessagesList")[0])).toMatch(
      /^<GetNewMessagesList xmlns="http:\/\/tempuri.org\/"><username>the-user-name<\/username>.*<from>982164063188<\/from>/,
    );
    expect(bodyOf(callsOf("GetReceiveSMSIsNotReadList")[0])).toContain("<from>30001234</from>");
  });

  it.each([
    ["entries under names that nobody knows", unknownEntries],
    ["words in the place of entries", answer("GetNewMessagesList", "<string>error</string>")],
    ["something beside an empty list", envelope("<XResponse><XResult /><Count>0</Count></XResponse>")],
  ])("hands over %s as they came, to be kept, for the panel may not list them again", async (_, told) => {
    const { provider } = await startBare({ GetNewMessagesList: told });
    const text = await pollOf(provider).fetch([line], never);
    expect(text).toBe(told);
    await expect(pollOf(provider).parse(text, [line])).rejects.toMatchObject({ code: "bad-reply" });
  });

  it("takes a list of more than one megabyte", async () => {
    const body = "پیام ".repeat(200);
    const many = Array.from(
      { length: 2000 },
      (_, at) => `<MsgID>${at + 1}</MsgID><Sender>110</Sender><Body>${body}</Body>`,
    );
    const { provider } = await startBare({ GetNewMessagesList: list("GetNewMessagesList", ...many) });
    const text = await pollOf(provider).fetch([line], never);
    expect(text.length).toBeGreaterThan(2_000_000);
    expect((await pollOf(provider).parse(text, [line])).sms).toHaveLength(2000);
  });

  it.each([
    ["a fault", xml(500, fixture("fault-11")), "bad-reply"],
    ["an HTML page", html(200), "bad-reply"],
    ["an HTML 403", html(403), "address-refused"],
    ["a list under HTTP 500", xml(500, fixture("new-messages")), "bad-reply"],
    ["half a list", fixture("new-messages").slice(0, 900), "bad-reply"],
    ["a word in its place", answer("GetNewMessagesList", "-1"), "bad-reply"],
    [
      "a word in the response itself",
      envelope("<GetNewMessagesListResponse>error</GetNewMessagesListResponse>"),
      "bad-reply",
    ],
    ["a cut", ({ socket }: { socket: { destroy(): unknown } }) => void socket.destroy(), "no-answer"],
  ])("fails with %s, certainly and without the login", async (_, told, code) => {
    const { provider } = await startBare({ GetNewMessagesList: told });
    const failure = await failureOf(pollOf(provider).fetch([line], never));
    expect(failure).toMatchObject({ code, certain: true });
    expect(everythingIn(failure)).not.toContain(login.username);
  });

  it("refuses more lines than one, and none", async () => {
    const { provider } = await startBare({});
    for (const lines of [[], [line, "50004321"]]) {
      expect(await failureOf(pollOf(provider).fetch(lines, never))).toMatchObject({ code: "bad-request" });
    }
  });
});

describe("what is past", () => {
  it("is read from the list of read SMS, with the panel's own contract only", async () => {
    const GetReceiveSMSIsReadList = list(
      "GetReceiveSMSIsReadList",
      "<MsgID>5</MsgID><Sender>110</Sender><Body>old</Body>",
    );
    const live = await startBare({ GetReceiveSMSIsReadList, incomingWsdl });
    expect(await live.provider.history?.read(line, never)).toEqual({
      sms: [{ line, peer: "110", text: "old", panelId: "5" }],
      unreadable: [],
    });
    const without = await startBare({ GetReceiveSMSIsReadList });
    expect(await failureOf(Promise.resolve(without.provider.history?.read(line, never)))).toMatchObject({
      code: "unsupported",
      certain: true,
    });
  });
});

describe("marking as unread", () => {
  it("fails with a fault as a failure of the panel, without the login, and asks nothing where there is nothing to mark", async () => {
    const { provider, callsOf } = await startBare({
      UpdateMessagesIsNotRead: xml(500, fixture("fault-11")),
      incomingWsdl,
    });
    const mark = (...ids: string[]) => Promise.resolve(provider.history?.markUnread?.(ids, line, never));
    await mark();
    expect(callsOf("UpdateMessagesIsNotRead")).toEqual([]);
    const failure = await failureOf(mark("7"));
    expect(failure).toMatchObject({ code: "bad-reply", certain: true });
    expect(everythingIn(failure)).not.toContain(login.username);
  });
});

describe("what the panel says that it has sent", () => {
  const entry = (id: number, receiver: string, body: string) =>
    `<MsgID>${id}</MsgID><Sender>30001234</Sender><Receiver>${receiver}</Receiver><Body>${body}</Body><SendDate>2026-11-22T14:05:09</SendDate>`;
  const at = Date.UTC(2026, 10, 22, 10, 35, 9);

  it("is both lists together, each SMS once", async () => {
    const { provider } = await startBare({
      GetSentSMSIsNotReadList: list(
        "X",
        entry(1, "9121234567", "a"),
        entry(2, "9351234567", "b"),
        entry(0, "9121234567", "c"),
      ),
      GetSentSMSIsReadList: list("X", entry(2, "9351234567", "b"), entry(3, "9121234567", "d"), entry(4, "", "e")),
      incomingWsdl,
    });
    expect(await provider.sentList?.read(line, never)).toEqual([
      { id: "1", peer: "+989121234567", text: "a", at },
      { id: "2", peer: "+989351234567", text: "b", at },
      { id: "3", peer: "+989121234567", text: "d", at },
    ]);
  });

  it.each([
    [
      "a text stands under a name that nobody knows",
      list("X", `${entry(2, "9351234567", "b").replace(/Body/g, "Txt")}`),
    ],
    ["nobody knows its entries", unknownEntries],
  ])("is nothing where %s, for it may be the text that is looked for", async (_, GetSentSMSIsReadList) => {
    const { provider } = await startBare({
      GetSentSMSIsNotReadList: list("X", entry(1, "9121234567", "a")),
      GetSentSMSIsReadList,
      incomingWsdl,
    });
    expect(await failureOf(Promise.resolve(provider.sentList?.read(line, never)))).toMatchObject({ code: "bad-reply" });
  });

  it("is nothing where one of the lists cannot be read", async () => {
    const { provider } = await startBare({
      GetSentSMSIsNotReadList: list("X", entry(1, "9121234567", "a")),
      GetSentSMSIsReadList: xml(500, fixture("fault-11")),
      incomingWsdl,
    });
    expect(await failureOf(Promise.resolve(provider.sentList?.read(line, never)))).toMatchObject({
      code: "bad-reply",
      certain: true,
    });
  });
});

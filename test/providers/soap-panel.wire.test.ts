import { describe, expect, it } from "vitest";
import { readReply } from "../../src/providers/soap-panel/envelope.ts";
import { readDouble, readInteger, readNumbers, readSendAnswer } from "../../src/providers/soap-panel/wire.ts";
import { escapeXml, parseXml, type XmlElement } from "../../src/providers/soap-panel/xml.ts";
import { answer, envelope, fixture, sent } from "./soap-panel.bare.ts";

function responseOf(text: string): XmlElement {
  const reply = readReply(text);
  if (reply?.kind === "response" && reply.response) return reply.response;
  throw new Error("no response");
}

describe("XML", () => {
  it("keeps text as it is: spaces, line ends, CDATA, references and what only looks like a number", () => {
    const root = parseXml("<a>\r\n x &amp; &lt;y&gt; &#1570;&#x1F600; <![CDATA[<z> & ]]> \r<b>007</b></a>");
    expect(root?.text).toBe("\n x & <y> آ😀 <z> &  \n");
    expect(root?.children[0]).toMatchObject({ name: "b", text: "007", markup: "<b>007</b>" });
  });

  it("knows an element's own markup, in any script", () => {
    const root = parseXml('<a>سلام 😀<n:Message x="1">پیام <i/></n:Message></a>');
    expect(root?.children[0]).toMatchObject({ name: "Message", markup: '<n:Message x="1">پیام <i/></n:Message>' });
  });

  it("takes a stray & or an unknown entity of one text for text", () => {
    for (const text of ["R&D &nope; &#x1; x", "R&D", "&", "R&سلام; &#xzz; &#1114112;", "a && b&"]) {
      const read = parseXml(`<a><b>${text}</b><c>1</c></a>`)?.children;
      expect(read?.map((one) => one.text)).toEqual([text, "1"]);
    }
    expect(parseXml("<a>R&D&amp;E <![CDATA[R&D &amp;]]> &lt;</a>")?.text).toBe("R&D&E R&D &amp; <");
  });

  it("takes many stray ampersands in many texts, and many attributes of many elements", () => {
    expect(parseXml(`<a>${"<b>R&D</b>".repeat(9000)}</a>`)?.children).toHaveLength(9000);
    expect(parseXml(`<a>${'<b c="1" d="2"/>'.repeat(2000)}</a>`)?.children).toHaveLength(2000);
  });

  it("keeps a long text whole", () => {
    const long = "پ".repeat(200_000);
    expect(parseXml(`<a>${long}</a>`)?.text).toBe(long);
  });

  it.each([
    ["nothing", ""],
    ["a word", "OK"],
    ["JSON", '{"meta":1}'],
    ["half a document", "<a><b>1</b>"],
    ["half a tag", "<a><b>1</b></a"],
    ["two roots", "<a/><a/>"],
    ["crossed tags", "<a><b></a></b>"],
    ["an HTML page", "<!DOCTYPE html><html><br></html>"],
    ["a DTD", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["stray ampersands without end", `<a>${"& ".repeat(10_001)}</a>`],
    ["unknown entities without end", `<a>${"&nope;".repeat(10_001)}</a>`],
    ["CDATA without end", "<a><![CDATA[".repeat(10_000)],
    ["attributes without end", `<a ${Array.from({ length: 1001 }, (_, at) => `a${at}="1"`).join(" ")}/>`],
    ["elements without end", `${"<a>".repeat(5000)}${"</a>".repeat(5000)}`],
  ])("is not read from %s", (_, text) => expect(parseXml(text)).toBeUndefined());

  it("expands no entities of a document's own", () => {
    expect(parseXml(fixture("billion-laughs"))).toBeUndefined();
  });

  it("is escaped so that it reads back", () => {
    const text = "a & b < c > d \" ' &amp; ]]> <![CDATA[x]]>\n😀 نیم\u200cفاصله";
    expect(parseXml(`<a>${escapeXml(text)}</a>`)?.text).toBe(text);
  });
});

describe("an envelope", () => {
  it.each([
    ["SOAP 1.1", "fault-11", "Server", false, "Server was unable to process request. ---> Object reference"],
    ["SOAP 1.2", "fault-12", "Sender", true, "Server was unable to read request."],
  ])("of %s tells a fault", (_, name, code, blamesCaller, words) => {
    expect(readReply(fixture(name))).toMatchObject({
      kind: "fault",
      code,
      blamesCaller,
      words: expect.stringContaining(words),
    });
  });

  it.each(["soap:Client", "Client.Authentication", "soap:VersionMismatch", "MustUnderstand", "env:Sender"])(
    "blames the caller with %s",
    (code) => {
      const fault = envelope(`<soap:Fault><faultcode>${code}</faultcode><faultstring>x</faultstring></soap:Fault>`);
      expect(readReply(fault)).toMatchObject({ blamesCaller: true });
    },
  );

  it.each(["soap:Server", "Receiver", "Clients", "soap:Server.Client", ""])("blames nobody with %j", (code) => {
    const fault = envelope(`<soap:Fault><faultcode>${code}</faultcode></soap:Fault>`);
    expect(readReply(fault)).toMatchObject({ blamesCaller: false });
  });

  it("may be empty", () => expect(readReply(envelope(""))).toEqual({ kind: "response" }));

  it.each([
    ["HTML", "<html><body>no</body></html>"],
    ["other XML", "<a/>"],
    ["no body", '<e:Envelope xmlns:e="x"><e:Header/></e:Envelope>'],
    ["half an answer", sent(1, [7]).slice(0, -20)],
  ])("is none in %s", (_, text) => expect(readReply(text)).toBeUndefined());
});

describe("an answer to SendSms", () => {
  it("keeps every digit of an id", () => {
    expect(readSendAnswer(responseOf(fixture("sendsms-taken")))).toEqual({
      code: 1,
      ids: ["9007199254740993", "9007199254740994"],
      statuses: [0, 0],
    });
    expect(readSendAnswer(responseOf(fixture("sendsms-refused")))).toEqual({ code: 2, ids: [], statuses: [] });
  });

  it.each([
    ["strings", "<recId><string>7</string><string> 8 </string></recId>", ["7", "8"]],
    ["one number", "<recId>7</recId>", ["7"]],
    ["repeated", "<recId>7</recId><recId>8</recId>", ["7", "8"]],
    ["nil", '<recId xsi:nil="true" />', []],
    ["empty", "<recId></recId>", []],
    ["absent", "", []],
    ["in another case", "<RecID><long>7</long></RecID>", ["7"]],
  ])("reads ids that are %s", (_, more, ids) => {
    expect(readSendAnswer(responseOf(answer("SendSms", 1, more))).ids).toEqual(ids);
  });

  it.each([
    ["base64", "<status>AAE=</status>", [0, 1]],
    ["bytes", "<status><unsignedByte>0</unsignedByte><unsignedByte>1</unsignedByte></status>", [0, 1]],
    ["signed bytes", "<status><byte>1</byte></status>", [1]],
    ["integers", "<status><int>0</int></status>", [0]],
    ["one number", "<status>1</status>", [1]],
    ["nil", '<status xsi:nil="true" />', []],
    ["absent", "", []],
    ["something else", "<status>not sent!</status>", []],
  ])("reads statuses that are %s", (_, more, statuses) => {
    expect(readSendAnswer(responseOf(answer("SendSms", 1, more))).statuses).toEqual(statuses);
  });

  it("takes a result under another method's name", () => {
    const text = envelope("<SendSmsResponse><SendSimpleSMS2Result>5</SendSimpleSMS2Result></SendSmsResponse>");
    expect(readSendAnswer(responseOf(text)).code).toBe(5);
  });

  it.each(["", "yes", "1.5", "99999999999"])("has no code in %j", (result) => {
    expect(readSendAnswer(responseOf(answer("SendSms", result))).code).toBeUndefined();
  });
});

describe("a number", () => {
  it.each([
    ["1250", 1250],
    ["12.5", 12.5],
    ["1.25E+05", 125_000],
    ["1,250.5", 1250.5],
    ["-3", -3],
    ["", undefined],
    ["INF", undefined],
    ["NaN", undefined],
  ])("is read from %j as .NET writes it", (written, number) => {
    expect(readDouble(responseOf(answer("GetCredit", written)))).toBe(number);
  });

  it("that is whole has no fraction", () => {
    expect(readInteger(responseOf(answer("GetDelivery", " 16 ")))).toBe(16);
    expect(readInteger(responseOf(answer("GetDelivery", "1.5")))).toBeUndefined();
  });
});

describe("the account's numbers", () => {
  it.each([
    ["strings", "<string>30001234</string><string>+982164063188</string><string />", ["30001234", "+982164063188"]],
    ["records", "<UserNumber><ID>123456</ID><Number>30001234</Number></UserNumber>", ["30001234"]],
    ["records without such a name", "<Row><a>x</a><b>30001234</b></Row>", ["30001234"]],
    ["nothing", "", []],
  ])("are read from %s", (_, result, numbers) => {
    expect(readNumbers(responseOf(answer("GetUserNumbersList", result)))).toEqual(numbers);
  });
});

import { describe, expect, test } from "vitest";
import {
  all,
  envelope,
  firstId,
  login,
  one,
  panel,
  post,
  send,
  smsFields,
  start,
  startForEach,
  toSend,
  verdict,
} from "./soap-panel.start.ts";

startForEach();

describe("what cannot be read", () => {
  const headers = { "content-type": "text/xml", soapaction: '"http://tempuri.org/GetCredit"' };
  const inGetCredit = (fields: string) => envelope(`<GetCredit xmlns="http://tempuri.org/">${fields}</GetCredit>`);

  test.each([
    ["no XML", "hello"],
    ["nothing", ""],
    ["half an envelope", inGetCredit(login).slice(0, -20)],
    ["a DTD", `<!DOCTYPE x [<!ENTITY e "y">]>${inGetCredit("").slice(21)}`],
    ["a control character", inGetCredit("<username>\u0001</username>")],
    ["a reference to one", inGetCredit("<username>&#x1;</username>")],
    ["an unknown entity", inGetCredit("<username>&nbsp;</username>")],
  ])("%s is a fault with 400", async (_what, body) => {
    const answer = await post("send.asmx", body, headers);
    expect([answer.http, one(answer, "faultcode")]).toEqual([400, "soap:Client"]);
  });

  test("unknown operations, those of the other service, values of no such type, and calls without action are 500", async () => {
    for (const answer of [
      await toSend("SendSms2"),
      await toSend("constructor"),
      await toSend("GetNewMessagesList"),
      await toSend("GetDelivery", "<recId>9223372036854775808</recId>"),
      await send({ more: "<isflash>yes</isflash>" }),
      await post("send.asmx", inGetCredit(login), { "content-type": "text/xml" }),
    ]) {
      expect([answer.http, one(answer, "faultcode")]).toEqual([500, "soap:Client"]);
    }
  });

  test("other paths, verbs and content types are none of SOAP's", async () => {
    const status = async (path: string, init?: RequestInit) => (await fetch(panel.network.url + path, init)).status;
    expect(await status("/post/other.asmx")).toBe(404);
    expect(await status("/send.asmx")).toBe(404);
    expect(await status("/post/send.asmx")).toBe(200);
    expect(await status("/post/send.asmx", { method: "PUT" })).toBe(405);
    expect(await status("/post/send.asmx", { method: "POST", body: "{}" })).toBe(415);
  });
});

describe("the contract", () => {
  const read = async (path: string) => {
    const response = await fetch(`${panel.url}/${path}`);
    return { http: response.status, type: response.headers.get("content-type"), body: await response.text() };
  };

  test.each(["send.asmx?WSDL", "Send.asmx?wsdl", "IncomingMessages.asmx?WSDL", "incomingmessages.asmx?Wsdl"])(
    "%s names this server and none of our doubts",
    async (path) => {
      const { http, type, body } = await read(path);
      expect([http, type]).toEqual([200, "text/xml; charset=utf-8"]);
      expect(body).toContain(`address location="${panel.url}/`);
      expect(body).not.toMatch(/PANEL-DOMAIN|GUESS|RECONSTRUCTED/);
    },
  );

  test("can be missing, a web page, changed, or without the operations that are only guessed", async () => {
    panel.wsdl("none");
    expect((await read("send.asmx?WSDL")).http).toBe(404);
    panel.wsdl("html");
    expect(await read("send.asmx?WSDL")).toMatchObject({ http: 200, type: "text/html; charset=utf-8" });
    panel.wsdl((original) => original.replaceAll("GetCredit", "GetMoney"));
    expect((await read("send.asmx?WSDL")).body).toContain("GetMoneyResult");
    panel.wsdl("without-guesses");
    const contracts = (await read("send.asmx?WSDL")).body + (await read("IncomingMessages.asmx?WSDL")).body;
    expect(contracts).not.toMatch(/UpdateDelivery|ScheduleSms|GetSentSMS|UpdateMessages|GetUserNumbersList/);
    expect(contracts).toMatch(/GetDeliveryResponse[\s\S]*GetReceiveSMSIsNotReadListResponse/);
    expect((await toSend("UpdateDelivery", "<recId>1</recId>")).http).toBe(500);
    expect(await verdict(send())).toBe("1");
  });

  test("may name its parameters otherwise, and then those names alone are understood", async () => {
    await start({ rename: { username: "userName", password: "passWord", from: "fromNumber", recId: "recID" } });
    const { body } = await read("send.asmx?WSDL");
    expect(body).toContain('name="userName" type="s:string"');
    expect(body).toContain('name="fromNumber" type="s:string"');
    expect(body).not.toContain('name="username"');
    const credentials = "<userName>sandbox</userName><passWord>sandbox-password</passWord>";
    expect(await verdict(send())).toBe("0");
    expect(await verdict(send({ credentials }))).toBe("5");
    const renamed = smsFields({ credentials }).replaceAll(/(<\/?)from>/g, "$1fromNumber>");
    expect(all(await toSend("SendSms", renamed), "long")).toEqual([firstId]);
  });
});

import { describe, expect, it } from "vitest";
import { mydnspanelConfig } from "../../src/providers/mydnspanel/config.ts";
import { mydnspanelTemplate, requireTemplate, valuesOf } from "../../src/providers/mydnspanel/template.ts";

const least = { kind: "mydnspanel", apiKey: "a-key" };

function problemsOf(settings: object): string {
  const issues = mydnspanelConfig.safeParse({ ...least, ...settings }).error?.issues ?? [];
  return issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n");
}

describe("the settings of mydnspanel", () => {
  it("have defaults for everything but the key, the panel's own retry off", () => {
    expect(mydnspanelConfig.parse(least)).toMatchObject({
      baseUrl: "https://mydnspanel.com/webservice/server",
      encoding: "form",
      from: "line",
      patternFrom: "auto",
      receiverForm: "national10",
      textDataForm: "object",
      trySend: 0,
      pollSeconds: 30,
    });
    expect(mydnspanelConfig.parse(least)).not.toHaveProperty("sendType");
  });

  it("stay as they are when they are checked again", () => {
    const otp = { action: "otp", codeField: "code", receiverField: "to", appField: "app", appToken: "key" };
    const contacts = { phoneBook: 5, fields: { birthday: "FYa12346" } };
    const once = mydnspanelConfig.parse({ ...least, pollSeconds: 0.5, sendType: 1, phoneBook: 9, otp, contacts });
    expect(mydnspanelConfig.parse(once)).toEqual(once);
  });

  it.each([
    [{ apiKey: "with space" }, "apiKey: must be made of printable ASCII"],
    [{ apiKey: "line\r\nbreak" }, "apiKey: must be made of printable ASCII"],
    [{ username: "u" }, 'a provider of kind "mydnspanel" has no setting "username"'],
    [{ trySend: 11 }, "trySend: "],
    [{ pollSeconds: 0 }, "pollSeconds: "],
    [{ contacts: { phoneBook: 1, fields: { a: "b c" } } }, "contacts.fields.a: must be the id of a field"],
    [{ otp: { action: "x", codeField: "action", receiverField: "r" } }, "otp.codeField: must be another name"],
    [{ otp: { action: "x", codeField: "c", receiverField: "c" } }, "otp: codeField, receiverField and appField"],
    [{ otp: { action: "x", codeField: "c", receiverField: "r", appField: "a" } }, "otp: appField and appToken"],
  ])("of %j are refused in clear words", (change, problem) => {
    expect(problemsOf(change)).toContain(problem);
  });
});

describe("a template of mydnspanel", () => {
  it.each([[["code", "name"]], [["{code}", "{name}"]]])("names its values without braces: %j", (variables) => {
    expect(valuesOf(requireTemplate({ textCode: 12, variables }))).toEqual(["code", "name"]);
  });

  it("that is a one-time code takes the code", () => {
    expect(valuesOf(requireTemplate({ otp: true }))).toEqual(["code"]);
  });

  it.each([
    {},
    { textCode: 12 },
    { variables: ["a"] },
    { textCode: 12, variables: ["a", "{a}"] },
    { textCode: 12, variables: ["a"], otp: true },
    { otp: false },
    { templateId: 1, parameters: ["a"] },
    "text",
    undefined,
  ])("is refused as %j", (written) => {
    expect(mydnspanelTemplate.safeParse(written).success).toBe(false);
    expect(() => requireTemplate(written)).toThrow(expect.objectContaining({ code: "bad-template", certain: true }));
  });
});

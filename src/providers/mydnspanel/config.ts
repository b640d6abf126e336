import { z } from "zod";
import { panelUrl, providerShape, strictSettings } from "../config.ts";

const ownNames = ["action"];
const wireName = z
  .string()
  .regex(/^[A-Za-z][\w.-]{0,63}$/, "must be the name of a field: letters, digits, _, - and . only")
  .refine((name) => !ownNames.includes(name), "must be another name than action");

const oneTimeCode = z
  .strictObject({
    action: wireName.describe("The name of the action, as the panel's support tells it: the manual leaves it out."),
    codeField: wireName.describe("The field that carries the code."),
    receiverField: wireName.describe("The field that carries the receiver."),
    appField: wireName.optional().describe("The field that carries the application's access key."),
    appToken: z.string().min(1).optional().describe("The application's access key itself."),
  })
  .refine(({ appField, appToken }) => (appField === undefined) === (appToken === undefined), {
    error: "appField and appToken belong together",
  })
  .refine(
    ({ codeField, receiverField, appField }) => {
      const used = [codeField, receiverField, ...(appField === undefined ? [] : [appField])];
      return new Set(used).size === used.length;
    },
    { error: "codeField, receiverField and appField must be different fields" },
  );

/** `providers.<id>` of kind `mydnspanel`. */
export const mydnspanelConfig = strictSettings("mydnspanel", {
  kind: z.literal("mydnspanel").describe("The JSON service of mydnspanel and of the panels that are sold on it."),
  apiKey: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "must be made of printable ASCII without spaces, for it is an HTTP header")
    .describe("The connection key: in the panel, حساب کاربری → وب سرویس → کلیدهای اتصال."),
  baseUrl: panelUrl
    .default("https://mydnspanel.com/webservice/server")
    .describe("The address of the web service. Panels under another name have their own host."),
  encoding: z
    .enum(["form", "json", "multipart"])
    .default("form")
    .describe("How calls are written. The manual does not say; clients use all three."),
  from: z
    .enum(["line", "auto"])
    .default("line")
    .describe("Whether an SMS leaves from its line, or the panel chooses one (`auto`)."),
  patternFrom: z
    .enum(["auto", "line"])
    .default("auto")
    .describe("The same for templates. `line` only where you own a service line; support asks for `auto` otherwise."),
  sendType: z
    .int()
    .optional()
    .describe("The undocumented `type` of a send, where the panel answers 103 without it. Some clients send 1."),
  receiverForm: z
    .enum(["national10", "international"])
    .default("national10")
    .describe("How receivers are written: `9121234567` as in the manual, or `989121234567`."),
  textDataForm: z
    .enum(["object", "positional"])
    .default("object")
    .describe("How the values of a template are written: with their names in braces, or by their places."),
  trySend: z
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      "How often the panel itself tries again what its operator did not take. 0 is off, and is the safe choice.",
    ),
  phoneBook: z.int().positive().optional().describe("A phone book of the panel in which receivers are kept, too."),
  contacts: z
    .strictObject({
      phoneBook: z.int().positive().describe("The phone book into which contacts go."),
      fields: z
        .record(z.string().min(1), z.string().regex(/^\w+$/, "must be the id of a field, such as FYa12346"))
        .default({})
        .describe("What is kept beside the number: our name of it, and the panel's id of the field."),
    })
    .optional()
    .describe("Lets contacts be kept in a phone book of the panel."),
  otp: oneTimeCode
    .optional()
    .describe('The action for one-time codes. Without it templates of the form `{ "otp": true }` are refused.'),
  pollSeconds: z
    .number()
    .positive()
    .max(3600)
    .default(30)
    .describe("How often the panel is asked for SMS that came in."),
  ...providerShape,
});

export type MydnspanelConfig = z.output<typeof mydnspanelConfig>;

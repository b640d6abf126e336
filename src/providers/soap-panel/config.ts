import { z } from "zod";
import { panelUrl, providerShape, strictSettings } from "../config.ts";
import { reportStates, sendOutcomes, updateOutcomes } from "./codes.ts";

function codeTable<const Meanings extends readonly [string, ...string[]]>(meanings: Meanings) {
  return z
    .record(z.string().regex(/^(?:0|-?[1-9]\d{0,8})$/), z.enum(meanings), {
      error: (issue) =>
        issue.code === "invalid_key" ? "must be a code as the panel answers it, a whole number in quotes" : undefined,
    })
    .default({});
}

/** `providers.<id>` of kind `soap-panel`. */
export const soapPanelConfig = strictSettings("soap-panel", {
  kind: z
    .literal("soap-panel")
    .describe("A panel with the SOAP services `send.asmx` and `IncomingMessages.asmx`, sold under many names."),
  username: z.string().min(1).describe("The user name of the panel."),
  password: z.string().min(1).describe("The password of the panel."),
  baseUrl: panelUrl
    .refine((url) => !/\.asmx\/?$/i.test(url), "must end before /send.asmx, as in https://panel.example.ir/post")
    .describe(
      "The address of the two services without their names, as `https://panel.example.ir/post`. With `http://` the password travels in clear.",
    ),
  pollSeconds: z
    .number()
    .positive()
    .max(3600)
    .default(15)
    .describe("How often each line is asked for new SMS, in seconds."),
  flash: z
    .boolean()
    .default(false)
    .describe("Whether SMS are shown at once and not kept by the handset, as a flash SMS is."),
  udh: z.string().default("").describe("The header of every SMS, as the panel takes it. Empty: none."),
  codes: z
    .strictObject({
      send: codeTable(sendOutcomes).describe(
        "What codes of `SendSms` mean, where this panel differs from the manual. Beside a refusal: `sent`; `queued`, taken if an id comes with it; `uncertain`.",
      ),
      delivery: codeTable(reportStates).describe(
        "What codes of `GetDelivery` mean, where this panel differs from the manual.",
      ),
      update: codeTable(updateOutcomes).describe(
        "What codes of `UpdateDelivery` mean, where this panel differs from the manual.",
      ),
    })
    .prefault({})
    .describe('What the panel\'s codes mean where it differs from the manual: `{ "delivery": { "8": "failed" } }`.'),
  ...providerShape,
});

export type SoapPanelConfig = z.output<typeof soapPanelConfig>;

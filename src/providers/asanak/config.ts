import { z } from "zod";
import { panelUrl, providerShape, strictSettings } from "../config.ts";

/** `providers.<id>` of kind `asanak`. */
export const asanakConfig = strictSettings("asanak", {
  kind: z.literal("asanak").describe("Asanak's REST service, version 2."),
  username: z.string().min(1).describe("The user name of the web service: in the panel, سرویس‌ها → وب سرویس."),
  password: z
    .string()
    .min(1)
    .describe(
      "The password of the web service, from the same page. It is another one than the panel's own, and it can expire.",
    ),
  baseUrl: panelUrl
    .default("https://sms.asanak.ir/webservice/v2rest")
    .describe("The address of the web service; `sendsms` and the other methods come after it."),
  inboxToken: z
    .string()
    .min(16, "must have at least 16 characters")
    .regex(/^[\w-]+$/, "must be made of letters, digits, _ and - only, for it is part of a URL")
    .optional()
    .describe(
      "The last part of the URL that the panel calls with each SMS: `/hooks/<provider>/<inboxToken>`. Without it none come in.",
    ),
  encoding: z
    .enum(["json", "form"])
    .default("json")
    .describe("How calls are written: `json`, or `form` as in the manual's samples."),
  sendToBlacklist: z
    .boolean()
    .optional()
    .describe(
      "Whether to send to numbers that have blocked advertising. Left to the panel when absent; it then sends.",
    ),
  doubleDecode: z
    .enum(["auto", "always", "never"])
    .default("auto")
    .describe(
      "Whether the text of a pushed SMS is decoded twice. `auto` does so only where a whole text is still encoded after the first time.",
    ),
  ...providerShape,
});

export type AsanakConfig = z.output<typeof asanakConfig>;

/** `templates.<name>.<id>`: which of the panel's templates it is, and the names of its values in the order in which they are given. */
export const asanakTemplate = z.strictObject({
  templateId: z.int().positive().describe("The number of the template in the panel."),
  parameters: z
    .array(z.string().min(1))
    .min(1)
    .describe("The names between `{{` and `}}` in the template, in the order of the values."),
});

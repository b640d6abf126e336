import { z } from "zod";
import { longestPattern, parseTextPattern } from "../core/model/text-pattern.ts";

const longestTopic = 64;
const weekSeconds = 604_800;
const oneLine = z
  .string()
  .trim()
  .min(1)
  .regex(/^[^\r\n]*$/, "must be one line");
const sender = oneLine.max(64);

/** One of `desks.<id>.rules` of the configuration. */
export const ruleConfig = z
  .strictObject({
    sender: z
      .union([sender, z.array(sender).min(1)])
      .optional()
      .describe(
        'Whose SMS: a number in any spelling, a name, the beginning of either with a `*` behind it (`3000*`), or `"not-mobile"` for every sender that is no mobile number; or a list of these.',
      ),
    pattern: z
      .string()
      .trim()
      .min(1)
      .max(longestPattern)
      .refine(isReadable, "is no regular expression of the RE2 kind, or too wide a one")
      .optional()
      .describe(
        "Which texts: words that stand in it as they are, or between slashes a regular expression (`/حراج|تخفیف/`). Capitals, half-spaces and the kind of digits make no difference.",
      ),
    line: z.string().min(1).optional().describe("Only SMS to this line of the desk."),
    desk: z.string().min(1).optional().describe("The desk that gets it instead."),
    topic: oneLine.max(longestTopic).optional().describe("The name of a topic for all of these SMS together."),
    silent: z.boolean().optional().describe("Whether it is posted without a sound."),
    drop: z
      .boolean()
      .optional()
      .describe("Whether it is kept and never posted. Once a day the desk is told how many those were."),
    maskCodesAfterSeconds: z
      .number()
      .positive()
      .max(weekSeconds)
      .optional()
      .describe("Seconds after the post at which one-time codes in it are hidden, there and in the store."),
  })
  .refine(
    ({ desk, topic, silent, drop, maskCodesAfterSeconds }) =>
      desk !== undefined || topic !== undefined || silent || drop || maskCodesAfterSeconds !== undefined,
    "does nothing: it needs one of desk, topic, silent, drop, maskCodesAfterSeconds",
  )
  .refine(
    ({ desk, topic, silent, drop, maskCodesAfterSeconds }) =>
      !drop || (desk === undefined && topic === undefined && !silent && maskCodesAfterSeconds === undefined),
    "drops the SMS, so that it can do nothing else with it",
  );

function isReadable(pattern: string): boolean {
  try {
    parseTextPattern(pattern);
    return true;
  } catch {
    return false;
  }
}

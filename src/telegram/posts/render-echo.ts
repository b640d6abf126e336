import type { Outbound } from "../../core/model/message.ts";
import type { Words } from "../texts/i18n.ts";
import { below } from "../texts/rich.ts";
import { splitRendered } from "../texts/split.ts";
import type { Rendered } from "../types.ts";

/** Who wrote it, and the text as the customer got it. */
export function renderEcho(words: Words, { by, text }: Outbound): Rendered {
  const head = by === undefined ? words.say("echo") : words.say("echo-by", { name: by.name });
  const whole = below(`${head}\n`, { text });
  // An SMS that fills a message leaves no room for who wrote it; its end stands in the message it was made of.
  return splitRendered(whole)[0] ?? whole;
}

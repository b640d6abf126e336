import type { Message } from "grammy/types";
import type { Bridge, Draft } from "../core/bridge.ts";
import type { TemplateUse } from "../core/model/message.ts";
import { cleanText } from "../core/model/text.ts";
import type { ThreadId } from "../core/model/thread.ts";
import { parseCanned } from "./canned/command.ts";
import { parseSlash } from "./commands.ts";
import { readSend } from "./contacts/send-to-name.ts";
import type { Scene } from "./context.ts";
import { draftId, repliesToBot } from "./message.ts";
import { findCustomer, type Where } from "./targets.ts";
import { parseTemplate, type TemplateCommand } from "./templates/command.ts";
import { type DeskSettings, placeOf } from "./types.ts";

/** Reads what stands after `/template`. */
export async function readTemplate(
  at: Where & { readonly bridge: Pick<Bridge, "templatesOf"> },
  message: Message,
  args: string,
): Promise<TemplateCommand> {
  const customer = await findCustomer(at, message);
  return parseTemplate(args, { templates: at.bridge.templatesOf(at.desk.id), customer });
}

/**
 * The part of a text that is meant for the customer by the desk's rule, clean; `undefined` where it is talk among operators
 * or nothing is left of it.
 */
export function meantText(
  sends: DeskSettings["sends"],
  written: { message: Message; text: string; bot: number },
): string | undefined {
  const { message, text, bot } = written;
  // Keyboards put direction marks before a slash, and nobody sees them.
  if (withoutMarks(text).startsWith("/")) return undefined;
  if (sends === "replies" && !repliesToBot(message, bot)) return undefined;
  if (sends === "prefix" && !text.startsWith(".")) return undefined;
  const clean = cleanText(sends === "prefix" ? text.slice(1) : text).trim();
  return clean === "" || withoutMarks(clean).startsWith("//") ? undefined : clean;
}

function withoutMarks(text: string): string {
  return text.replace(/^[\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/, "");
}

/** How a text asks to be sent: as an answer to a customer, by `/send` to a number, as a template, or not at all. */
export async function sendingForm(
  at: Where & { readonly bridge: Pick<Bridge, "templatesOf" | "directory"> },
  written: { message: Message; text: string; botName: string },
): Promise<"answer" | "send" | "later" | "canned" | "template" | undefined> {
  const { message, text, botName } = written;
  const slash = parseSlash(text, botName);
  if (!slash)
    return meantText(at.desk.settings.sends, { message, text, bot: at.bot }) === undefined ? undefined : "answer";
  if (slash.kind !== "command" || message.forward_origin) return undefined;
  if (slash.name === "send") return (await readSend(at, slash.args)).kind === "send" ? "send" : undefined;
  if (slash.name === "later") return slash.args === "" ? undefined : "later";
  if (slash.name === "canned") return parseCanned(slash.args).kind === "use" ? "canned" : undefined;
  if (slash.name !== "template") return undefined;
  return (await readTemplate(at, message, slash.args)).kind === "template" ? "template" : undefined;
}

/** What a draft is made of: where it stands, from when it is, and whether it is somebody else's. */
export type Written = Pick<Message, "chat" | "message_id" | "date" | "forward_origin">;

/** The draft that a message becomes. `readAt` and `now` are epoch milliseconds; how old it is counts from when it was first read. */
export function draftFrom(
  scene: Pick<Scene, "desk" | "operator">,
  message: Written,
  what: { thread: ThreadId; text: string; template?: TemplateUse; line?: string; readAt: number; now: number },
): Draft {
  const hold = holdFor(scene.desk.settings, message, what);
  return {
    id: draftId(message),
    thread: what.thread,
    text: what.text,
    ...(what.template === undefined ? {} : { template: what.template }),
    ...(what.line === undefined ? {} : { line: what.line }),
    origin: placeOf(message.chat.id, message.message_id),
    by: scene.operator,
    writtenAt: message.date * 1000,
    ...(hold ? { hold } : {}),
  };
}

/**
 * The first who answers a customer has the thread, and a second answer of just now, by somebody else, waits for its writer. What
 * waits for a person anyway decides nothing yet.
 */
export async function claiming(
  bridge: Pick<Bridge, "conversations" | "outbound">,
  draft: Draft,
  now: number,
): Promise<Draft> {
  const { id, thread, by } = draft;
  if (!by || (await bridge.outbound.find(id))) return draft;
  const asked = await asking(bridge, draft);
  if (asked.hold && asked.hold.untilMs === undefined) return asked;
  const collision = await bridge.conversations.answer(thread, { id, by, at: now });
  return collision ? { ...draft, hold: { why: "collision" }, collision } : draft;
}

/**
 * What somebody gets who has opted out, or never wrote, and a long text wait until a person has said that it is meant. Whatever waits
 * for a person anyway is asked about once.
 */
export async function asking(bridge: Pick<Bridge, "outbound">, draft: Draft): Promise<Draft> {
  if (draft.hold && draft.hold.untilMs === undefined) return draft;
  const why = await bridge.outbound.questionOf(draft);
  return why ? { ...draft, hold: { why } } : draft;
}

function holdFor(
  settings: DeskSettings,
  message: Written,
  times: { readAt: number; now: number },
): Draft["hold"] | undefined {
  if (message.forward_origin) return { why: "forward" };
  if (times.readAt - message.date * 1000 > settings.staleSeconds * 1000) return { why: "stale" };
  if (settings.undoSeconds > 0) return { why: "undo", untilMs: times.now + settings.undoSeconds * 1000 };
  return undefined;
}

import { z } from "zod";
import { badRequest, forbidden } from "../errors.ts";
import { type Parameters, wordsForMissing } from "../validate.ts";
import type { Webhook } from "../webhook.ts";
import type { ChatState, World } from "../world.ts";

export interface Context {
  readonly world: World;
  readonly webhook: Webhook;
  /** Fires when the caller hangs up. */
  readonly gone: AbortSignal;
}

export type Method = (parameters: Parameters, context: Context) => unknown;

/** A method with the shape of its parameters; `run` gives its `result` or throws `ApiFailure`. */
export function method<S extends z.ZodType>(
  shape: S,
  run: (parameters: z.output<S>, context: Context) => unknown,
): Method {
  return (parameters, context) => {
    const parsed = shape.safeParse(parameters);
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join(".") ?? "the request";
      throw badRequest(parameters[where] === undefined ? (wordsForMissing[where] ?? where) : `can't parse ${where}`);
    }
    return run(parsed.data, context);
  };
}

export const chatIdShape = z.union([z.number(), z.string()]);
export const inChat = z.object({ chat_id: chatIdShape });
export const onMessage = inChat.extend({ message_id: z.number() });

const buttonShape = z.looseObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  copy_text: z.object({ text: z.string() }).optional(),
});
const inlineShape = z.object({ inline_keyboard: z.array(z.array(buttonShape)) });

/** An inline keyboard, or any other markup, of which the simulator shows nothing. */
export const markupShape = z.union([inlineShape, z.looseObject({})]);

export const entitiesShape = z.array(z.looseObject({ type: z.string(), offset: z.number(), length: z.number() }));

/** The keyboard to keep; `undefined` where there is none. Refuses buttons that Telegram refuses. */
export function keyboardOf(markup: z.output<typeof markupShape> | undefined) {
  const parsed = inlineShape.safeParse(markup);
  if (!parsed.success) return undefined;
  const rows = parsed.data.inline_keyboard.filter((row) => row.length > 0);
  for (const button of rows.flat()) {
    if (button.text === "") throw badRequest("can't parse inline keyboard button: Text buttons must be non-empty");
    const bytes = Buffer.byteLength(button.callback_data ?? "");
    if (bytes > 64) throw badRequest("BUTTON_DATA_INVALID");
    const { length = 1 } = button.copy_text?.text ?? {};
    if (length < 1 || length > 256) throw badRequest("BUTTON_COPY_TEXT_INVALID");
    if (Object.keys(button).length < 2) {
      throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
    }
  }
  return rows.length > 0 ? { inline_keyboard: rows } : undefined;
}

/** The chat of a call, reachable for the bot. */
export function requireChat(world: World, chatId: number | string): ChatState {
  const state = typeof chatId === "number" ? world.chats.get(chatId) : findByUsername(world, chatId);
  if (!state) throw badRequest("chat not found");
  if (state.migratedTo !== undefined) {
    throw badRequest("group chat was upgraded to a supergroup chat", { migrate_to_chat_id: state.migratedTo });
  }
  if (state.closedBecause !== undefined) throw forbidden(state.closedBecause);
  return state;
}

function findByUsername(world: World, name: string): ChatState | undefined {
  return [...world.chats.values()].find(({ chat }) => chat.username !== undefined && `@${chat.username}` === name);
}

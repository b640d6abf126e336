import type { Router } from "express";
import { z } from "zod";
import { attempt, refuse } from "./control-answers.ts";
import type { Group } from "./telegram/group.ts";
import type { Conversation } from "./telegram/people.ts";
import type { PrivateTalks } from "./telegram/private-talks.ts";
import type { SeenMessage } from "./telegram/seen.ts";
import type { TelegramSimulator } from "./telegram/server.ts";
import type { User } from "./telegram/types.ts";

export interface TelegramControlDeps {
  readonly telegram: TelegramSimulator;
  readonly group: Group;
  readonly privates: PrivateTalks;
  /** The people in the group; the first acts where nobody is named. */
  readonly operators: readonly User[];
}

const topicDeeds = ["close", "reopen", "delete"] as const;

const user = z.string().optional();
/** In this person's own chat with the bot, and not in the group. */
const isPrivate = z.boolean().optional();
const contact = z.object({ name: z.string().min(1), number: z.string().min(1) }).optional();
const file = z.object({ name: z.string(), content: z.string() }).optional();
const sayShape = z.object({
  text: z.string(),
  user,
  private: isPrivate,
  topic: z.number().optional(),
  replyTo: z.number().optional(),
  file,
  contact,
});
const pressShape = z.object({
  message: z.number(),
  user,
  private: isPrivate,
  data: z.string().optional(),
  text: z.string().optional(),
});
const editShape = z.object({ message: z.number(), text: z.string(), user, private: isPrivate });
const reactShape = z.object({ message: z.number(), emoji: z.string(), user, private: isPrivate });
const topicShape = z.object({ topic: z.number(), do: z.enum(topicDeeds), user });

/** Adds the routes by which operators act in the group and in their own chats with the bot, each as the one it names. */
export function addTelegramRoutes(router: Router, { telegram, group, privates, operators }: TelegramControlDeps): void {
  router.get("/telegram", (_request, response) => {
    response.json({
      chat: group.chat,
      operators,
      topics: group.topics().map((topic) => ({ ...topic, messages: group.messages(topic.id).map(shown) })),
      general: group.messages("general").map(shown),
      privates: operators.flatMap((person) => {
        const messages = privates.find(person)?.messages();
        return messages ? [{ person: person.id, messages: messages.map(shown) }] : [];
      }),
    });
  });

  router.post("/telegram/say", async (request, response) => {
    const said = sayShape.safeParse(request.body);
    if (!said.success) return refuse(response, 400, "text is missing");
    const { text, topic, replyTo, file, contact } = said.data;
    await attempt(response, () => {
      const where = {
        ...(topic !== undefined && { topic }),
        ...(replyTo !== undefined && { replyTo }),
        ...(file && { file }),
        ...(contact && { contact: { first_name: contact.name, phone_number: contact.number } }),
      };
      const person = requireOperator(said.data.user);
      return shown(chatOf(person, said.data).say(person, text, where));
    });
  });

  router.get("/telegram/files/:id", (request, response) => {
    const content = telegram.fileContent(request.params.id);
    if (content === undefined) return refuse(response, 404, `there is no file ${request.params.id}`);
    response.attachment().type("text/plain; charset=utf-8").send(content);
  });

  router.post("/telegram/press", async (request, response) => {
    const pressed = pressShape.safeParse(request.body);
    const button = pressed.data?.data ?? pressed.data?.text;
    if (!pressed.success || button === undefined) return refuse(response, 400, "message, and data or text, are needed");
    await attempt(response, async () => {
      const person = requireOperator(pressed.data.user);
      const press = chatOf(person, pressed.data).press(person, pressed.data.message, button);
      await telegram.waitFor(() => press.answer, 5000, "the answer to the press").catch(() => {});
      return { id: press.id, answer: press.answer };
    });
  });

  router.post("/telegram/edit", async (request, response) => {
    const edit = editShape.safeParse(request.body);
    if (!edit.success) return refuse(response, 400, "message and text are needed");
    const { message, text } = edit.data;
    await attempt(response, () => {
      const person = requireOperator(edit.data.user);
      const chat = chatOf(person, edit.data);
      // In Telegram too, nobody edits what another one wrote.
      if (chat.message(message)?.from.id !== person.id)
        throw new Error(`message ${message} is not one of ${person.first_name}`);
      return shown(chat.edit(message, text));
    });
  });

  router.post("/telegram/react", async (request, response) => {
    const reaction = reactShape.safeParse(request.body);
    if (!reaction.success) return refuse(response, 400, 'message and emoji are needed; "" takes a reaction back');
    const { message, emoji } = reaction.data;
    await attempt(response, () => {
      const person = requireOperator(reaction.data.user);
      const chat = chatOf(person, reaction.data);
      chat.react(person, message, emoji === "" ? undefined : emoji);
      return { message, reactions: chat.message(message)?.reactions };
    });
  });

  router.post("/telegram/topic", async (request, response) => {
    const wanted = topicShape.safeParse(request.body);
    if (!wanted.success) return refuse(response, 400, `topic is needed, and do: one of ${topicDeeds.join(", ")}`);
    const { topic: id, do: deed } = wanted.data;
    await attempt(response, () => {
      const operator = requireOperator(wanted.data.user);
      if (!group.topics().some((topic) => topic.id === id)) throw new Error(`there is no topic ${id}`);
      if (deed === "delete") group.deleteTopic(id);
      else if (deed === "close") group.closeTopic(operator, id);
      else group.reopenTopic(operator, id);
      return { topic: id, do: deed };
    });
  });

  function chatOf(person: User, where: { readonly private?: boolean | undefined }): Conversation {
    return where.private ? privates.open(person) : group;
  }

  function requireOperator(name: string | undefined): User {
    const [first] = operators;
    const found =
      name === undefined ? first : operators.find(({ first_name, id }) => first_name === name || String(id) === name);
    if (!found) throw new Error(`there is no operator "${name ?? ""}"`);
    return found;
  }
}

function shown({ raw: _raw, ...message }: SeenMessage) {
  return message;
}

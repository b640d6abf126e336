import type { Router } from "express";
import { z } from "zod";
import { attempt, refuse } from "./control-answers.ts";
import type { Group } from "./telegram/group.ts";
import type { SeenMessage } from "./telegram/seen.ts";
import type { TelegramSimulator } from "./telegram/server.ts";
import type { User } from "./telegram/types.ts";

export interface TelegramControlDeps {
  readonly telegram: TelegramSimulator;
  readonly group: Group;
  /** The people in the group; the first acts where nobody is named. */
  readonly operators: readonly User[];
}

const topicDeeds = ["close", "reopen", "delete"] as const;

const user = z.string().optional();
const file = z.object({ name: z.string(), content: z.string() }).optional();
const sayShape = z.object({
  text: z.string(),
  user,
  topic: z.number().optional(),
  replyTo: z.number().optional(),
  file,
});
const pressShape = z.object({ message: z.number(), user, data: z.string().optional(), text: z.string().optional() });
const editShape = z.object({ message: z.number(), text: z.string(), user });
const reactShape = z.object({ message: z.number(), emoji: z.string(), user });
const topicShape = z.object({ topic: z.number(), do: z.enum(topicDeeds), user });

/** Adds the routes by which operators act in the group, each as the one it names. */
export function addTelegramRoutes(router: Router, { telegram, group, operators }: TelegramControlDeps): void {
  router.get("/telegram", (_request, response) => {
    response.json({
      chat: group.chat,
      operators,
      topics: group.topics().map((topic) => ({ ...topic, messages: group.messages(topic.id).map(shown) })),
      general: group.messages("general").map(shown),
    });
  });

  router.post("/telegram/say", async (request, response) => {
    const said = sayShape.safeParse(request.body);
    if (!said.success) return refuse(response, 400, "text is missing");
    const { text, topic, replyTo, file } = said.data;
    await attempt(response, () => {
      const where = {
        ...(topic !== undefined && { topic }),
        ...(replyTo !== undefined && { replyTo }),
        ...(file && { file }),
      };
      return shown(group.say(requireOperator(said.data.user), text, where));
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
      const press = group.press(requireOperator(pressed.data.user), pressed.data.message, button);
      await telegram.waitFor(() => press.answer, 5000, "the answer to the press").catch(() => {});
      return { id: press.id, answer: press.answer };
    });
  });

  router.post("/telegram/edit", async (request, response) => {
    const edit = editShape.safeParse(request.body);
    if (!edit.success) return refuse(response, 400, "message and text are needed");
    const { message, text } = edit.data;
    await attempt(response, () => {
      const { id, first_name } = requireOperator(edit.data.user);
      // In Telegram too, nobody edits what another one wrote.
      if (group.message(message)?.from.id !== id) throw new Error(`message ${message} is not one of ${first_name}`);
      return shown(group.edit(message, text));
    });
  });

  router.post("/telegram/react", async (request, response) => {
    const reaction = reactShape.safeParse(request.body);
    if (!reaction.success) return refuse(response, 400, 'message and emoji are needed; "" takes a reaction back');
    const { message, emoji } = reaction.data;
    await attempt(response, () => {
      group.react(requireOperator(reaction.data.user), message, emoji === "" ? undefined : emoji);
      return { message, reactions: group.message(message)?.reactions };
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

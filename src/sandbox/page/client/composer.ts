import { find } from "./dom.ts";
import { type Fail, post } from "./post.ts";
import type { Message, Talk } from "./talks.ts";
import { general } from "./talks.ts";
import { say } from "./words.ts";

interface ComposerDeps {
  readonly fail: Fail;
  /** The topic that is open. */
  readonly topic: () => Talk["id"];
  readonly operator: () => string | undefined;
}

/** Writes into the open topic as the chosen operator: something new, an answer to a message, or a message anew. */
export function createComposer({ fail, topic, operator }: ComposerDeps) {
  const field = find("input", "answer");
  const sign = find("p", "answering");
  let replyTo: Message | undefined;
  let editing: Message | undefined;

  find("form", "write-answer").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") return;
    const call = callFor(text);
    leave();
    field.value = "";
    const said = await call.catch(fail);
    if (!said) field.value ||= text;
  });
  field.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") leave();
  });
  find("button", "stop-answering").addEventListener("click", () => {
    leave();
    field.focus();
  });

  function callFor(text: string): Promise<object> {
    const user = operator();
    if (editing) return post("/telegram/edit", { message: editing.id, text, user });
    const id = topic();
    return post("/telegram/say", {
      text,
      user,
      ...(id !== general && { topic: id }),
      ...(replyTo && { replyTo: replyTo.id }),
    });
  }

  function leave(): void {
    if (editing) field.value = "";
    replyTo = undefined;
    editing = undefined;
    sign.hidden = true;
  }

  function begin(what: string): void {
    find("span", "answering-what").textContent = what;
    sign.hidden = false;
    field.focus();
  }

  return {
    reply(message: Message): void {
      leave();
      replyTo = message;
      begin(say("replying", { name: message.from.name, text: message.text }));
    },
    edit(message: Message): void {
      leave();
      editing = message;
      field.value = message.text;
      begin(say("editing", { text: message.text }));
    },
    leave,
    /** Whether somebody is at it: nothing may be taken away under their hands. */
    isBusy: () => field.value !== "" || replyTo !== undefined || editing !== undefined,
  };
}

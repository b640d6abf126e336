import { createAttachment } from "./attachment.ts";
import { createContact } from "./contact.ts";
import { find } from "./dom.ts";
import { type Fail, post } from "./post.ts";
import { type Message, placeOf, type TalkId } from "./talks.ts";
import { say } from "./words.ts";

interface ComposerDeps {
  readonly fail: Fail;
  /** The one that is open. */
  readonly talk: () => TalkId;
  readonly operator: () => string | undefined;
  readonly onSay: () => void;
}

/** What is written is about: a message that it answers, or that it replaces. */
interface Subject {
  readonly deed: "reply" | "edit";
  readonly message: Message;
}

/** Writes into the open topic as the chosen operator: something new, an answer to a message, or a message anew. */
export function createComposer({ fail, talk, operator, onSay }: ComposerDeps) {
  const field = find("textarea", "answer");
  const form = find("form", "write-answer");
  const sign = find("p", "answering");
  const attachment = createAttachment(field);
  let subject: Subject | undefined;
  createContact((contact) => {
    onSay();
    return post("/telegram/say", { text: "", user: operator(), ...placeOf(talk()), contact }).catch(fail);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    const file = await attachment.read();
    if (text === "" && !file) return;
    const before = subject;
    const call = callFor(text, file);
    leave();
    attachment.leave();
    field.value = "";
    const said = await call.catch(fail);
    if (said || isBusy()) return;
    field.value = text;
    if (before) take(before);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    // Under a finger it is a new line, as in Telegram: there is a button to send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(hover: none)").matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
  find("button", "stop-answering").addEventListener("click", () => {
    leave();
    field.focus();
  });
  // Nobody edits what another one wrote.
  find("div", "operators").addEventListener("change", () => {
    if (subject?.deed === "edit") leave();
  });

  function callFor(text: string, file: { name: string; content: string } | undefined): Promise<object> {
    const user = operator();
    const place = placeOf(talk());
    if (subject?.deed === "edit") return post("/telegram/edit", { message: subject.message.id, text, user, ...place });
    onSay();
    return post("/telegram/say", {
      text,
      user,
      ...place,
      ...(subject && { replyTo: subject.message.id }),
      ...(file && { file }),
    });
  }

  function take(next: Subject): void {
    subject = next;
    const { name } = next.message.from;
    const { text } = next.message;
    find("span", "answering-what").textContent =
      next.deed === "edit" ? say("editing", { text }) : say("replying", { name, text });
    sign.hidden = false;
  }

  function begin(next: Subject): void {
    leave();
    if (next.deed === "edit") field.value = next.message.text;
    take(next);
    field.focus();
  }

  function leave(): void {
    if (subject?.deed === "edit") field.value = "";
    subject = undefined;
    sign.hidden = true;
  }

  function isBusy(): boolean {
    return field.value !== "" || subject !== undefined || attachment.isThere();
  }

  return {
    reply: (message: Message) => begin({ deed: "reply", message }),
    edit: (message: Message) => begin({ deed: "edit", message }),
    leave,
    /** Whether somebody is at it: nothing may be taken away under their hands. */
    isBusy,
  };
}

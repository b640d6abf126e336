import { make } from "./dom.ts";
import { formatted } from "./formatted.ts";
import type { Message, Post } from "./talks.ts";
import { say, spellTime } from "./words.ts";

/** A post and what its look depends on. */
export interface ShownPost extends Post {
  readonly isLast: boolean;
  /** The chosen operator wrote it. */
  readonly isOwn: boolean;
  /** What the chosen operator reacted with. */
  readonly reaction: string | undefined;
  /** The buttons to act on it are open. */
  readonly isActing: boolean;
}

export interface PostDeeds {
  press(message: Message, label: string): Promise<void>;
  act(post: ShownPost): void;
  reply(post: ShownPost): void;
  edit(post: ShownPost): void;
  /** `""` takes the reaction back. */
  react(post: ShownPost, emoji: string): void;
  /** Goes to where this message of the group stands. */
  open(message: number): void;
}

const reactions = ["👍", "❤", "🙏", "👏", "🔥", "👀"];

export function viewPost(post: ShownPost, deeds: PostDeeds): HTMLElement {
  if (post.service !== undefined) {
    const isClosed = post.service === "forum_topic_closed";
    return make("p", { className: "service", textContent: say(isClosed ? "topic-was-closed" : "topic-was-reopened") });
  }
  const { id, from, date, answers, quoted, isEdited, isPinned, isActing, isLast } = post;
  const signs = [isPinned ? say("pinned") : "", isEdited && !from.isBot ? say("edited") : ""];
  const time = spellTime(date * 1000);
  const more = makeButton("⋯", `${id}-more`, () => deeds.act(post));
  more.className = "more";
  more.tabIndex = isLast ? 0 : -1;
  more.title = say("message-actions");
  more.ariaLabel = say("actions-on", { name: from.name, time });
  more.ariaExpanded = String(isActing);
  return make(
    "div",
    { className: `bubble ${from.isBot ? "theirs" : "mine"}` },
    make("p", { className: "who" }, make("bdi", { textContent: from.name })),
    quoted && viewQuoted(quoted),
    ...viewContent(post, deeds),
    make(
      "div",
      { className: "foot" },
      make("p", { className: "meta", textContent: [time, ...signs.filter((sign) => sign !== "")].join(" · ") }),
      more,
    ),
    isActing ? viewActions(post, deeds) : undefined,
    ...answers.map((answer) => make("div", { className: "mark" }, ...viewContent(answer, deeds))),
  );
}

function viewQuoted({ name, text }: NonNullable<Post["quoted"]>): HTMLElement {
  return make(
    "blockquote",
    { className: "quoted", "aria-label": say("answers-to", { name }) },
    make("bdi", { className: "who", textContent: name }),
    make("p", { dir: "auto", textContent: text }),
  );
}

function viewContent(message: Message, deeds: PostDeeds): (HTMLElement | undefined)[] {
  const { text, file, contact, picture, buttons, reactions: given } = message;
  return [
    contact && viewContact(contact),
    file && viewFile(file),
    picture && viewPicture(picture),
    text === "" ? undefined : make("p", { className: "text", dir: "auto" }, ...formatted(message, deeds.open)),
    given.length === 0
      ? undefined
      : make("p", { className: "reactions", "aria-label": say("reaction"), textContent: given.map(drawn).join(" ") }),
    ...buttons.map((row) =>
      make("div", { className: "buttons" }, ...row.map((label) => viewButton(message, label, deeds))),
    ),
  ];
}

function viewFile({ id, name }: NonNullable<Message["file"]>): HTMLElement {
  const href = `/sandbox/telegram/files/${encodeURIComponent(id)}`;
  return make("p", { className: "text" }, "📎 ", make("a", { href, download: name, textContent: name, dir: "auto" }));
}

function viewContact({ name, number }: NonNullable<Message["contact"]>): HTMLElement {
  const spelled = make("bdi", { dir: "ltr", textContent: number });
  return make("p", { className: "text" }, "👤 ", make("bdi", { textContent: name }), " · ", spelled);
}

/** With its size, so that what stands around it does not move when it has come. */
function viewPicture({ id, width, height }: NonNullable<Message["picture"]>): HTMLElement {
  const src = `/sandbox/pictures/${encodeURIComponent(id)}`;
  return make("img", { className: "picture", src, alt: say("picture"), width, height });
}

function viewButton(message: Message, label: string, deeds: PostDeeds): HTMLElement {
  // Not disabled meanwhile: that would take the focus away.
  let isPressed = false;
  const button = makeButton(label, `${message.id}-${label}`, async () => {
    if (isPressed) return;
    isPressed = true;
    await deeds.press(message, label);
    isPressed = false;
  });
  button.dir = "auto";
  return button;
}

function viewActions(post: ShownPost, deeds: PostDeeds): HTMLElement {
  const { id, isOwn, reaction } = post;
  const emoji = reactions.map((one) => {
    const isGiven = one === reaction;
    const button = makeButton(drawn(one), `${id}-${one}`, () => deeds.react(post, isGiven ? "" : one));
    button.ariaPressed = String(isGiven);
    button.ariaLabel = say("react-with", { emoji: drawn(one) });
    return button;
  });
  const actions = make(
    "div",
    { className: "actions", role: "group", "aria-label": say("message-actions") },
    makeButton(say("reply"), `${id}-reply`, () => deeds.reply(post)),
    isOwn ? makeButton(say("edit"), `${id}-edit`, () => deeds.edit(post)) : undefined,
    ...emoji,
  );
  actions.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") deeds.act(post);
  });
  return actions;
}

/** Telegram's heart is a bare sign, which without more is drawn as a black letter. */
function drawn(emoji: string): string {
  return emoji === "❤" ? "❤️" : emoji;
}

function makeButton(label: string, focus: string, onClick: () => unknown): HTMLButtonElement {
  const button = make("button", { type: "button", textContent: label, "data-focus": focus });
  button.addEventListener("click", () => void onClick());
  return button;
}

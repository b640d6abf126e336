import { find, make, post, show, showTalk } from "./dom.js";
import { say, spellTime } from "./words.js";

const general = "general";

/** The group: its topics, the open one, and the form to answer as one of the operators. */
export function createTelegram({ fail, tell }) {
  let open = general;
  let latest;
  let isFirst = true;
  let isFollowing = true;
  let arrivedUpTo = 0;
  const readUpTo = new Map();

  find("write-answer").addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = find("answer");
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    const said = await post("/telegram/say", {
      text,
      user: operator(),
      ...(open !== general && { topic: open }),
    }).catch(fail);
    if (!said) field.value ||= text;
  });

  const operator = () => find("operators").querySelector("input:checked")?.value;

  function render(state) {
    latest = state;
    const { telegram } = state;
    const talks = talksOf(telegram);
    if (isFirst) for (const talk of talks) readUpTo.set(talk.id, lastOf(talk));
    const arrived = talks.find((talk) => talk.id !== general && arrivalOf(talk) > (isFirst ? 0 : arrivedUpTo));
    arrivedUpTo = Math.max(...talks.map(arrivalOf));
    isFirst = false;
    // Never under the hands of somebody who writes an answer: it would go to another customer.
    if (isFollowing && arrived && find("answer").value === "") {
      open = arrived.id;
      isFollowing = false;
    }
    const opened = talks.find(({ id }) => id === open) ?? talks[0];
    open = opened.id;
    readUpTo.set(open, lastOf(opened));

    find("group-name").textContent = telegram.title;
    find("no-topics").hidden = talks.length > 1;
    show(
      find("topics"),
      talks.map((talk) => ({
        id: talk.id,
        name: talk.name,
        isOpen: talk.id === opened.id,
        news: talk.messages.filter(({ id }) => id > (readUpTo.get(talk.id) ?? 0)).length,
      })),
      { keyOf: ({ id }) => id, view: viewTopic },
    );
    find("topic-name").replaceChildren(make("bdi", { textContent: opened.name }));
    const posts = opened.messages.length > 0 ? joined(opened) : [{ isNone: true, id: "none" }];
    showTalk(find("messages"), posts, { keyOf: ({ id }) => `${opened.id}-${id}`, view: viewPost });
    show(find("operators"), telegram.operators, { keyOf: ({ id }) => id, view: viewOperator });
    if (operator() === undefined) find("operators").querySelector("input").checked = true;
  }

  function viewTopic({ id, name, isOpen, news }) {
    const button = make(
      "button",
      { type: "button", "aria-current": isOpen ? "true" : undefined, "data-focus": String(id) },
      make("bdi", { textContent: name }),
      news > 0 ? make("b", { textContent: String(news), title: say("new-messages") }) : undefined,
    );
    button.addEventListener("click", () => {
      open = id;
      isFollowing = false;
      render(latest);
    });
    return make("li", {}, button);
  }

  function viewPost(post) {
    if (post.isNone) return make("p", { className: "empty", textContent: say("no-messages") });
    const { from, date, answers } = post;
    return make(
      "div",
      { className: `bubble ${from.isBot ? "theirs" : "mine"}` },
      make("p", { className: "who" }, make("bdi", { textContent: from.name })),
      ...viewContent(post),
      make("p", { className: "meta", textContent: spellTime(date * 1000) }),
      ...answers.map((answer) => make("div", { className: "mark" }, ...viewContent(answer))),
    );
  }

  function viewContent({ id, text, entities, buttons, reactions }) {
    return [
      text === "" ? undefined : make("p", { className: "text", dir: "auto" }, ...formatted(text, entities)),
      reactions.length === 0
        ? undefined
        : make("p", { className: "reactions", "aria-label": say("reaction"), textContent: reactions.join(" ") }),
      ...buttons.map((row) => make("div", { className: "buttons" }, ...row.map((label) => viewButton(id, label)))),
    ];
  }

  function viewButton(message, label) {
    const button = make("button", {
      type: "button",
      dir: "auto",
      textContent: label,
      "data-focus": `${message}-${label}`,
    });
    // Not disabled meanwhile: that would take the focus away.
    let isPressed = false;
    button.addEventListener("click", async () => {
      if (isPressed) return;
      isPressed = true;
      const pressed = await post("/telegram/press", { message, text: label, user: operator() }).catch(fail);
      isPressed = false;
      if (pressed?.answer?.text) tell(pressed.answer.text);
    });
    return button;
  }

  return {
    render,
    /** Opens the topic in which an SMS comes next. */
    follow() {
      isFollowing = true;
    },
  };
}

function talksOf({ topics, general: messages }) {
  const newestFirst = topics.map(withoutService).sort((one, other) => lastOf(other) - lastOf(one));
  return [...newestFirst, withoutService({ id: general, name: say("general"), messages })];
}

function withoutService(talk) {
  return { ...talk, messages: talk.messages.filter(({ service }) => service === undefined) };
}

const lastOf = ({ messages }) => messages.at(-1)?.id ?? 0;
/** The newest that came from a customer, as far as one can see: the bot wrote it, and to nobody's message. */
const arrivalOf = ({ messages }) =>
  messages.findLast(({ from, replyTo }) => from.isBot && replyTo === undefined)?.id ?? 0;

/** What the bot says to an operator's message stands under it: that is its tick. */
function joined({ messages }) {
  const own = new Set(messages.filter(({ from }) => !from.isBot).map(({ id }) => id));
  const isMark = ({ from, replyTo }) => from.isBot && own.has(replyTo);
  return messages
    .filter((message) => !isMark(message))
    .map((message) => ({
      ...message,
      answers: messages.filter((other) => isMark(other) && other.replyTo === message.id),
    }));
}

function viewOperator({ id, name }) {
  const radio = make("input", { type: "radio", name: "operator", value: String(id), "data-focus": String(id) });
  return make("label", {}, radio, make("span", { dir: "auto", textContent: name }));
}

const tags = { bold: "b", italic: "i", code: "code", pre: "code", blockquote: "q", expandable_blockquote: "q" };

/** The text with its outermost formats; numbers in code stand from left to right. */
function formatted(text, entities) {
  const parts = [];
  let at = 0;
  for (const { type, offset, length } of [...entities].sort((one, other) => one.offset - other.offset)) {
    const tag = tags[type];
    if (tag === undefined || offset < at) continue;
    parts.push(text.slice(at, offset));
    const inner = make(tag, { textContent: text.slice(offset, offset + length) });
    if (tag === "code") inner.dir = "ltr";
    parts.push(inner);
    at = offset + length;
  }
  return [...parts, text.slice(at)];
}

import type { PageState } from "../state.ts";
import { createComposer } from "./composer.ts";
import { find, goToEnd, make, moveByArrows, show, showTalk } from "./dom.ts";
import { type Fail, post } from "./post.ts";
import {
  arrivalOf,
  general,
  isArrival,
  isPrivate,
  lastOf,
  type Operator,
  type Post,
  placeOf,
  postsOf,
  privateTalk,
  type Talk,
  type TalkId,
  talksOf,
} from "./talks.ts";
import { createTopicMenu } from "./topic-menu.ts";
import { type PostDeeds, type ShownPost, viewPost } from "./view-post.ts";
import { say, spellCount } from "./words.ts";

type Entry = Pick<Talk, "id" | "name" | "isClosed" | "icon"> & {
  readonly isOpen: boolean;
  readonly news: number;
};

/** The group: its topics, the open one, and what the chosen operator does there. */
export function createTelegram({ fail, tell }: { fail: Fail; tell: (text: string) => void }) {
  const operators = find("div", "operators");
  const messages = find("div", "messages");
  const readUpTo = new Map<TalkId, number>();
  let open: TalkId = general;
  let acting: number | undefined;
  let latest: PageState | undefined;
  /** The SMS whose topic is opened when it comes; `""`: whichever comes next. */
  let following: string | undefined = "";
  let arrivedUpTo = 0;

  const operator = () => operators.querySelector<HTMLInputElement>("input:checked")?.value;
  const composer = createComposer({ fail, operator, talk: () => open, onSay: () => goToEnd(messages) });
  const menu = createTopicMenu({ fail, operator, onDelete: () => follow() });
  operators.addEventListener("change", () => {
    if (isPrivate(open)) open = privateTalk(Number(operator()));
    again();
  });
  moveByArrows(messages, ".more");

  /** Opens the topic in which this SMS comes next, or any where none is named: another customer may be faster. */
  function follow(text = ""): void {
    following = text;
  }

  function again(): void {
    if (latest) render(latest);
  }

  function choose(id: TalkId): void {
    if (id !== open) composer.leave();
    open = id;
    following = undefined;
    again();
  }

  function leaveActions(id: number): void {
    acting = undefined;
    again();
    messages.querySelector<HTMLElement>(`[data-focus="${id}-more"]`)?.focus();
  }

  /** Telegram does it by itself, without a word to the bot. */
  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      tell(say("copied", { text }));
    } catch (error) {
      fail(error);
    }
  }

  const deeds: PostDeeds = {
    async press(message, label) {
      const copied = message.copies.find((one) => one.label === label);
      if (copied) return copy(copied.text);
      const press = { message: message.id, text: label, user: operator(), ...placeOf(open) };
      const pressed = await post<{ answer?: { text?: string } }>("/telegram/press", press).catch(fail);
      if (pressed?.answer?.text) tell(pressed.answer.text);
    },
    act({ id, isActing }) {
      if (isActing) return leaveActions(id);
      acting = id;
      again();
      messages.querySelector(".actions")?.scrollIntoView({ block: "nearest" });
    },
    reply(message) {
      leaveActions(message.id);
      composer.reply(message);
    },
    edit(message) {
      leaveActions(message.id);
      composer.edit(message);
    },
    react({ id }, emoji) {
      leaveActions(id);
      post("/telegram/react", { message: id, emoji, user: operator(), ...placeOf(open) }).catch(fail);
    },
    open(message) {
      const talks = latest ? talksOf(latest.telegram, undefined) : [];
      const found = talks.find(({ id, messages: all }) => id === message || all.some((one) => one.id === message));
      if (found) choose(found.id);
    },
  };

  function render(state: PageState): void {
    const isFirst = latest === undefined;
    latest = state;
    const { telegram } = state;
    show(operators, telegram.operators, { keyOf: ({ id }) => id, view: viewOperator });
    const first = operators.querySelector("input");
    if (first && operator() === undefined) first.checked = true;
    const me = telegram.operators.find(({ id }) => id === Number(operator()));
    const talks = talksOf(telegram, me);
    const topics = talks.filter(({ id }) => typeof id === "number");
    if (isFirst) for (const talk of talks) readUpTo.set(talk.id, lastOf(talk));
    const knownUpTo = isFirst ? 0 : arrivedUpTo;
    const arrived = topics.find(({ messages: all }) =>
      all.some((one) => one.id > knownUpTo && isArrival(one) && one.text.includes(following ?? "")),
    );
    arrivedUpTo = Math.max(0, ...topics.map(arrivalOf));
    // Never under the hands of somebody who writes an answer: it would go to another customer.
    if (following !== undefined && arrived && !composer.isBusy()) {
      open = arrived.id;
      following = undefined;
      goToEnd(messages);
    }
    // What was written for a topic that is gone stays, and in General it goes to nobody.
    const opened = talks.find(({ id }) => id === open) ?? talks.find(({ id }) => id === general);
    if (!opened) return;
    open = opened.id;
    readUpTo.set(open, lastOf(opened));

    find("p", "group-name").textContent = telegram.title;
    find("p", "no-topics").hidden = topics.length > 0;
    show(find("ul", "topics"), talks.map(toEntry), { keyOf: ({ id }) => id, view: viewTopic });
    find("h3", "topic-name").replaceChildren(make("bdi", { textContent: opened.name }));
    menu.render(opened);
    showTalk(messages, String(open), postsOf(opened).map(toShown), {
      keyOf: ({ id }) => `${open}-${id}`,
      view: (one) => viewPost(one, deeds),
      empty: () => (isPrivate(open) ? viewStart() : make("p", { className: "empty", textContent: say("no-messages") })),
    });
  }

  function toEntry(talk: Talk): Entry {
    const { id, name, isClosed, icon } = talk;
    const news = talk.messages.filter((message) => message.id > (readUpTo.get(id) ?? 0)).length;
    return { id, name, isClosed, icon, isOpen: id === open, news };
  }

  function toShown(one: Post, _index: number, all: readonly Post[]): ShownPost {
    const me = Number(operator());
    return {
      ...one,
      isLast: one === all.findLast(({ service }) => service === undefined),
      isOwn: one.from.id === me,
      reaction: one.reactions[one.reactedBy.indexOf(me)],
      isActing: one.id === acting,
    };
  }

  /** As Telegram does before one has written to a bot. */
  function viewStart(): HTMLElement {
    const start = make("button", { type: "button", className: "quiet is-next", textContent: say("start-bot") });
    start.addEventListener("click", () => {
      post("/telegram/say", { text: "/start", user: operator(), private: true }).catch(fail);
    });
    return make("p", { className: "empty" }, say("start-bot-hint"), start);
  }

  function viewTopic({ id, name, isClosed, icon, isOpen, news }: Entry): HTMLElement {
    const button = make(
      "button",
      { type: "button", "aria-current": isOpen ? "true" : undefined, "data-focus": String(id) },
      icon === undefined ? undefined : make("span", { className: "sign-of-topic", textContent: icon }),
      make("bdi", { textContent: name }),
      isClosed ? make("small", { textContent: say("closed") }) : undefined,
      news > 0 ? make("b", { textContent: spellCount(news), title: say("new-messages") }) : undefined,
    );
    button.addEventListener("click", () => choose(id));
    return make("li", {}, button);
  }

  return { render, follow };
}

function viewOperator({ id, name }: Operator): HTMLElement {
  const radio = make("input", { type: "radio", name: "operator", value: String(id), "data-focus": String(id) });
  return make("label", {}, radio, make("span", { dir: "auto", textContent: name }));
}

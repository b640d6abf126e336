import { find } from "./dom.ts";
import { createMenu } from "./menu.ts";
import { type Fail, post } from "./post.ts";
import { general, type Talk } from "./talks.ts";

interface TopicMenuDeps {
  readonly fail: Fail;
  readonly operator: () => string | undefined;
  readonly onDelete: () => void;
}

/** Closes, reopens and deletes the open topic, so that one sees what the bridge does about it. */
export function createTopicMenu({ fail, operator, onDelete }: TopicMenuDeps) {
  const menu = find("details", "topic-menu");
  const { leave } = createMenu(menu);
  const buttons = { close: find("button", "close-topic"), reopen: find("button", "reopen-topic") };
  const remove = find("button", "delete-topic");
  let topic: Talk["id"] = general;

  function does(deed: "close" | "reopen" | "delete"): void {
    leave();
    if (deed === "delete") onDelete();
    post("/telegram/topic", { topic, do: deed, user: operator() }).catch(fail);
  }
  buttons.close.addEventListener("click", () => does("close"));
  buttons.reopen.addEventListener("click", () => does("reopen"));
  remove.addEventListener("click", () => does("delete"));

  return {
    render({ id, isClosed }: Talk): void {
      if (id !== topic) menu.open = false;
      topic = id;
      menu.hidden = typeof id !== "number";
      buttons.close.hidden = isClosed;
      buttons.reopen.hidden = !isClosed;
      find("p", "topic-closed").hidden = !isClosed;
    },
  };
}

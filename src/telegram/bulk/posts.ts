import type { Api } from "grammy";
import { bulkKey, isOver } from "../../core/model/bulk.ts";
import type { Desk } from "../../core/ports/desk.ts";
import { attach } from "../calls/attach.ts";
import { failureOf, type TelegramProblem } from "../calls/errors.ts";
import { type DeskChat, editOptions } from "../chat/chat.ts";
import { partsOfPlace, type Rendered, type Texts } from "../types.ts";
import { renderBulkRun } from "./render.ts";
import { bulkReport, type ReportFile } from "./report.ts";

/** The message cannot be edited any more, or nothing can be put where it stands. Waiting would not help. */
const hopeless: ReadonlySet<TelegramProblem> = new Set([
  "message-gone",
  "reply-gone",
  "topic-gone",
  "topic-closed",
  "not-a-forum",
  "no-right",
  "refused",
]);

/** See `Desk.bulk`. The message in which the run was asked for tells of it to its end: one edit now and then, and one file. */
export function createBulkPosts(deps: { api: Api; chat: DeskChat; texts: Texts }): Desk["bulk"] {
  const { api, chat, texts } = deps;

  /** Whether it stands there. */
  async function edit(messageId: number, render: () => Promise<Rendered>): Promise<boolean> {
    try {
      await chat.call({ kind: "edit", priority: "answer", key: `bulk:${messageId}` }, async (id) => {
        const what = await render();
        await api.editMessageText(id, messageId, what.text, editOptions(what));
      });
    } catch (error) {
      const { problem } = failureOf(error);
      if (hopeless.has(problem)) return false;
      if (problem !== "not-modified") throw error;
    }
    return true;
  }

  /** Where a group lets nobody send files there is none, and nothing of the desk waits for it. */
  async function handOver(messageId: number, topic: string | undefined, file: ReportFile): Promise<void> {
    const places = topic === undefined ? [{ messageId }] : [{ messageId, topicId: Number(topic) }, { messageId }];
    for (const to of places) {
      try {
        return await attach({ api, chat }, to, file, texts.say("bulk-report"));
      } catch (error) {
        if (!hopeless.has(failureOf(error).problem)) throw error;
      }
    }
    await chat.send({ text: texts.say("bulk-no-report") }, { priority: "answer" });
  }

  return async ({ read, commit, report }) => {
    let seen = await read();
    if (seen?.run.place === undefined) return commit("");
    const { chatId, messageId } = partsOfPlace(seen.run.place);
    // In another chat, after the group has moved, the same number is another message.
    const isHere = chat.id() === chatId;
    const isThere =
      isHere &&
      (await edit(messageId, async () => {
        seen = (await read()) ?? seen;
        return seen ? renderBulkRun(texts, seen) : { text: "" };
      }));
    const { run } = seen;
    if (isOver(run)) {
      // Whoever removed the message still has to hear the end of it.
      const end = isThere ? undefined : await chat.send(renderBulkRun(texts, seen), { priority: "answer" });
      const file = run.state === "dropped" ? undefined : await bulkReport(texts, report());
      if (file) await handOver(end?.message_id ?? messageId, end ? undefined : run.topic, file);
    }
    await commit(bulkKey(seen));
  };
}

import { Composer } from "grammy";
import type { Document, Message } from "grammy/types";
import type { BulkPlan } from "../../core/bulk/plan.ts";
import { namesIn } from "../../core/model/bulk-text.ts";
import { hashKey } from "../../core/model/ids.ts";
import { cleanText } from "../../core/model/text.ts";
import type { Credit } from "../../core/ports/sms-provider.ts";
import { createKeyedQueue } from "../../support/keyed-queue.ts";
import { findColumns, parseBulkList, textColumn } from "../bulk/list.ts";
import { maySendBulk } from "../bulk/press.ts";
import { renderBulkPlan } from "../bulk/render.ts";
import { parseSlash } from "../commands.ts";
import { answer, type DeskContext, type Handling, watch } from "../context.ts";
import { draftId, repliedTo } from "../message.ts";
import { readSentFile } from "../sent-file.ts";
import { withExample } from "../texts/rich.ts";
import type { Rendered, Texts } from "../types.ts";

const mostBytes = 5 * 1024 * 1024;
const mostRows = 20_000;

/**
 * `/bulk text with {fields}` as the caption of a list of receivers, or in reply to one: what would be sent is shown, and a button
 * sends it. The list is got and read aside, so that nobody's answer waits for it; nothing is sent by that, so that after a crash
 * in the middle the command is given once more.
 */
export function createBulkComposer(deps: Handling): Composer<DeskContext> {
  const { bridge, log } = deps;
  const composer = new Composer<DeskContext>();
  const inTurn = createKeyedQueue();

  composer.on("message", async (ctx, next) => {
    const { message } = ctx;
    const written = commandIn(ctx, message);
    if (written === undefined) return next();
    const { desk, operator } = ctx.scene;
    const { texts } = desk;
    if (!maySendBulk(desk.settings, operator)) return answer(ctx, { text: texts.say("bulk-refused") });
    const document = message.document ?? repliedTo(message)?.document;
    if (!document) return answer(ctx, usage(texts, "bulk-usage"));
    watch(
      log,
      "bulk",
      inTurn(desk.id, async () => answer(ctx, await preview(ctx, message, document, written))),
    );
  });

  async function preview(ctx: DeskContext, message: Message, document: Document, written: string): Promise<Rendered> {
    const { desk } = ctx.scene;
    const { say } = desk.texts;
    try {
      const file = await readSentFile(deps, ctx, document, mostBytes);
      return file.kind === "text" ? await planOf(ctx, message, file.text, written) : { text: say(`bulk-${file.kind}`) };
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : "unknown" }, "list was not taken");
      return { text: say("bulk-broken") };
    }
  }

  async function planOf(ctx: DeskContext, message: Message, list: string, written: string): Promise<Rendered> {
    const { desk, operator: by } = ctx.scene;
    const { id, texts } = desk;
    const { titles, rows } = parseBulkList(list);
    if (rows.length > mostRows) return { text: texts.say("bulk-too-many", { count: mostRows }) };
    const ownText = textColumn(titles);
    const text = written || (ownText === undefined ? "" : `{${ownText}}`);
    if (text === "") return usage(texts, "bulk-no-text");
    const columns = findColumns(titles, namesIn(text));
    if ("unknown" in columns) return { text: unknownField(texts, columns.unknown, titles) };
    const plan = await bridge.bulk.plan({
      id: hashKey("bulk run", draftId(message)),
      desk: id,
      by,
      text,
      rows: rows.map(({ row, written, peer, cells }) => ({
        row,
        written,
        ...(peer === undefined ? {} : { peer }),
        values: columns.places.map((place) => cells[place] ?? ""),
      })),
    });
    return renderBulkPlan(texts, plan, await creditFor(ctx, plan));
  }

  /** A courtesy: whoever cannot be told it sees the rest. */
  async function creditFor(ctx: DeskContext, { run, provider }: BulkPlan): Promise<readonly Credit[]> {
    if (run === undefined) return [];
    const all = await bridge.creditOf(ctx.scene.desk.id).catch(() => []);
    return all.find((one) => one.provider === provider)?.credits ?? [];
  }

  return composer;
}

/** What stands after `/bulk`, in a text or a caption in the operator's own words. */
function commandIn(ctx: DeskContext, message: Message): string | undefined {
  if (message.forward_origin) return undefined;
  const slash = parseSlash(message.caption ?? ctx.scene.text, ctx.me.username);
  return slash?.kind === "command" && slash.name === "bulk" ? cleanText(slash.args).trim() : undefined;
}

function usage(texts: Texts, key: "bulk-usage" | "bulk-no-text"): Rendered {
  const field = `{${texts.say("bulk-example-field")}}`;
  return withExample(texts, texts.say(key), texts.say("bulk-example", { field }));
}

function unknownField({ say }: Texts, unknown: string, titles: readonly string[]) {
  const field = `{${unknown}}`;
  const known = titles.filter((title) => title !== "");
  return known.length === 0
    ? say("bulk-no-columns", { field })
    : say("bulk-unknown-field", { field, columns: known.map((title) => `{${title}}`) });
}

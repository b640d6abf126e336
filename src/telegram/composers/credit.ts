import { Composer } from "grammy";
import type { Bridge } from "../../core/bridge.ts";
import type { DeskId } from "../../core/model/ids.ts";
import { answer, type DeskContext, type Handling, watch } from "../context.ts";
import { spellCredit } from "../notices/render-credit.ts";
import type { Texts } from "../types.ts";
import { isCommand } from "./on-command.ts";

type CreditLines = Awaited<ReturnType<Bridge["creditOf"]>>;

/** `/credit` calls the panels, so it runs aside: nobody else waits for them. Several askers share one call. */
export function createCreditComposer(deps: Handling): Composer<DeskContext> {
  const { bridge, capabilities, log } = deps;
  const asking = new Map<DeskId, Promise<CreditLines>>();
  const composer = new Composer<DeskContext>();

  composer.filter(isCommand("credit"), async (ctx) => {
    const { desk } = ctx.scene;
    if (!capabilities[desk.id]?.includes("credit")) {
      return answer(ctx, { text: desk.texts.say("credit-unavailable") });
    }
    watch(log, "credit", tell(ctx));
  });

  async function tell(ctx: DeskContext): Promise<void> {
    const { desk } = ctx.scene;
    try {
      const lines = creditLines(desk.texts, await ask(desk.id));
      await answer(ctx, { text: lines.join("\n") || desk.texts.say("credit-unavailable") });
    } catch (error) {
      log.warn({ desk: desk.id, reason: error instanceof Error ? error.message : "unknown" }, "credit not read");
      await answer(ctx, { text: desk.texts.say("credit-broken") });
    }
  }

  function ask(desk: DeskId): Promise<CreditLines> {
    const running = asking.get(desk) ?? bridge.creditOf(desk).finally(() => asking.delete(desk));
    asking.set(desk, running);
    return running;
  }

  return composer;
}

function creditLines(texts: Texts, providers: CreditLines): string[] {
  return providers.flatMap(({ provider, credits, failure }) => {
    if (failure !== undefined) {
      return [texts.say("credit-failed", { provider, reason: texts.say(`failure-${failure}`) })];
    }
    if (!credits || credits.length === 0) return [texts.say("credit-none", { provider })];
    return credits.map((credit) => spellCredit(texts, { provider, ...credit }));
  });
}

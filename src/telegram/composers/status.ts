import { Composer } from "grammy";
import type { ProviderHealth } from "../../core/bridge.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import type { Texts } from "../types.ts";
import { isCommand } from "./on-command.ts";

/** `/status`: how the panels are. Asks nobody: the bridge knows. */
export function createStatusComposer({ bridge, spellTime }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.filter(isCommand("status"), (ctx) => {
    const { id, texts } = ctx.scene.desk;
    const health = bridge.providerHealth(id);
    const waiting = health.reduce((sum, each) => sum + each.waiting, 0);
    const lines = [
      texts.say("status-title"),
      ...health.map((each) => healthLine(texts, each, spellTime[texts.language])),
      ...(waiting > 0 ? [texts.say("status-waiting", { count: waiting })] : []),
      texts.say("status-desk"),
    ];
    return answer(ctx, { text: health.length === 0 ? texts.say("status-none") : lines.join("\n") });
  });
  return composer;
}

function healthLine(texts: Texts, health: ProviderHealth, spellTime: (at: number) => string): string {
  const { provider, isUp, failure, since } = health;
  if (isUp) return texts.say("status-up", { provider });
  const reason = texts.say(`failure-${failure?.code ?? "unreachable"}`);
  return texts.say("status-down", { provider, reason, since: spellTime(since) });
}

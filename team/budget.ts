import type { Figure } from "../crash/judge.ts";
import type { Office } from "./office.ts";

/** Messages of the bot for each SMS that came and each text that an operator wrote: one each, and room for cards and reminders. */
const most = 1.5;
/** What the bot says of topics: made, pinned, and another sign each time that a customer stands otherwise. */
const mostService = 1.5;

/** How much of the 20 messages a minute that Telegram allows a group was needed. */
export function budgetOf({ world, notes, talk }: Office): Figure[] {
  const ours = world.group.messages().filter(({ from }) => from.isBot);
  const services = ours.filter(({ service }) => service !== undefined);
  const written = [...talk.written.values()].reduce((sum, all) => sum + all.length, 0);
  const words = notes.optOuts.length + notes.confirmations.length;
  const exchanged = written + words + notes.sayings.length + notes.commands;
  const said = (ours.length - services.length) / exchanged;
  const serviced = services.length / exchanged;
  return [
    budget("Telegram messages for each SMS and each text of an operator", said, most, `${exchanged} exchanged`),
    budget("lines of Telegram's own about topics for each of these", serviced, mostService, `${services.length} lines`),
  ];
}

function budget(figure: string, measured: number, bar: number, of: string): Figure {
  return { figure, measured: `${measured.toFixed(2)} (${of})`, bar: `≤ ${bar}`, isHeld: measured <= bar };
}

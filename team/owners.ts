import { type Figure, none } from "../crash/judge.ts";
import type { World } from "../crash/world.ts";
import { readCard } from "./card.ts";
import type { Notes } from "./notes.ts";

/** Watches whose each customer is, as the cards told it one after the other. */
export interface Owners {
  judge(notes: Notes, customerOf: (number: string) => number | undefined, kills: number): Figure[];
}

export function watchOwners({ telegram, group }: World): Owners {
  const told = new Map<string, (string | undefined)[]>();
  const cards = new Map<string, Set<number>>();
  telegram.onChange(({ kind, chatId, messageId }) => {
    if (chatId !== group.id || messageId === undefined || (kind !== "message" && kind !== "edit")) return;
    const message = group.message(messageId);
    const card = message && readCard(message);
    if (!card) return;
    const { number } = card;
    cards.set(number, (cards.get(number) ?? new Set()).add(card.messageId));
    // A card that rests does not tell whose it is.
    if (card.standing === "closed" || card.standing === "snoozed" || card.standing === "blocked") return;
    const owners = told.get(number) ?? [];
    if (owners.length === 0 || owners.at(-1) !== card.owner) owners.push(card.owner);
    told.set(number, owners);
  });

  return {
    judge(notes, customerOf, kills) {
      const strangers: string[] = [];
      const robbed: string[] = [];
      for (const [number, owners] of told) {
        const customer = customerOf(number) ?? 0;
        const hands = notes.hands.get(customer) ?? new Set();
        for (const owner of owners) {
          if (owner !== undefined && !hands.has(owner)) strangers.push(`${owner}, who never took customer ${customer}`);
        }
        // What happens quickly is shown in one edit: from one to the next, somebody let go between.
        const changes = owners.filter((owner, at) => at > 0 && owner !== undefined && owners[at - 1] !== undefined);
        if (changes.length > (notes.releases.get(customer) ?? 0))
          robbed.push(`customer ${customer}: ${owners.join(", ")}`);
      }
      const many = [...cards].filter(([, ids]) => ids.size > 1).map(([number, ids]) => `${number}: ${ids.size}`);
      return [
        none("owners on cards who took nobody in hand", strangers, `${told.size} customers`),
        none("customers who went from one owner to another, and nobody let go", robbed, ""),
        { ...none("cards posted again", many, `${kills} kills`), bar: "≤ 1 a kill", isHeld: many.length <= kills },
      ];
    },
  };
}

import { z } from "zod";
import { aliases, toEntry } from "./aliases.ts";
import { fieldOf, findFields } from "./wire.ts";

const bareList = z.array(z.unknown());

/**
 * The entries of an answer to `receivedMessages`, wherever they stand: the first list that holds an object, then the first
 * object whose values are objects, then a single entry. What stands in a list and is no object is an entry too, though nobody
 * can read it; what holds nothing at all is none.
 */
export function findEntries(content: unknown): readonly unknown[] {
  const places = placesIn(content);
  const lists = places.map((place) => bareList.safeParse(place).data?.filter((item) => isSomething(item)) ?? []);
  const objects = places.map(findFields).filter((place) => place !== undefined);
  return (
    lists.find((list) => list.some(findFields)) ??
    objects.map((place) => (hasText(place) ? [place] : Object.values(place).filter(isEntry))).find(isFilled) ??
    lists.find(isFilled) ??
    []
  );
}

/** Whether there is anything beside `result` in which SMS could hide: a list, an object, or whatever `data` is. */
export function holdsNothing(content: unknown): boolean {
  const body = findFields(content);
  if (!body) return !isSomething(content);
  return Object.entries(body).every(
    ([name, value]) => !isSomething(value) || (typeof value !== "object" && name.toLowerCase() !== "data"),
  );
}

function placesIn(content: unknown): readonly unknown[] {
  const body = findFields(content);
  if (!body) return [content];
  const inside = fieldOf(body, ["data"]);
  const within = findFields(inside) ?? {};
  return [
    ...["messages", "list", "receivers"].map((name) => fieldOf(within, [name])),
    inside,
    ...["messages", "receivedmessages", "receives", "list"].map((name) => fieldOf(body, [name])),
  ];
}

function hasText(place: Readonly<Record<string, unknown>>): boolean {
  const fields = toEntry(place);
  return aliases.text.some((name) => fields?.has(name));
}

function isEntry(value: unknown): boolean {
  return findFields(value) !== undefined && isSomething(value);
}

function isFilled(list: readonly unknown[]): boolean {
  return list.length > 0;
}

/** Anything but nothing in the panel's many spellings of it: null, "", 0, "0", false, "false", and what holds only such. */
function isSomething(value: unknown, depth = 0): boolean {
  if (depth > 8) return true;
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some((inner) => isSomething(inner, depth + 1));
  }
  return !["", "0", "false", "null", "undefined"].includes(String(value ?? "").trim());
}

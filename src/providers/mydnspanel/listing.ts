import { z } from "zod";
import { aliases, toEntry } from "./aliases.ts";
import { fieldOf, findFields, readJson } from "./wire.ts";

const bareList = z.array(z.unknown());
const deepest = 8;

/**
 * The entries of an answer to `receivedMessages`, wherever they stand: the first list that holds an object, then the first
 * object whose values are SMS, then a single entry, and at last a list of objects under a name that nobody knows. What stands in a
 * list and is no object is an entry too, though nobody can read it; what holds nothing at all is none.
 */
export function findEntries(content: unknown): readonly unknown[] {
  const places = placesIn(content);
  const lists = places.map(listIn);
  const objects = places.map(findFields).filter((place) => place !== undefined);
  const maps = objects.map((place) => (hasText(place) ? [place] : Object.values(place).filter(isEntry)));
  const map = maps.find(isFilled);
  return (
    lists.find((list) => list.some(findFields)) ??
    (map?.some(hasText) ? map : undefined) ??
    [content, ...places].map((place) => findList(place)).find((list) => list !== undefined) ??
    map ??
    lists.find(isFilled) ??
    []
  );
}

/** Whether there is anything beside `result` in which SMS could hide: a list, an object, or whatever `data` is. */
export function holdsNothing(content: unknown): boolean {
  const body = findFields(content);
  if (!body) return !isSomething(content);
  return Object.entries(body).every(([name, value]) =>
    name.toLowerCase() === "data" ? !isSomething(opened(value)) : !isSomething(value) || typeof value !== "object",
  );
}

function listIn(place: unknown): readonly unknown[] {
  return bareList.safeParse(place).data?.filter((item) => isSomething(item)) ?? [];
}

/** The first list of objects, in the order in which it is written. */
function findList(value: unknown, depth = 0): readonly unknown[] | undefined {
  if (depth > deepest || typeof value !== "object" || value === null) return undefined;
  const list = listIn(value);
  if (list.some(findFields)) return list;
  for (const inner of Object.values(value)) {
    const found = findList(inner, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** Some services write what `data` holds as JSON in a text. Not so anywhere else: a customer may send what looks like JSON. */
function opened(value: unknown): unknown {
  return typeof value === "string" && /^\s*[[{]/.test(value) ? (readJson(value) ?? value) : value;
}

function placesIn(content: unknown): readonly unknown[] {
  const body = findFields(content);
  if (!body) return [content];
  const inside = opened(fieldOf(body, ["data"]));
  const within = findFields(inside) ?? {};
  return [
    ...["messages", "list", "receivers"].map((name) => fieldOf(within, [name])),
    inside,
    ...["messages", "receivedmessages", "receives", "list"].map((name) => fieldOf(body, [name])),
  ];
}

function hasText(place: unknown): boolean {
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
  if (depth > deepest) return true;
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some((inner) => isSomething(inner, depth + 1));
  }
  return !["", "0", "false", "null", "undefined"].includes(String(value ?? "").trim());
}

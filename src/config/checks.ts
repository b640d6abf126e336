import { foldNumber } from "../core/model/phone.ts";
import { findNearest } from "./hint.ts";
import { linesOfDesk, type Outline, type OutlinedLine } from "./outline.ts";
import { type Problem, renderPath } from "./problem.ts";

const shortestInboxToken = 16;

/** What is wrong between the parts of a configuration, each part alone being right. */
export function checkTogether(outline: Outline): Problem[] {
  return [
    ...outline.providers.flatMap((provider) => checkProvider(outline, provider)),
    ...checkSpellings(outline.lines),
    ...outline.lines.flatMap((line) => checkLine(outline, line)),
    ...outline.desks.flatMap((desk) => [...checkDesk(outline, desk), ...checkRules(outline, desk)]),
    ...checkChats(outline),
    ...checkTemplates(outline),
    ...checkWebhook(outline),
  ];
}

function checkProvider(outline: Outline, provider: Outline["providers"][number]): Problem[] {
  const path = ["providers", provider.id];
  const problems = checkName([...path, "desk"], provider.desk, "desk", namesOf(outline.desks));
  const { inboxToken } = provider;
  if (inboxToken === undefined) return problems;
  const isGood = inboxToken.length >= shortestInboxToken && /^[\w-]+$/.test(inboxToken);
  if (isGood) return problems;
  const what = `must have at least ${shortestInboxToken} characters, only A-Z a-z 0-9 _ -`;
  const fix = "take a long random word: openssl rand -hex 24";
  return [...problems, { path: renderPath([...path, "inboxToken"]), what, fix }];
}

function checkSpellings(lines: readonly OutlinedLine[]): Problem[] {
  return lines.flatMap((entry, index) => {
    const path = renderPath(["lines", entry.written]);
    if (!/^\+?\d{3,20}$/.test(entry.line)) {
      return [{ path, what: "is not a number", fix: "write the line as the panel shows it, digits only" }];
    }
    const earlier = lines.slice(0, index).find((other) => other.line === entry.line);
    if (!earlier) return [];
    return [{ path, what: `is the same line as "${earlier.written}"`, fix: "keep one of the two spellings" }];
  });
}

function checkLine(outline: Outline, entry: OutlinedLine): Problem[] {
  const path = ["lines", entry.written];
  return [
    ...checkName([...path, "provider"], entry.provider, "provider", namesOf(outline.providers)),
    ...checkName([...path, "desk"], entry.desk, "desk", namesOf(outline.desks)),
    ...entry.fallback.flatMap((written, index) => checkFallback(outline, entry, written, [...path, "fallback", index])),
  ];
}

function checkFallback(outline: Outline, entry: OutlinedLine, written: string, at: readonly PropertyKey[]): Problem[] {
  const path = renderPath(at);
  const line = foldNumber(written);
  const target = outline.lines.find((other) => other.line === line);
  if (!target) return [{ path, what: "is not one of the lines", fix: "list it under lines, or take it out" }];
  if (target === entry) return [{ path, what: "is the line itself", fix: "name another line" }];
  if (entry.fallback.slice(0, Number(at.at(-1))).some((other) => foldNumber(other) === line)) {
    return [{ path, what: "is named twice", fix: "keep one of them" }];
  }
  if (target.desk === entry.desk) return [];
  const what = `belongs to another desk than "${entry.written}"`;
  return [{ path, what, fix: "customers answer the line they got the SMS from, so both must have one desk" }];
}

function checkDesk(outline: Outline, desk: Outline["desks"][number]): Problem[] {
  const lines = linesOfDesk(outline, desk.id);
  if (lines.length === 0) {
    const fix = `give a line the desk "${desk.id}", or take the desk out`;
    return [{ path: renderPath(["desks", desk.id]), what: "has no line", fix }];
  }
  const path = renderPath(["desks", desk.id, "line"]);
  const spellings = lines.map((entry) => `"${entry.written}"`).join(", ");
  if (desk.line === undefined) {
    if (lines.length === 1) return [];
    return [{ path, what: "is missing, and this desk has several lines", fix: `name the one for /send: ${spellings}` }];
  }
  const line = foldNumber(desk.line);
  if (lines.some((entry) => entry.line === line)) return [];
  return [{ path, what: "is not a line of this desk", fix: `name one of ${spellings}` }];
}

function checkRules(outline: Outline, { id, rules }: Outline["desks"][number]): Problem[] {
  const own = linesOfDesk(outline, id);
  return rules.flatMap(({ desk, line }, index) => {
    const path = ["desks", id, "rules", index];
    const problems = checkName([...path, "desk"], desk, "desk", namesOf(outline.desks));
    if (line === undefined || own.some((entry) => entry.line === foldNumber(line))) return problems;
    const fix = `name one of ${own.map(({ written }) => `"${written}"`).join(", ")}, or put the rule at the line's own desk`;
    return [...problems, { path: renderPath([...path, "line"]), what: "is not a line of this desk", fix }];
  });
}

function checkChats(outline: Outline): Problem[] {
  return outline.desks.flatMap((desk, index) => {
    const earlier = outline.desks.slice(0, index).find((other) => other.chat !== undefined && other.chat === desk.chat);
    if (!earlier) return [];
    const what = `is also the chat of the desk "${earlier.id}"`;
    return [{ path: renderPath(["desks", desk.id, "chat"]), what, fix: "give each desk its own chat" }];
  });
}

function checkTemplates(outline: Outline): Problem[] {
  return outline.templates.flatMap(({ name, provider }) => {
    const path = ["templates", name, provider];
    return checkName(path, provider, "provider", namesOf(outline.providers));
  });
}

function checkWebhook(outline: Outline): Problem[] {
  if (outline.updates !== "webhook" || outline.publicUrl?.startsWith("https://")) return [];
  const what = `${outline.publicUrl === undefined ? "is missing" : "must begin with https://"}: Telegram's webhook needs it`;
  return [
    {
      path: "server.publicUrl",
      what,
      fix: 'give the https address of this server, or set telegram.updates to "polling"',
    },
  ];
}

function checkName(
  path: readonly PropertyKey[],
  name: string | undefined,
  thing: "provider" | "desk",
  known: readonly string[],
): Problem[] {
  if (name === undefined || known.includes(name)) return [];
  const nearest = findNearest(name, known);
  const fix = nearest === undefined ? `there are: ${known.join(", ") || "none"}` : `did you mean "${nearest}"?`;
  return [{ path: renderPath(path), what: `there is no ${thing} of this name`, fix }];
}

function namesOf(entries: readonly { readonly id: string }[]): readonly string[] {
  return entries.map((entry) => entry.id);
}

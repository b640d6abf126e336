import { isIP } from "node:net";
import { requireKind } from "../providers/index.ts";
import { deskHours } from "../telegram/hours/config.ts";
import type { Outline } from "./outline.ts";
import { type Problem, renderPath } from "./problem.ts";
import { type Config, inboxTokenOf } from "./resolve.ts";
import { idleRules } from "./rules.ts";

/** What works, and is probably not what was wanted. */
export function warningsOf(config: Config, outline: Outline): Problem[] {
  return [
    ...awayForNothing(config),
    ...unencrypted(config),
    ...outline.providers
      .filter(({ id }) => !outline.lines.some((line) => line.provider === id))
      .map(({ id }) => ({ path: renderPath(["providers", id]), what: "serves no line" })),
    ...deafProviders(config),
    ...idleRules(config),
    ...openDoors(config),
  ];
}

function unencrypted(config: Config): Problem[] {
  const addresses = [
    { path: ["telegram", "apiRoot"], url: config.telegram.apiRoot },
    ...Object.entries(config.providers).map(([id, provider]) => ({
      path: ["providers", id, "baseUrl"],
      url: provider.baseUrl,
    })),
    { path: ["server", "publicUrl"], url: config.server.publicUrl },
  ];
  return addresses
    .filter(({ url }) => url?.startsWith("http://") && !isLoopback(new URL(url).hostname))
    .map(({ path }) => ({
      path: renderPath(path),
      what: "is not encrypted: whoever is on the way reads passwords and SMS",
      fix: "use https:// if there is such an address",
    }));
}

/** A panel that only pushes, without the word by which its pushes are known. */
function deafProviders(config: Config): Problem[] {
  return Object.entries(config.providers)
    .filter(
      ([, provider]) => "inboxToken" in requireKind(provider.kind).config.shape && inboxTokenOf(provider) === undefined,
    )
    .map(([id]) => ({
      path: renderPath(["providers", id, "inboxToken"]),
      what: "is missing, so that no SMS comes in from this panel",
      fix: "take a long random word: openssl rand -hex 24",
    }));
}

/** An away text of a desk that never closes. */
function awayForNothing({ desks, timeZone }: Config): Problem[] {
  return Object.entries(desks)
    .filter(([, desk]) => desk.away !== undefined && deskHours(desk, timeZone) === undefined)
    .map(([id]) => ({
      path: renderPath(["desks", id, "away"]),
      what: "is never sent, because the desk is always open",
      fix: 'set its hours: "hours": { "sat-wed": "9-17", "thu": "9-13" }',
    }));
}

function openDoors({ server }: Config): Problem[] {
  const problems: Problem[] = [];
  if (server.adminToken === undefined && !isLoopback(server.host)) {
    const fix = "set it to a long random word, or let a reverse proxy keep /metrics inside";
    problems.push({ path: "server.adminToken", what: "is missing, so that anyone can read /metrics", fix });
  }
  if (server.trustProxy === true) {
    const fix = "give the number of proxies in front, usually 1";
    problems.push({ path: "server.trustProxy", what: "lets any caller pretend to have any address", fix });
  }
  return problems;
}

/** Whether nobody but this machine can call it. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, "");
  return plain === "localhost" || plain === "::1" || (isIP(plain) === 4 && plain.startsWith("127."));
}

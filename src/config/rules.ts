import { foldNumber } from "../core/model/phone.ts";
import { isMobile, notMobile } from "../core/model/sender-pattern.ts";
import type { DeskConfig } from "../telegram/config.ts";
import { type Problem, renderPath } from "./problem.ts";
import type { Config } from "./resolve.ts";

type RuleConfig = DeskConfig["rules"][number];

/** Rules that can never match, because an earlier one of their desk takes whatever they would. */
export function idleRules(config: Config): Problem[] {
  return Object.entries(config.desks).flatMap(([id, { rules }]) =>
    rules.flatMap((rule, index) => {
      const earlier = rules.slice(0, index).findIndex((other) => takesAllOf(other, rule));
      if (earlier < 0) return [];
      const what = `can never match: rules[${earlier}] takes all that it would`;
      return [{ path: renderPath(["desks", id, "rules", index]), what, fix: "put it before that one, or take it out" }];
    }),
  );
}

function takesAllOf(earlier: RuleConfig, later: RuleConfig): boolean {
  const isLine = earlier.line === undefined || foldNumber(earlier.line) === foldNumber(later.line ?? "");
  const isPattern = earlier.pattern === undefined || earlier.pattern === later.pattern;
  return isLine && isPattern && takesSenders(sendersOf(earlier), sendersOf(later));
}

function takesSenders(earlier: readonly string[], later: readonly string[]): boolean {
  if (earlier.length === 0) return true;
  return later.length > 0 && later.every((sender) => earlier.some((other) => takesSender(other, sender)));
}

function takesSender(wide: string, narrow: string): boolean {
  if (foldNumber(wide).toLowerCase() === foldNumber(narrow).toLowerCase()) return true;
  if (wide === notMobile) return isSurelyNotMobile(narrow);
  return wide.endsWith("*") && narrow !== notMobile && narrow.startsWith(wide.slice(0, -1));
}

/** Of a beginning, only where every number that begins so is a service line, or where it begins a name. */
function isSurelyNotMobile(sender: string): boolean {
  const start = sender.endsWith("*") ? sender.slice(0, -1) : undefined;
  return start === undefined ? !isMobile(foldNumber(sender)) : /^(?:[1-9]000|\p{L})/u.test(start);
}

function sendersOf({ sender }: RuleConfig): readonly string[] {
  return [sender ?? []].flat();
}

import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, onTestFinished } from "vitest";
import type { Log } from "../../src/core/ports/log.ts";
import { folderVariable } from "./global-setup.ts";
import type { TranscriptRecord } from "./leaks.ts";

/**
 * What a test's bridge, server or command wrote, together with the secrets that it was given. It is looked through when the whole
 * run is over: a secret of one test may not stand in the transcript of any.
 */
export interface Transcript {
  /** A log that keeps every line, beneath the redactor, and hands it on. */
  logTo(log: Log): Log;
  logged(text: string): void;
  shown(text: string): void;
  secret(...secrets: readonly (string | undefined)[]): void;
  /** Everything in a configuration that stands under a secret's name, or in an address. */
  secretsOf(config: unknown): void;
  personal(...texts: readonly string[]): void;
  /** Metrics and the pages about health of a bridge that listens there. */
  pagesOf(url: string, authorization?: string): Promise<void>;
}

/** Opened first, for what is opened first ends last. */
export function openTranscript(): Transcript {
  const test = expect.getState().currentTestName ?? "a test";
  const parts = { logged: [] as string[], shown: [] as string[] };
  const secrets = new Set<string>();
  const personal = new Set<string>();
  onTestFinished(() => {
    const folder = process.env[folderVariable];
    if (folder === undefined) throw new Error(`${folderVariable} is not set: vitest.config.ts names its global set-up`);
    const record: TranscriptRecord = {
      test,
      logged: parts.logged.join("\n"),
      shown: parts.shown.join("\n"),
      secrets: [...secrets],
      personal: [...personal],
    };
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(record));
  });

  const add = (into: Set<string>, texts: readonly (string | undefined)[]) => {
    for (const text of texts) if (text !== undefined && text !== "") into.add(text);
  };
  const transcript: Transcript = {
    logTo(log) {
      const at = (level: "debug" | "info" | "warn" | "error") => (facts: object, message: string) => {
        parts.logged.push(`${level} ${message} ${inspect(facts, { depth: 10, maxStringLength: null })}`);
        log[level](facts, message);
      };
      const kept: Log = {
        debug: at("debug"),
        info: at("info"),
        warn: at("warn"),
        error: at("error"),
        child(facts) {
          parts.logged.push(inspect(facts));
          return transcript.logTo(log.child(facts));
        },
      };
      return kept;
    },
    logged: (text) => void parts.logged.push(text),
    shown: (text) => void parts.shown.push(text),
    secret: (...given) => add(secrets, given),
    secretsOf: (config) => add(secrets, secretsIn(config)),
    personal: (...given) => add(personal, given),
    async pagesOf(url, authorization) {
      const headers = authorization === undefined ? {} : { authorization };
      const read = async (path: string) => (await fetch(url + path, { headers })).text();
      const [metrics = "", ...pages] = await Promise.all(["/metrics", "/healthz", "/readyz"].map(read));
      parts.logged.push(metrics);
      parts.shown.push(...pages);
    },
  };
  return transcript;
}

/** Written for this test alone, so that what the product forgets to hide is not forgotten here too. */
function secretsIn(value: unknown, name = ""): string[] {
  if (typeof value === "string") {
    const login = /^\w+:\/\/[^/@]*:([^/@]+)@/.exec(value)?.[1];
    return [...(/token|password|key|secret/i.test(name) ? [value] : []), ...(login === undefined ? [] : [login])];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => secretsIn(field, key));
}

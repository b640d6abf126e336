import type { Redactor } from "../../support/redact.ts";
import { foldWords } from "../fold.ts";
import type { ExitCode } from "../io.ts";
import { type Finding, renderFinding, renderHead } from "./finding.ts";
import { visible } from "./visible.ts";

/** As wide as a terminal usually is; words longer than that stay whole. */
const width = 88;
const indent = "    ";

/** What a program reads: `chapar check --json`. Fields may be added, none is renamed or dropped. */
export interface CheckDocument {
  /** Nothing is bad. */
  readonly ok: boolean;
  readonly exitCode: ExitCode;
  readonly findings: readonly Finding[];
  /** With `--show-unreadable`: what panels handed over and nobody could read, as it came. */
  readonly unreadable?: readonly { readonly provider: string; readonly at: string; readonly raw: string }[] | undefined;
}

export function exitCodeOf(findings: readonly Finding[]): ExitCode {
  return findings.some(({ kind }) => kind === "bad") ? 2 : 0;
}

/** What was found as one JSON document, without secrets. */
export function renderDocument(
  findings: readonly Finding[],
  redactor: Redactor,
  more: { readonly unreadable?: CheckDocument["unreadable"] } = {},
): string {
  const exitCode = exitCodeOf(findings);
  const document: CheckDocument = { ok: exitCode === 0, exitCode, findings, ...more };
  return JSON.stringify(redactor.value(document), null, 2);
}

/**
 * What a person reads, without secrets: each finding's own line begins with its sign, and why it matters stands below it. On a
 * terminal what to do stands there, too; elsewhere it ends the line, `— what to do`, for whoever looks for lines.
 * What is wrong comes last, where the eye is when the command has ended; `between` stands before it.
 */
export function renderReport(
  findings: readonly Finding[],
  { redactor, isTerminal, between }: { redactor: Redactor; isTerminal: boolean; between: readonly string[] },
): readonly string[] {
  const faults = findings.filter(({ kind }) => kind === "bad");
  const others = findings.filter(({ kind }) => kind !== "bad");
  const plain = (text: string) => visible(redactor.text(text));
  const render = (finding: Finding) => (isTerminal ? renderBroad(finding, plain) : renderForTools(finding, plain));
  return [
    ...others.flatMap(render),
    ...between,
    ...faults.flatMap((fault) => ["", ...render(fault)]),
    "",
    sumUp(faults.length),
  ];
}

type Plain = (text: string) => string;

function renderForTools(finding: Finding, plain: Plain): string[] {
  const { why } = finding;
  return [plain(renderFinding(finding)), ...(why === undefined ? [] : [`${indent}why: ${plain(why)}`])];
}

function renderBroad(finding: Finding, plain: Plain): string[] {
  const { why, advice } = finding;
  return [
    plain(renderHead(finding)),
    ...(why === undefined ? [] : set("why: ", plain(why))),
    ...(advice === undefined ? [] : set("do:  ", plain(advice))),
  ];
}

function sumUp(faults: number): string {
  if (faults === 0) return "all is well";
  return faults === 1 ? "1 thing is wrong" : `${faults} things are wrong`;
}

/** Broken into lines and set in, so that the signs at the left are easy to find. */
function set(label: string, text: string): string[] {
  const room = width - indent.length - label.length;
  return foldWords(text, room).map((line, at) => `${indent}${at === 0 ? label : " ".repeat(label.length)}${line}`);
}

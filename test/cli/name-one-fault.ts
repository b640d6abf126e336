import { expect } from "vitest";
import { z } from "zod";
import { findingCodes } from "../../src/cli/check/codes.ts";
import { panelKinds } from "../../src/sandbox/start.ts";
import { type Called, call, startWorld, type World } from "./start-world.ts";

const findingShape = z.strictObject({
  kind: z.enum(["good", "bad", "note"]),
  code: z.string().refine((code) => findingCodes.has(code)),
  subject: z.string().min(1),
  text: z.string().min(1),
  why: z.string().optional(),
  advice: z.string().optional(),
});
const documentShape = z.strictObject({
  ok: z.boolean(),
  exitCode: z.number(),
  findings: z.array(findingShape),
  unreadable: z.array(z.strictObject({ provider: z.string(), at: z.iso.datetime(), raw: z.string() })).optional(),
});

export type CheckedDocument = z.output<typeof documentShape>;

/** What `--json` wrote: one document of the documented shape, and nothing else. */
export function readDocument({ code, out }: Pick<Called, "code" | "out">): CheckedDocument {
  const document = documentShape.parse(JSON.parse(out));
  expect(document.exitCode).toBe(code);
  expect(document.ok).toBe(!document.findings.some(({ kind }) => kind === "bad"));
  return document;
}

export interface Named {
  readonly code: string;
  readonly subject: string;
  readonly advice: RegExp;
}

/** Runs the check in both forms, and holds it to one fault, this one, told alike in both and with exit code 2. */
export async function namesOne(file: string, { code, subject, advice }: Named): Promise<void> {
  const argv = ["check", "--config", file];
  const document = readDocument(await call([...argv, "--json"]));
  const faults = document.findings.filter(({ kind }) => kind === "bad");
  expect(faults).toEqual([
    {
      kind: "bad",
      code,
      subject,
      text: expect.any(String),
      why: expect.any(String),
      advice: expect.stringMatching(advice),
    },
  ]);
  expect(document.exitCode).toBe(2);

  const text = await call(argv);
  const lines = text.out.split("\n");
  const [marked = "", why = "", ...more] = lines.slice(lines.findIndex((line) => line.startsWith("✗")));
  expect(lines.filter((line) => line.startsWith("✗"))).toHaveLength(1);
  expect(marked).toMatch(advice);
  expect(why.trim()).toBe(`why: ${faults[0]?.why}`);
  expect(more.at(-1)).toBe("1 thing is wrong");
  expect(text.code).toBe(2);
}

export type Raw = ReturnType<World["bridgeConfig"]>;

export interface Fault extends Named {
  readonly name: string;
  /** Makes the one thing wrong: in the world, or in the configuration that it gives back. */
  readonly breaks: (world: World, raw: Raw) => unknown;
}

/** Makes a world with every panel, breaks the one thing in it, and holds the check to that; no panel has sent anything by then. */
export async function namesWhatBreaks(breaks: Fault["breaks"], named: Named): Promise<void> {
  const world = await startWorld({ panels: panelKinds });
  const raw = await breaks(world, world.bridgeConfig());
  if (isConfiguration(raw)) await world.configure(() => raw);
  await namesOne(world.file, named);
  expect([world.asanak.ledger, world.soapPanel.ledger, world.mydnspanel.ledger]).toEqual([[], [], []]);
}

function isConfiguration(value: unknown): value is object {
  return typeof value === "object" && value !== null && "providers" in value;
}

export function withLine(raw: Raw, line: string, provider: string): object {
  return { ...raw, lines: { ...raw.lines, [line]: { provider, desk: "support" } } };
}

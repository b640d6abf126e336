import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { PanelKind } from "../../src/sandbox/start.ts";
import { openTranscript } from "../transcripts/transcript.ts";
import { startChild, startWorld, type World } from "./start-world.ts";

export interface Unset extends World {
  /** Where set-up is to write; not there yet. */
  readonly folder: string;
  readonly answers: ReturnType<typeof rightAnswers>;
  /** Runs `chapar init` as a process of its own with these answers, to its end. */
  init(answers: object, ...argv: readonly string[]): Promise<{ code: number | null; text: string }>;
}

/** A world in which nothing is set up yet. */
export async function startUnset(kind: PanelKind = "asanak"): Promise<Unset> {
  const transcript = openTranscript();
  const world = await startWorld({ panels: [kind] });
  const place = await mkdtemp(join(tmpdir(), "chapar-init-"));
  onTestFinished(() => rm(place, { recursive: true, force: true }));
  const folder = join(place, "chapar");
  let count = 0;
  return {
    ...world,
    folder,
    answers: rightAnswers(world, kind),
    async init(answers, ...argv) {
      count += 1;
      transcript.secretsOf(answers);
      const file = join(place, `answers-${count}.json`);
      await writeFile(file, JSON.stringify(answers));
      const child = startChild(["init", "--dir", folder, "--answers", file, ...argv]);
      return { code: await child.ended, text: child.text() };
    },
  };
}

function rightAnswers(world: World, kind: PanelKind) {
  const { asanak, soapPanel, mydnspanel, telegram } = world;
  const login = ({ username, password }: { username: string; password: string }) => ({ username, password });
  const panels: Readonly<Record<PanelKind, Readonly<Record<string, string>>>> = {
    asanak: { ...login(asanak.account), baseUrl: asanak.url },
    "soap-panel": { ...login(soapPanel.account), baseUrl: soapPanel.url },
    mydnspanel: { apiKey: mydnspanel.account.apiKey, baseUrl: mydnspanel.url },
  };
  return {
    telegram: { token: telegram.token, apiRoot: telegram.url },
    server: { port: 0, publicUrl: "https://sms.example.com" },
    panel: { kind, ...panels[kind] },
    line: world.panels[0].lines[0],
    desk: { language: "en" },
  };
}

import { spawn } from "node:child_process";
import { once } from "node:events";

export interface CrashFigures {
  readonly kills: number;
  readonly verdict: string;
  readonly isHeld: boolean;
}

/** What is quoted of it where all is held: how it begins there, and in few words. */
const quoted = [
  ["SMS lost", "lost"],
  ["SMS sent twice, and nobody asked", "sent twice"],
  ["posts shown twice in a chat after", "post twice a kill"],
] as const;
/** A row of its table: figure, measured, bar, held. */
const row = /^\| (.+?) \| (.+?) \| .+? \| (yes|NO) \|$/gm;

/** `npm run crash` with fewer kills. Its exit code is the verdict; what it found is quoted from its table. */
export async function measureCrash(kills: number): Promise<CrashFigures> {
  const args = ["--import", "tsx", "crash/crash.ts", "--kills", String(kills)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  const isHeld = code === 0;
  return { kills, verdict: quote(figuresIn(text)) || `exit ${code}`, isHeld };
}

interface Figure {
  readonly figure: string;
  readonly measured: string;
  readonly isHeld: boolean;
}

/** What `npm run crash` printed of each figure. */
export function figuresIn(text: string): readonly Figure[] {
  return [...text.matchAll(row)].map(([, figure = "", measured = "", verdict]) => ({
    figure,
    measured,
    isHeld: verdict === "yes",
  }));
}

/** What was missed; where nothing was, the few figures that matter most. */
export function quote(figures: readonly Figure[]): string {
  const missed = figures.filter(({ isHeld }) => !isHeld).map(({ figure, measured }) => `${figure}: ${measured}`);
  if (missed.length > 0) return missed.join("; ");
  const told = quoted.flatMap(([start, words]) => {
    const found = figures.find(({ figure }) => figure.startsWith(start));
    return found ? [`${found.measured.split(" (")[0]} ${words}`] : [];
  });
  return told.join(", ");
}

import { spawn } from "node:child_process";
import { once } from "node:events";

export interface CrashFigures {
  readonly kills: number;
  readonly verdict: string;
  readonly isHeld: boolean;
}

const held = /│ '?(.+?)'?\s*│ '?(.+?)'?\s*│ '?(.+?)'?\s*│ '(yes|NO)'\s*│/g;

/** `npm run crash` with fewer kills. Its exit code is the verdict; what it found is quoted from its table. */
export async function measureCrash(kills: number): Promise<CrashFigures> {
  const args = ["--import", "tsx", "crash/crash.ts", "--kills", String(kills)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  const figures = [...text.matchAll(held)];
  const missed = figures
    .filter(([, , , , verdict]) => verdict === "NO")
    .map(([, figure, measured]) => `${figure}: ${measured}`);
  const isHeld = code === 0;
  const verdict = isHeld ? `${figures.length} figures, all held` : missed.join("; ") || `exit ${code}`;
  return { kills, verdict, isHeld };
}

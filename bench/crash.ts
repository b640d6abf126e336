import { spawn } from "node:child_process";
import { once } from "node:events";

export interface CrashFigures {
  readonly kills: number;
  readonly verdict: string;
  readonly isHeld: boolean;
}

/** What is quoted of it where all is held, by how it begins there. */
const quoted = ["SMS lost", "SMS sent twice", "posts shown twice in a chat"];
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
  const told = figuresIn(text).filter(({ words, isHeld: isOne }) =>
    isHeld ? quoted.some((name) => words.startsWith(name)) : !isOne,
  );
  const verdict = told.map(({ words }) => words).join("; ") || `exit ${code}`;
  return { kills, verdict, isHeld };
}

/** What `npm run crash` printed of each figure. */
export function figuresIn(text: string): readonly { words: string; isHeld: boolean }[] {
  return [...text.matchAll(row)].map(([, figure = "", measured = "", verdict]) => ({
    words: `${figure}: ${measured}`,
    isHeld: verdict === "yes",
  }));
}

import type { Clock } from "../../core/ports/clock.ts";

const everyMs = 3000;

/** Tells every few seconds how far it is, where that has changed. */
export interface Progress {
  accepted(count: number): void;
  settled(count: number): void;
}

export function createProgress(deps: {
  readonly clock: Clock;
  readonly say: (words: string) => void;
  readonly of: number;
}): Progress {
  const { clock, say, of } = deps;
  let toldAt = clock.now();
  let told = "";

  function tell(words: string): void {
    if (words === told || clock.now() - toldAt < everyMs) return;
    told = words;
    toldAt = clock.now();
    say(words);
  }

  return {
    accepted: (count) => tell(`${count} of ${of} stored`),
    settled: (count) => tell(`${count} of ${of} settled`),
  };
}

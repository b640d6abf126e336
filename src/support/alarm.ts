/** Something that happens at any time, and is told once, as soon as somebody listens. */
export interface Alarm {
  ring(): void;
  onRing(listener: () => void): void;
}

export function createAlarm(): Alarm {
  let ring: () => void = () => undefined;
  const rung = new Promise<void>((resolve) => {
    ring = resolve;
  });
  return { ring, onRing: (listener) => void rung.then(listener) };
}

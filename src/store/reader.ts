import type Keyv from "keyv";

interface Read {
  readonly key: string;
  resolve(text: string | undefined): void;
  reject(error: unknown): void;
}

/** keyv finds each answer by walking through all of them, so a group must stay small. */
const keysAtMost = 100;

/**
 * Reads rows by key. As with writes, what is asked for while a read is under way goes together in the next one: a lone read
 * waits for nothing, and many cost little more than one. A read sees all that was committed before it was asked for.
 */
export function createReader(keyv: Keyv<string>): (key: string) => Promise<string | undefined> {
  let queue: Read[] = [];
  let isDraining = false;

  async function drain(): Promise<void> {
    // One microtask, so that reads asked for in one breath go together.
    await undefined;
    while (queue.length > 0) {
      const group = queue.slice(0, keysAtMost);
      queue = queue.slice(keysAtMost);
      await readGroup(group);
    }
    isDraining = false;
  }

  async function readGroup(group: readonly Read[]): Promise<void> {
    try {
      const [only] = group;
      const texts =
        only && group.length === 1 ? [await keyv.get(only.key)] : await keyv.getMany(group.map((read) => read.key));
      for (const [place, read] of group.entries()) read.resolve(texts[place]);
    } catch (error) {
      for (const read of group) read.reject(error);
    }
  }

  return (key) =>
    new Promise((resolve, reject) => {
      queue.push({ key, resolve, reject });
      if (isDraining) return;
      isDraining = true;
      void drain();
    });
}

import { find } from "./dom.ts";
import type { Fail } from "./post.ts";

export interface SwitchDeps {
  /** Of the fieldset with the radios. */
  readonly id: string;
  readonly ask: (value: string) => Promise<unknown>;
  readonly fail: Fail;
}

/** Radios of which the world says which one holds. */
export function createSwitch({ id, ask, fail }: SwitchDeps) {
  const radios = [...find("fieldset", id).querySelectorAll("input")];
  let current = "";
  let asked = 0;

  function check(): void {
    for (const radio of radios) radio.checked = radio.value === current;
  }

  for (const radio of radios) {
    radio.addEventListener("change", async () => {
      asked += 1;
      const isDone = await ask(radio.value).then(() => true, fail);
      asked -= 1;
      if (!isDone && asked === 0) check();
    });
  }

  return {
    render(value: string): void {
      current = value;
      // The bridge takes its time to change; what a person has chosen does not jump back meanwhile.
      if (asked === 0) check();
    },
  };
}

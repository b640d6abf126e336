/** A button under the question whether a person is to be forgotten. */
export interface ForgetPress {
  readonly isYes: boolean;
  readonly id: string;
}

// Telegram keeps old buttons for ever: add, never change.
const form = /^f:([yn]):([A-Za-z0-9_-]{1,43})$/;

export function encodeForgetPress({ isYes, id }: ForgetPress): string {
  return `f:${isYes ? "y" : "n"}:${id}`;
}

export function parseForgetPress(given: string | undefined): ForgetPress | undefined {
  const [, letter, id] = form.exec(given ?? "") ?? [];
  return id === undefined ? undefined : { isYes: letter === "y", id };
}

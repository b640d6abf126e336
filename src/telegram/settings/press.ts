import { settingKinds } from "./kinds.ts";
import { type SettingKey, settingKeys } from "./overrides.ts";

/**
 * A button under the desk's settings: back to the list, how the desk moves to another chat, the choices of one setting, or a choice. Beside a setting's own codes a choice
 * is `asConfigured`, and of people `chosen`, who are the administrators at first, `+id` or `-id`.
 */
export type DeskPress =
  | { readonly kind: "list" }
  | { readonly kind: "move" }
  | { readonly kind: "choices"; readonly key: SettingKey }
  | { readonly kind: "choice"; readonly key: SettingKey; readonly code: string };

export const asConfigured = "=";
export const chosen = "chosen";

const mostBytes = 64;
/** No setting's letter. */
const move = "m";
const form = /^s(?::([a-z])(?::([\x20-\x7e]{1,60}))?)?$/;

/** Callback data; `undefined` where it would be longer than Telegram takes, as that of a long list in a configuration. */
export function encodeDeskPress(press: DeskPress): string | undefined {
  if (press.kind === "list") return "s";
  if (press.kind === "move") return `s:${move}`;
  const { letter } = settingKinds[press.key];
  const encoded = press.kind === "choices" ? `s:${letter}` : `s:${letter}:${press.code}`;
  return encoded.length <= mostBytes ? encoded : undefined;
}

export function parseDeskPress(given: string | undefined): DeskPress | undefined {
  const [whole, letter, code] = form.exec(given ?? "") ?? [];
  if (whole === undefined) return undefined;
  if (letter === undefined) return { kind: "list" };
  if (letter === move) return code === undefined ? { kind: "move" } : undefined;
  const key = settingKeys.find((one) => settingKinds[one].letter === letter);
  if (key === undefined) return undefined;
  return code === undefined ? { kind: "choices", key } : { kind: "choice", key, code };
}

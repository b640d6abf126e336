import type { DeskSettings, Language, Texts } from "../types.ts";

/** Whatever is asked of it is answered in the language that the desk has at that moment. */
export function createLiveTexts(
  settings: Pick<DeskSettings, "language">,
  texts: Readonly<Record<Language, Texts>>,
): Texts {
  return new Proxy(texts[settings.language], { get: (_, name) => Reflect.get(texts[settings.language], name) });
}

import type { PageLanguage, PageWords } from "./words.ts";

/** Fills `{{key}}` in a template, escaped; `words` is all of them as JSON, for the script. Throws where there is no such word. */
export function renderPage(template: string, language: PageLanguage, words: PageWords): string {
  const values: PageWords = {
    ...words,
    language,
    direction: language === "fa" ? "rtl" : "ltr",
    "other-language": language === "fa" ? "en" : "fa",
    words: JSON.stringify(words),
  };
  return template.replace(/\{\{([\w-]+)\}\}/g, (_whole, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`the page has no word "${key}" in ${language}`);
    return escapeHtml(value);
  });
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (char) => entities[char] ?? char);
}

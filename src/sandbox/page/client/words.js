// The words of the page's language, which the server put on the page.
const words = JSON.parse(document.documentElement.dataset.words ?? "{}");
const { lang } = document.documentElement;

/** The sentence with this key, `{name}` filled in. Numbers are isolated, so that they stand whole in a line from right to left. */
export function say(key, values = {}) {
  const sentence = words[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? `\u2068${values[name]}\u2069` : whole));
}

/** A number as people write it, whole and from left to right in any line: `0912 123 4567`, `021 6406 3188`. */
export function spellNumber(number) {
  const home = number.replace(/^98(?=\d{10}$)/, "0");
  const spelled = home.startsWith("09")
    ? home.replace(/^(\d{4})(\d{3})(\d{4})$/, "$1 $2 $3")
    : home.replace(/^(0[1-8]\d)(\d{4})(\d{4})$/, "$1 $2 $3");
  return `\u2066${spelled.replaceAll(" ", "\u00a0")}\u2069`;
}

const clock = new Intl.DateTimeFormat(lang === "fa" ? "fa-IR" : "en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const exactClock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

export const spellTime = (epochMs) => clock.format(epochMs);
export const spellExactTime = (epochMs) => exactClock.format(epochMs);

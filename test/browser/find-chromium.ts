import { existsSync } from "node:fs";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where the browser is: `CHROMIUM`, or where a system has it. Throws a sentence that says what to install. */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM names ${named}, and there is no such file.`);
  }
  const found = usual.find((file) => existsSync(file));
  if (found) return found;
  throw new Error(
    "The browser test needs Chromium: apt-get install chromium fonts-noto-core fonts-noto-color-emoji, or set CHROMIUM to where it is.",
  );
}

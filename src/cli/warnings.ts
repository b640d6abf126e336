/** From now on Node prints no warning whose words match one of these; nobody who reads them could do anything about it. */
export function hideWarnings(patterns: readonly RegExp[]): void {
  const printers = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (patterns.some((pattern) => pattern.test(warning.message))) return;
    for (const print of printers) print(warning);
  });
}

// Before anything is built: without a browser there is nothing to test with.
import { findChromium } from "./find-chromium.ts";

try {
  findChromium();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

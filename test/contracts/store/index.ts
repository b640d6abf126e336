import { describe } from "vitest";
import { testBroken } from "./broken.ts";
import { testClaims } from "./claims.ts";
import { testClosing } from "./closing.ts";
import { testExpiry } from "./expiry.ts";
import { testRanges } from "./ranges.ts";
import { testRecords } from "./records.ts";
import { createOpenSamples, type OpenStore } from "./samples.ts";
import { testWrites } from "./writes.ts";

/** What every store must do, whichever driver is behind it. `open` gives an empty store. */
export function testStore(name: string, open: OpenStore): void {
  const openSamples = createOpenSamples(open);
  describe(`store contract: ${name}`, () => {
    testRecords(openSamples);
    testWrites(openSamples);
    testExpiry(openSamples);
    testRanges(openSamples);
    testClaims(openSamples);
    testBroken(openSamples);
    testClosing(openSamples);
  });
}

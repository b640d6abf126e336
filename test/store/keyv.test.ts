import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { testStore } from "../contracts/store/index.ts";

let folder: string;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chapar-store-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

testStore("sqlite", (deps) => openStore(`sqlite://data/${count++}.sqlite`, { ...deps, baseDir: folder }));

// After tsc: puts the files that are no TypeScript at the same relative places in dist, and makes the command executable.
import { chmod, cp, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../src/", import.meta.url));
const target = fileURLToPath(new URL("../dist/", import.meta.url));
const extensions = new Set([".ftl", ".json", ".wsdl", ".html", ".css", ".svg"]);

for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !extensions.has(extname(entry.name)) || entry.name === "tsconfig.json") continue;
  const file = join(entry.parentPath, entry.name).slice(source.length);
  await cp(join(source, file), join(target, file));
}
await chmod(join(target, "cli.js"), 0o755);

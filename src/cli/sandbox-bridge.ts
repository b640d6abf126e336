import { rmSync } from "node:fs";
import { join } from "node:path";
import { createIo } from "./io.ts";
import { main } from "./main.ts";

/**
 * The bridge of a sandbox: `chapar run` in a process of its own. When the sandbox is gone, however it went, nobody is left who
 * could stop this process and remove its folder; so it does both itself.
 */
const [folder = "", level = "warn"] = process.argv.slice(2);
// Started by hand it would take whatever folder it was given for its own, and remove it.
if (process.connected === undefined) {
  process.stderr.write("chapar: this is for `chapar sandbox` alone\n");
  process.exit(2);
}
process.umask(process.umask() | 0o077);
process.once("disconnect", leave);
if (!process.connected) leave();
process.exit(await main(["run", "--config", join(folder, "config.json"), "--log-level", level], createIo()));

function leave(): void {
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
}

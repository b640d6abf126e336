#!/usr/bin/env node
import { createIo } from "./cli/io.ts";
import { main } from "./cli/main.ts";
import { hideWarnings } from "./cli/warnings.ts";

// Stores hold customers' texts: what a command writes is for its own user alone.
process.umask(process.umask() | 0o077);
hideWarnings([/^SOCKS5 proxy support is experimental/]);
process.exit(await main(process.argv.slice(2), createIo()));

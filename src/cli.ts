#!/usr/bin/env node
import { createIo } from "./cli/io.ts";
import { main } from "./cli/main.ts";

process.exit(await main(process.argv.slice(2), createIo()));

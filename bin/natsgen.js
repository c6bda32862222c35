#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const cli = new URL("../dist/generator/cli/main.js", import.meta.url);

if (existsSync(fileURLToPath(cli))) {
  const { main } = await import(cli.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write("natsgen: not built yet: run `npm ci` or `npm run build` in its folder\n");
  process.exitCode = 2;
}

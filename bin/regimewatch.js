#!/usr/bin/env node
// In a checkout the program is compiled on first use; the published package brings dist/ along.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = new URL('../dist/cli/main.js', import.meta.url);

if (!existsSync(main) && existsSync(new URL('../tsconfig.build.json', import.meta.url))) {
  process.stderr.write('regimewatch: first use, compiling ...\n');
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
// A loop over mass() calls sinh and sin in turn: with V8's own budget for inlining it boxes numbers half-way.
setFlagsFromString('--max-inlined-bytecode-size-cumulative=5000');
await import(main.href);

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the package: where package.json, pipelines/ and samples/ are, both in a checkout and when installed. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

export const version = (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string })
  .version;

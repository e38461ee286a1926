import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../operators/problem.js';

export interface PageFile {
  readonly type: string;
  readonly text: Buffer;
}

const SCRIPT = 'text/javascript; charset=utf-8';
const { resolve } = createRequire(import.meta.url);

/** File of an installed package, whatever the package says that it exports. */
function packageFile(name: string, path: string): string {
  let folder = dirname(resolve(name));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, path);
}

const VENDOR: Readonly<Record<string, readonly [name: string, path: string, type: string]>> = {
  'd3.min.js': ['d3', 'dist/d3.min.js', SCRIPT],
  'plot.umd.min.js': ['@observablehq/plot', 'dist/plot.umd.min.js', SCRIPT],
  'uPlot.iife.min.js': ['uplot', 'dist/uPlot.iife.min.js', SCRIPT],
  'uPlot.min.css': ['uplot', 'dist/uPlot.min.css', 'text/css; charset=utf-8'],
};

/** Folder of the compiled client: beside this file, or in dist/ while this is TypeScript. */
function clientFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const folder = [join(here, 'client'), join(here, '../../dist/sinks/page/client')].find((each) =>
    existsSync(join(each, 'main.js')),
  );
  if (folder === undefined) throw new Problem(1, 'page: its compiled client is missing; run npm run build');
  return folder;
}

/** What the page loads beside itself: modules of the client by path, and libraries; undefined: there is no such file. */
export function pageFiles(): {
  client: (path: string) => Promise<PageFile | undefined>;
  vendor: (name: string) => Promise<PageFile | undefined>;
} {
  const folder = clientFolder();
  const read = new Map<string, Promise<PageFile>>();
  const once = (file: string, type: string): Promise<PageFile> => {
    let found = read.get(file);
    if (!found) read.set(file, (found = readFile(file).then((text) => ({ type, text }))));
    return found;
  };
  return {
    client: async (path) => {
      if (!/^(?:[a-z0-9_]+\/)*[a-z0-9_]+\.js$/.test(path)) return undefined;
      const file = join(folder, path);
      return existsSync(file) ? once(file, SCRIPT) : undefined;
    },
    vendor: async (name) => {
      const known = Object.hasOwn(VENDOR, name) ? VENDOR[name] : undefined;
      return known && once(packageFile(known[0], known[1]), known[2]);
    },
  };
}

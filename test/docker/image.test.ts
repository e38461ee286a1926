import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratch } from '../support/scratch.js';
import { root, textOf } from './files.js';

/** Instructions with their lines joined, comments left out. */
const instructions = textOf('docker/Dockerfile')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const of = (name: string) =>
  instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim());
const allowed = textOf('docker/Dockerfile.dockerignore')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

describe('the image', () => {
  test('is built of a fixed version, for users without rights', () => {
    expect(of('FROM')[0]).toMatch(/^node:22\.\d+\.\d+-bookworm-slim AS base$/);
    expect(of('FROM').slice(1)).toEqual(['base AS build', 'base AS modules', 'base']);
    expect(of('USER')).toEqual(['node']);
    expect(instructions.indexOf('USER node')).toBeGreaterThan(
      instructions.findLastIndex((line) => line.startsWith('COPY')),
    );
  });

  test('copies what is there and reaches the build', () => {
    const copied = of('COPY').filter((line) => !line.startsWith('--from='));
    for (const line of copied) {
      const sources = line.split(' ').slice(0, -1);
      for (const source of sources.filter((one) => one !== '.')) {
        expect(existsSync(new URL(source, root)), source).toBe(true);
        expect(
          allowed.some((path) => source === path || source.startsWith(`${path}/`)),
          source,
        ).toBe(true);
      }
    }
    for (const path of allowed) expect(existsSync(new URL(path, root)), path).toBe(true);
  });

  test('has all that the program is compiled from, and that the package ships', () => {
    const { include } = JSON.parse(textOf('tsconfig.build.json')) as { include: string[] };
    for (const pattern of include) expect(allowed, pattern).toContain(pattern.split('/')[0]);
    const { files } = JSON.parse(textOf('package.json')) as { files: string[] };
    const copied = of('COPY').flatMap((line) => line.split(' ').filter((part) => !part.startsWith('--')));
    for (const file of files.filter((name) => !name.startsWith('!') && !name.endsWith('.md')))
      expect(
        copied.map((path) => path.replace('/regimewatch/', '')),
        file,
      ).toContain(file);
  });

  test('has none of its own secrets and none of the tests', () => {
    for (const path of ['test', '.git', '.ci', 'out', 'docs', 'node_modules', 'dist'])
      expect(allowed).not.toContain(path);
  });

  test('starts the program that the package names', () => {
    const { bin } = JSON.parse(textOf('package.json')) as { bin: Record<string, string> };
    expect(of('ENTRYPOINT')).toEqual([JSON.stringify(['node', bin['regimewatch']]).replace(',', ', ')]);
    expect(of('HEALTHCHECK')[0]).toContain('/healthz');
  });
});

test('the steps that prune leave the libraries of this platform, and no types or maps', () => {
  const folder = scratch();
  const onnx = 'node_modules/onnxruntime-node/bin/napi-v6';
  const kept = [`${onnx}/linux/${process.arch}/lib.so.1`, 'node_modules/a/index.js', 'node_modules/a/lib/b.mjs'];
  const gone = [
    ...['linux/other/lib.so.1', 'darwin/arm64/lib.dylib', 'win32/x64/lib.dll', `win32/${process.arch}/lib.dll`].map(
      (path) => `${onnx}/${path}`,
    ),
    ...['index.js.map', 'index.d.ts', 'index.d.mts', 'lib/index.d.cts'].map((path) => `node_modules/a/${path}`),
  ];
  for (const path of [...kept, ...gone]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  for (const step of of('RUN').filter((line) => line.startsWith('find '))) {
    const { status, stderr } = spawnSync('sh', ['-c', step], { cwd: folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  }
  const left = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  expect(left.sort()).toEqual(kept.sort());
});

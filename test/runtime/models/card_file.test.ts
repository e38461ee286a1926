import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadCard, parseCard } from '../../../runtime/models/card_file.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';

const fixtures = fileURLToPath(new URL('../../fixtures/models/', import.meta.url));
const base = readFileSync(join(fixtures, 'base.card.yaml'), 'utf8');
const wrong = parse(readFileSync(join(fixtures, 'wrong.yaml'), 'utf8')) as {
  readonly what: string;
  readonly find: string;
  readonly put: string;
  readonly message: string;
}[];

describe('a wrong card is refused in one line, with its place and the nearest right name', () => {
  test.each(wrong)('$what', async ({ find, put, message }) => {
    expect(base.split(find).length).toBeGreaterThan(1);
    const problem = await problemOf(() =>
      parseCard(
        base.replace(find, () => put),
        'c.yaml',
      ),
    );
    expect(problem.message).toBe(message);
    expect(problem.exitCode).toBe(2);
  });
});

test('a card knows its folder, its model file and where its entries stand', async () => {
  const file = join(fixtures, 'base.card.yaml');
  const loaded = await loadCard(file);
  expect(loaded.card.inputs.map(({ name }) => name)).toEqual(['pt1', 'pt2', 'deta', 'total']);
  expect(loaded.card.tensor.type).toBe('float32');
  expect(`${loaded.folder}/`).toBe(fixtures);
  expect(loaded.file).toBe(join(fixtures, 'linear.onnx'));
  expect(loaded.locate(['inputs', 1, 'uncertainty'])).toBe(`${file}:17: inputs.1.uncertainty`);
  expect(loaded.locate([])).toBe(`${file}: card`);
});

test('the hash is that of the content', () => {
  const { hash } = parseCard(base, 'c.yaml');
  expect(parseCard(`# a comment\n${base.replace('0.02 }', '2.0e-2 }')}`, 'elsewhere/d.yaml').hash).toBe(hash);
  expect(parseCard(base.replace('0.02 }', '0.03 }'), 'c.yaml').hash).not.toBe(hash);
});

test('a file that is no card says so', async () => {
  const folder = scratch();
  expect((await problemOf(() => loadCard(join(folder, 'none.yaml')))).message).toMatch(
    /^card .*none\.yaml: no such file$/,
  );
  expect((await problemOf(() => loadCard(folder))).message).toMatch(/^card .*: is a directory$/);
  const empty = join(folder, 'empty.yaml');
  writeFileSync(empty, '');
  expect((await problemOf(() => loadCard(empty))).message).toMatch(/: is empty: give a card file \(YAML\)$/);
});

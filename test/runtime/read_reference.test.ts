import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readReference } from '../../runtime/read_reference.js';
import { makeReport } from '../fixtures/report/make.js';
import { problemOf } from '../support/problem_of.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const report = makeReport({ events: 200 });
const written = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

test('a report is read as it was written', async () => {
  const path = written('report.json', JSON.stringify(report, null, 1));
  expect(await readReference(path)).toEqual({ path, report });
});

test.each([
  ['nowhere.json', null, 'no such file'],
  ['folder', null, 'is a folder'],
  ['text.json', 'no JSON', 'is no JSON'],
  ['cut.json', JSON.stringify(report).slice(0, 500), 'is no JSON'],
  ['list.json', '[]', 'is no report of this version: Invalid input: expected object, received array'],
  ['other.json', '{"pipeline": 5}', 'is no report of this version: pipeline: Invalid input: expected string'],
  ['odd.json', JSON.stringify({ ...report, odd: 1 }), 'is no report of this version: Unrecognized key: "odd"'],
])('%s is a line and exit code 3', async (name, content, words) => {
  if (name === 'folder') mkdirSync(join(folder, name));
  const path = content === null ? join(folder, name) : written(name, content);
  const { exitCode, message } = await problemOf(() => readReference(path));
  expect(exitCode).toBe(3);
  expect(message).toContain(`reference ${path}: ${words}`);
  expect(message).toMatch(/; give the report.json of a replay$/);
});

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { complaint, root, run } from '../support/program.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

test('without a pipeline it writes those that come with the program: dashboards/generated', async () => {
  const out = join(folder, 'all');
  expect(await run('dashboards', '--out', out)).toMatchObject({ code: 0, stderr: '' });
  expect(filesIn(out)).toEqual(filesIn(join(root, 'dashboards/generated')));
  const rules = 'prometheus-rules.yaml';
  expect(readFileSync(join(out, rules), 'utf8')).toBe(readFileSync(join(root, 'dashboards/generated', rules), 'utf8'));
});

test('--set changes limits and names', async () => {
  const out = join(folder, 'set');
  const { stdout } = await run(
    ...['dashboards', 'pipelines/dilepton.yaml', '--out', out],
    ...['--set', 'alerts.bias=0.0321', '--set', 'pipeline=mine'],
  );
  expect(stdout).toBe(`mine: 9 files in ${out}\n`);
  expect(readFileSync(join(out, 'grafana/regimewatch-mine-overview.json'), 'utf8')).toContain('0.0321');
  expect(readFileSync(join(out, 'prometheus-rules.yaml'), 'utf8')).toContain('0.0321');
});

test('a mistake is one line that says what to do, and nothing is written', async () => {
  const out = join(folder, 'none');
  const twice = await complaint('dashboards', 'pipelines/dilepton.yaml', 'pipelines/dilepton.yaml', '--out', out);
  expect(twice).toMatchObject({ code: 2, line: expect.stringContaining('pipeline dilepton: given twice') as string });
  expect(existsSync(out)).toBe(false);
  writeFileSync(join(folder, 'file'), '');
  const { code, line } = await complaint('dashboards', 'pipelines/dilepton.yaml', '--out', join(folder, 'file'));
  expect(code).toBe(1);
  expect(line).toMatch(/cannot be written/);
});

test('what is in the folder already is written over', async () => {
  const out = join(folder, 'again');
  mkdirSync(join(out, 'grafana'), { recursive: true });
  const path = join(out, 'grafana', 'regimewatch-dilepton-overview.json');
  writeFileSync(path, 'old');
  await run('dashboards', 'pipelines/dilepton.yaml', '--out', out);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ uid: 'regimewatch-dilepton-overview' });
});

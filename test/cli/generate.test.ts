import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../schemas/report.js';
import { complaint, run } from '../support/program.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const DILEPTON = 'pipelines/dilepton.yaml';

describe('generate writes what replay reads', () => {
  const states = new Map<string, string>();

  test.each(['arrow', 'parquet', 'csv', 'lhe', 'lhe.gz'])('%s', async (ending) => {
    const file = join(folder, `made.${ending}`);
    const made = await run('generate', DILEPTON, '--events', '1200', '--out', file);
    expect(made).toMatchObject({ code: 0, stdout: `${file}: 1200 events\n`, stderr: '' });
    const { code, stdout } = await run('replay', DILEPTON, file, '--format', 'json');
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report.events).toEqual({ read: 1200, used: 1200, rejected: {}, late: 0, duplicate: 0 });
    const told = report.notes.filter((note) => note.startsWith('fast reconstruction'));
    expect(told).toHaveLength(ending.startsWith('lhe') ? 1 : 0);
    states.set(ending, report.stateHash);
  });

  test('the tables hold the same numbers', () => {
    expect(states.get('arrow')).toBe(states.get('csv'));
    expect(states.get('parquet')).toBe(states.get('csv'));
  });

  test('the same seed gives the same bytes, another does not', async () => {
    const [again, other] = [join(folder, 'again.arrow'), join(folder, 'other.arrow')];
    await run('generate', DILEPTON, '--events', '1200', '--out', again);
    await run('generate', DILEPTON, '--events', '1200', '--out', other, '--set', 'generator.seed=2');
    expect(readFileSync(again).equals(readFileSync(join(folder, 'made.arrow')))).toBe(true);
    expect(readFileSync(other).equals(readFileSync(again))).toBe(false);
  });
});

test('a pipeline of other columns, and a file that cannot be written', async () => {
  const wrong = await complaint(
    'generate',
    'pipelines/dilepton-data.yaml',
    '--events',
    '5',
    '--out',
    join(folder, 'x.csv'),
  );
  expect(wrong.line).toMatch(/^pipelines\/dilepton-data\.yaml:\d+: columns\.pt1: the generator makes no such column/);
  expect(wrong.code).toBe(2);
  const unwritable = await complaint('generate', DILEPTON, '--events', '5', '--out', join(folder, 'no', 'x.csv'));
  expect(unwritable.line).toContain('x.csv: cannot be written: ');
  expect(unwritable.code).toBe(1);
});

describe('check', () => {
  test.each(['pipelines/dilepton.yaml', 'pipelines/dilepton-data.yaml', 'test/fixtures/pipelines/base.yaml'])(
    '%s: the plan',
    async (file) => {
      const { code, stdout, stderr } = await run('check', file);
      expect([code, stderr]).toEqual([0, '']);
      for (const part of [
        'columns',
        'formulas, in order of need',
        'context',
        'regimes: ',
        'windows: ',
        'models: off',
        'probes: off',
        'alerts: mean of the core beyond 0.005',
      ]) {
        expect(stdout).toContain(`\n${part}`);
      }
    },
  );

  test('a cycle in the formulas, with its line', async () => {
    const { code, line } = await complaint(
      'check',
      DILEPTON,
      '--set',
      'define.m_truth=2 * m_reco',
      '--set',
      'define.m_reco=m_truth',
    );
    expect(line).toMatch(/define: cycle m_truth → m_reco → m_truth$/);
    expect(code).toBe(2);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { reportSchema, type ReferenceReport, type Report } from '../../schemas/report.js';
import { complaint, run } from '../support/program.js';
import { lasting } from '../support/replay.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const BASE = ['pipelines/dilepton.yaml', '--set', 'weight=none', '--set', 'objects=none', '--set', 'local_model={}'];
const sample = (seed: number): string => `generator:6000?seed=${seed}&high_pt=0.3`;
const before = join(folder, 'before', 'report.json');
const PATIENCE = 120_000;

async function compared(args: readonly string[]): Promise<ReferenceReport> {
  const { code, stdout, stderr } = await run(...args, '--reference', before, '--format', 'json');
  expect([code, stderr]).toEqual([0, '']);
  return reportSchema.parse(JSON.parse(stdout)).reference!;
}

beforeAll(async () => {
  const { code } = await run('replay', ...BASE, sample(1), '--out', join(folder, 'before'));
  expect(code).toBe(0);
}, PATIENCE);

describe('a replay with --reference', () => {
  test('of an equal sample finds nothing, and names what it was compared with', async () => {
    const { path, pipeline, verdict, comparisons, notes } = await compared(['replay', ...BASE, sample(2)]);
    expect([path, pipeline, verdict]).toEqual([before, 'dilepton', 'good']);
    expect(comparisons.map(({ variable }) => variable)).toEqual(['delta', 'H_T', 'abs_deta', 'truth', 'reco']);
    expect(notes).toEqual([expect.stringContaining('regimes: the maps differ')]);
  });

  test('of the same sample compares by regime, and of another response is bad', async () => {
    const same = await compared(['replay', ...BASE, sample(1)]);
    expect(same.comparisons.filter(({ distribution }) => distribution === 'response')).toHaveLength(5);
    expect(same.notes[0]).toMatch(/^samples: 1 of them/);
    const shifted = ['--set', 'fast_reconstruction.pt_scale=-0.02'];
    const found = await compared(['replay', ...BASE, ...shifted, sample(2)]);
    expect(found.verdict).toBe('bad');
    expect(found.reason).toMatch(/^response delta: moved by 0\.0/);
  });

  test('changes nothing else in the report, and a merge compares the same way', async () => {
    const plain = await run('replay', ...BASE, sample(2), '--format', 'json');
    const partial = join(folder, 'part');
    await run('replay', ...BASE, sample(2), '--partial', partial);
    const merged = await run('merge', partial, '--reference', before, '--format', 'json');
    const { reference, ...rest } = JSON.parse(merged.stdout) as Report;
    expect(lasting(rest)).toEqual(lasting(JSON.parse(plain.stdout) as Report));
    expect(reference).toEqual(await compared(['replay', ...BASE, sample(2), '--workers', '2']));
  });
});

test('what is no reference is one line and exit code 3', async () => {
  writeFileSync(join(folder, 'odd.json'), '{}');
  const cases = [
    [join(folder, 'nowhere.json'), 'no such file; give the report.json of a replay'],
    [join(folder, 'odd.json'), 'is no report of this version: pipeline: '],
    ['package.json', 'is no report of this version: '],
  ] as const;
  for (const [path, words] of cases) {
    const { code, line } = await complaint('replay', ...BASE, sample(2), '--reference', path);
    expect([line, code]).toEqual([expect.stringContaining(`reference ${path}: ${words}`), 3]);
  }
  const other = await complaint('replay', ...BASE, '--set', 'pipeline=other', sample(2), '--reference', before);
  expect(other).toMatchObject({ code: 3, line: expect.stringContaining('is a report of pipeline dilepton') as string });
  const bins = await complaint(
    'replay',
    ...BASE,
    '--set',
    'response.bins=[399, -0.9, 1]',
    sample(2),
    '--reference',
    before,
  );
  expect(bins).toMatchObject({ code: 3, line: expect.stringContaining('bins delta differently') as string });
  const both = await complaint('replay', ...BASE, sample(2), '--reference', before, '--partial', 'x');
  expect(both).toMatchObject({ code: 2, line: expect.stringContaining('--partial: writes no report') as string });
});

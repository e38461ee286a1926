import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explainPipeline } from '../../runtime/explain.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { basePipeline } from '../support/stage.js';

const explained = (...overrides: string[]): string[] => explainPipeline(basePipeline(...overrides)).split('\n');

test('base.yaml is explained as written in explained.txt', () => {
  const { hash } = basePipeline();
  const text = readFileSync(new URL('../fixtures/pipelines/explained.txt', import.meta.url), 'utf8');
  expect(`${explainPipeline(basePipeline())}\n`).toBe(text.replace('HASH', hash));
});

describe('says what is off, and why', () => {
  test.each([
    ['weight=none', 'weight: off: every event counts 1'],
    ['response=none', 'response: off: the pipeline names no truth'],
    ['window=none', 'windows: off: none in the pipeline'],
    ['window={ time: event, seconds: 60 }', 'windows: 60 s of event'],
    ['window={ by: [event, w] }', 'windows: by event, w'],
    [
      'regimes.count=auto',
      'regimes: 2 to 8, by the Calinski–Harabasz index, standardised (equal weight of the variables), seed 1',
    ],
    ['regimes.standardise=false', 'regimes: 2, not standardised, seed 1'],
    ['identity=[event, w]', 'identity: event, w'],
    ['define.more=w * w', '  -  more: defined, but nothing that is on needs it'],
    ['columns.more={ unit: mm, range: [null, 3] }', '  more [mm] in [-inf, 3]: not used by what is on'],
    ['sources.lhe.columns.w=weight', '  lhe: w = weight'],
    ['objects=none', 'local model: off: the pipeline has no objects with features'],
  ])('%s', (override, line) => {
    expect(explained(override)).toContain(line);
  });

  test('the fast reconstruction of dilepton.yaml', async () => {
    const loaded = await loadPipeline(new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname);
    const lines = explainPipeline(loaded).split('\n');
    expect(lines).toContain('fast reconstruction: on for samples without reconstructed columns');
    expect(lines).toContain('  reco_l1_pt [GeV] in [0, 28000]: needed, or made by the fast reconstruction');
    expect(lines.find((line) => line.startsWith('  flavour'))).toMatch(/: needed$/);
    expect(lines).toContain('windows: 5000 events, by event number');
  });
});

import { describe, expect, test } from 'vitest';
import { explainAnalysis } from '../../runtime/explain_analysis.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { basePipeline } from '../support/stage.js';

const explained = (...overrides: string[]): string[] => explainAnalysis(basePipeline(...overrides).pipeline);

test('a line for each part of the analysis', () => {
  expect(explained()).toEqual([
    'local model: learned of pt, abs_eta, cross-fitted in 5 folds; verdict: learned; objects: 2 × (pt from gen_pt1; abs_eta from gen_eta1)',
    'locality: violated at 0.01 and beyond 0.001 in δ, or pull width off 1 by 0.1',
    'danger zone: level 0.01, tolerance 0.005 of the bias, 0.01 of sigma68, 0.1 of the pull',
    'correction: regime, smooth, of the core of δ',
    'checks: after 8 windows; 500 windows to a false alarm, of all checks together',
    'models as windows close: off: fitted on the whole sample',
  ]);
});

describe('says what is chosen, and what is off', () => {
  const declared = 'local_model.declared={ bias: "0.001 * pt", sigma: "0.01" }';
  test.each([
    [['objects=none'], 'local model: off: the pipeline has no objects with features'],
    [['correction="none"'], 'correction: off'],
    [['correction={ layers: [smooth], target: mean }'], 'correction: smooth, of the mean of δ'],
    [['window=none'], 'checks: off: no windows'],
    [['online={}'], 'models as windows close: after the first 4, then every 2; memory: all windows so far'],
    [
      ['online={ learn: 6, every: 1, memory: { sliding: 3 } }'],
      'models as windows close: after the first 6, then every 1; memory: the last 3 windows',
    ],
    [
      ['online={ memory: { half_life: 3 } }'],
      'models as windows close: after the first 4, then every 2; memory: all windows, with a weight that halves every 3 of them',
    ],
    [['online={}', 'window=none'], 'models as windows close: off: no windows'],
    [
      [declared, 'local_model.verdict=declared', 'local_model.folds=3'],
      'local model: learned of pt, abs_eta, cross-fitted in 3 folds, and declared; verdict: declared; objects: 2 × (pt from gen_pt1; abs_eta from gen_eta1)',
    ],
  ])('%j', (overrides, line) => {
    expect(explained(...overrides)).toContain(line);
  });

  test('without truth', () => {
    expect(explained('response=none')).toEqual([
      'locality, danger zone, correction, checks: off: without truth no response',
    ]);
  });
});

test('categories are told apart from the features', async () => {
  const { pipeline } = await loadPipeline(new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname);
  expect(explainAnalysis(pipeline)[0]).toBe(
    'local model: learned of pt, abs_eta for each flavour, cross-fitted in 5 folds, and declared; verdict: learned; objects: 2 × (pt from gen_l1_pt; abs_eta from gen_l1_eta; flavour from flavour)',
  );
});

import { describe, expect, test } from 'vitest';
import { openBook } from '../../operators/summaries/book.js';
import {
  CORRECTED,
  CORRECTED_VALUE,
  CORRECTION,
  correctedEntries,
  correctedRowMaker,
  places,
} from '../../runtime/corrected.js';
import { REGIME } from '../../runtime/observations.js';
import { correctionModel } from '../support/corrections.js';
import { referenceChunk, referenceMap, referencePipeline } from '../support/local_chunks.js';
import { BOTH } from '../support/local_sample.js';
import { basePipeline } from '../support/stage.js';

const two = [
  [-1e9, -1e9, -1e9],
  [-1e9, -1e9, -1e9],
];
const model = correctionModel({
  regimeMap: referenceMap.version,
  layer: 'regime',
  variables: referenceMap.variables,
  degree: 0,
  low: two,
  high: two.map((row) => row.map((x) => -x)),
  coefficients: [[-0.0625], [0.25]],
});

describe('the rows of the corrected test events', () => {
  test('are those of the test split alone: x / (1 + c), and its response', () => {
    const { length, columns, groups } = correctedRowMaker(referencePipeline, referenceMap, model)(referenceChunk);
    const wanted = [...referenceChunk.split.keys()].filter((i) => referenceChunk.split[i] === 2);
    expect(length).toBe(wanted.length);
    const reco = referenceChunk.columns.get('reco')!;
    const ht = referenceChunk.columns.get('H_T')!;
    wanted.forEach((i, row) => {
      const regime = ht[i]! < 100 ? 0 : 1;
      const c = [-0.0625, 0.25][regime]!;
      expect(groups.get(REGIME)![row]).toBe(regime);
      expect(columns.get(CORRECTION)![row]).toBe(c);
      expect(columns.get(CORRECTED_VALUE)![row]).toBe(reco[i]! / (1 + c));
      // The truth is 1.
      expect(columns.get(CORRECTED)![row]).toBe(reco[i]! / (1 + c) - 1);
    });
  });

  test('may be none', () => {
    const none = { ...referenceChunk, split: new Uint8Array(referenceChunk.length) };
    expect(correctedRowMaker(referencePipeline, referenceMap, model)(none).length).toBe(0);
  });
});

describe('the entries of the pass', () => {
  const keys = (...overrides: string[]): string[] => {
    const entries = correctedEntries(basePipeline(...BOTH, ...overrides).pipeline, 2);
    expect(Object.keys(openBook(entries))).toEqual(entries.map(({ key }) => key));
    return entries.map(({ key }) => key);
  };

  test('are histogram and moments by stage and place, and what was applied', () => {
    expect(places(basePipeline().pipeline, 2).map(({ name, groups }) => [name, groups])).toEqual([
      ['regime', 2],
      ['H_T', 5],
      ['abs_deta', 12],
    ]);
    expect(keys()).toHaveLength(2 * 2 * 3 + 1);
    expect(keys()).toContain('applied');
  });

  test('have a weighted corrected response by regime beside the counted one', () => {
    const weighted = keys('weight=w').filter((key) => !keys().includes(key));
    expect(weighted).toEqual(['hist:test:corrected:regime:weighted', 'moments:test:corrected:regime:weighted']);
  });

  test('have the spectra where they are of the quantity that is corrected', () => {
    const spectra = (spectrum: string): string[] =>
      keys(`spectrum=${spectrum}`).filter((key) => key.startsWith('spectrum'));
    expect(spectra('{ reco: sum_reco, truth: sum_truth, bins: [10, 0, 1] }')).toEqual([
      'spectrum:truth',
      'spectrum:raw',
      'spectrum:corrected',
    ]);
    expect(spectra('{ reco: sum_reco, bins: [10, 0, 1] }')).toEqual(['spectrum:raw', 'spectrum:corrected']);
    expect(spectra('{ reco: gen_pt1, bins: [10, 0, 1] }')).toEqual([]);
  });
});

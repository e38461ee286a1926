import { describe, expect, it } from 'vitest';
import { histogram } from '../../../operators/summaries/histogram.js';
import { cutWeights } from '../../../operators/summaries/tally.js';
import { uhiOfHistogram } from '../../../sinks/export/uhi_histogram.js';
import { bare, reference } from '../../support/uhi_reference.js';
import { uhiMistakes } from '../../support/uhi_schema.js';

const words = { program: '0.1.0', title: 'H_T' };
const axis = { name: 'H_T', title: 'H_T', unit: 'GeV' };
const { columns } = reference;
const bins = [20, 0, 100] as const;

function filled(x: readonly number[], group?: readonly number[], weight?: readonly number[]) {
  const state = histogram.create({ bins, groups: group ? 3 : 1, weighted: weight !== undefined });
  histogram.fill(state, {
    length: x.length,
    columns: [Float64Array.from(x)],
    group: group ? Uint16Array.from(group) : null,
    weight: weight ? cutWeights(Float64Array.from(weight)) : null,
  });
  return state;
}

describe('histogram summary as UHI JSON', () => {
  it('is what boost-histogram writes of the same weighted events by regime', () => {
    const state = filled(columns.x, columns.group, columns.weight);
    const uhi = uhiOfHistogram(state, words, axis, { name: 'regime', entries: [0, 1, 2] });
    expect(uhiMistakes(uhi)).toBe('');
    expect(bare(uhi)).toEqual(reference.histograms.grouped);
    expect(uhi.metadata).toEqual({ title: 'H_T', entries: columns.x.length, nan: 0 });
    expect(uhi.axes.map(({ metadata }) => metadata)).toEqual([
      { name: 'regime', label: 'regime' },
      { name: 'H_T', label: 'H_T [GeV]', unit: 'GeV' },
    ]);
  });

  it('is what boost-histogram writes of counted events', () => {
    const uhi = uhiOfHistogram(filled(columns.x), words, axis);
    expect(uhiMistakes(uhi)).toBe('');
    expect(bare(uhi)).toEqual(reference.histograms.counted);
  });

  it('has flow bins, and counts NaN beside them', () => {
    const { storage, metadata } = uhiOfHistogram(filled([-1, 0, 99.9, 100, NaN, Infinity, NaN]), words, axis);
    const values = [1, 1, ...Array<number>(18).fill(0), 1, 2];
    expect(storage).toEqual({ type: 'weighted', values, variances: values });
    expect(metadata).toEqual({ title: 'H_T', entries: 7, nan: 2 });
  });

  it('names groups by words as well, and wants a name for each', () => {
    const state = filled(columns.x, columns.group);
    const uhi = uhiOfHistogram(state, words, axis, { name: 'split', entries: ['train', 'validation', 'test'] });
    expect(uhiMistakes(uhi)).toBe('');
    expect(uhi.axes[0]).toMatchObject({ type: 'category_str', categories: ['train', 'validation', 'test'] });
    expect(() => uhiOfHistogram(state, words, axis)).toThrow('histogram of 3 groups: as many names are needed');
  });

  it('is empty of an empty summary', () => {
    const uhi = uhiOfHistogram(filled([]), words, axis);
    expect(uhiMistakes(uhi)).toBe('');
    expect(uhi.storage).toMatchObject({ values: Array(22).fill(0), variances: Array(22).fill(0) });
  });
});

import { describe, expect, it } from 'vitest';
import { nearest } from '../../../operators/expressions/nearest.js';

describe('nearest', () => {
  // Distances by hand: substitutions, insertions and deletions of one letter count 1 (Levenshtein 1966).
  it.each([
    ['gen_l1_ptt', ['gen_l2_pt', 'gen_l1_pt', 'gen_l1_eta'], 'gen_l1_pt'],
    ['h_t', ['H_T', 'abs_deta'], 'H_T'],
    ['Pt', ['PT', 'pt', 'Pz'], 'PT'],
    ['mas', ['max', 'mass', 'min'], 'max'],
    ['mass', ['mass', 'Mass'], 'mass'],
    ['deltaphi', ['delta_phi', 'delta_r'], 'delta_phi'],
    ['x', ['y', 'z'], undefined],
    ['x', ['xy'], 'xy'],
    ['window', ['regimes', 'weight'], undefined],
    ['a', [], undefined],
    ['a'.repeat(101), ['a'.repeat(101)], undefined],
    ['a', ['a'.repeat(101)], undefined],
  ])('%s among %j', (wrong, known, expected) => {
    expect(nearest(wrong, known)).toBe(expected);
  });
});

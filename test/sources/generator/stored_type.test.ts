import { expect, it } from 'vitest';
import { storedType } from '../../../sources/generator/stored_type.js';

it('keeps event numbers exact, codes whole, and the rest in single precision', () => {
  expect(['event', 'flavour', 'weight', 'gen_l1_pt'].map(storedType)).toEqual([
    'float64',
    'int32',
    'float32',
    'float32',
  ]);
});

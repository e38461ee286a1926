import { expect, it } from 'vitest';
import { tableOf } from '../../../bench/toys/table.js';

it('aligns columns and leaves out what is not stated', () => {
  const rows = [
    { study: 'null', what: 'σ', value: 0.0123, error: 0.005, stated: 0.01, n: 200 },
    { study: 'onset', what: 'median onset', value: 301.234, error: null, n: 7 },
    { study: 'onset', what: 'none', value: null, error: null, n: 0 },
  ] as const;
  expect(tableOf(rows).split('\n')).toEqual([
    'study  what            value    error  stated    n',
    'null   σ               0.012  ± 0.005    0.01  200',
    'onset  median onset    301.2                     7',
    'onset  none          unknown                     0',
  ]);
});

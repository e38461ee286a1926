import { expect, test } from 'vitest';
import { titled } from '../../../sinks/report/titled.js';

const context = [{ variable: 'abs_deta', title: '|Δη| $&' }];

test('whole names alone are replaced, by the title as it is', () => {
  expect(titled({ context }, 'abs_deta: 4 bins of abs_deta')).toBe('|Δη| $&: 4 bins of |Δη| $&');
  expect(titled({ context }, 'my_abs_deta abs_deta2')).toBe('my_abs_deta abs_deta2');
  expect(titled({ context: [] }, 'abs_deta')).toBe('abs_deta');
});

import { expect, test } from 'vitest';
import { correctionLine, correctionVerdict } from '../../../sinks/report/correction_words.js';
import { correctionOf } from '../../fixtures/report/correction.js';
import { makeReport } from '../../fixtures/report/make.js';

const correction = correctionOf(makeReport({ events: 1000 }));
const refused = { ...correction, accepted: false, layer: 'identity' as const, reason: 'smooth: no gain on validation' };

test('accepted: what it did to the test events, with errors, and the share of the bound', () => {
  const line = correctionLine(correction);
  expect(line).toContain('Correction accepted (smooth): bias −0.0232 ± 0.0024 → −0.0091 ± 0.0024');
  expect(line).toContain(
    'from 150 test events; of the mean squared bias of the regimes 86.8 ± 1.4 % (mean δ) and 86.8',
  );
  expect(correctionVerdict(correction)).toMatch(/^The correction is accepted: smooth: /);
});

test('refused: identity, and why', () => {
  expect(correctionLine(refused)).toBe('Correction refused, identity used: smooth: no gain on validation.');
  expect(correctionVerdict(refused)).toBe('No correction is made (identity): smooth: no gain on validation.');
});

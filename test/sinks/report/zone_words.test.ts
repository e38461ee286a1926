import { expect, test } from 'vitest';
import { onsetWords, quantityName, zoneLine, zoneSentence } from '../../../sinks/report/zone_words.js';
import { zonesOf } from '../../fixtures/report/zones.js';

const [ht, deta] = zonesOf();

test('an onset has its interval, to two digits of the longer arm', () => {
  expect(onsetWords(ht!.raw!, 'GeV')).toBe('310 +26 −14 GeV');
  expect(onsetWords(ht!.raw!, null)).toBe('310 +26 −14');
});

test('one sentence: from where on, how sure, and from where on all is beyond the tolerance', () => {
  expect(zoneSentence(ht!, 'raw')).toBe(
    'From H_T = 310 GeV on (95 %: 296 – 336 GeV) the bias leaves its baseline (12.3 sigma); every bin from 440 GeV on is beyond 0.005.',
  );
  expect(zoneSentence(ht!, 'pull')).toContain(
    'the mean pull (declared model) leaves its baseline (12.3 sigma); no bin begins a range that is wholly beyond 0.1: the last H_T bin',
  );
});

test('where there is none the reason is told, with the title of the variable', () => {
  expect(zoneSentence(ht!, 'sigma68')).toBe(
    'σ68 has no onset in H_T: the best onset in H_T, at 210, is not significant.',
  );
  expect(zoneSentence(deta!, 'raw')).toBe(
    'The bias has no onset in |Δη|: no |Δη| bin is beyond 0.005 by more than its error.',
  );
  expect(zoneSentence({ ...deta!, reasons: {} }, 'raw')).toBe('The bias has no onset in |Δη|: it is not known.');
});

test('all quantities in a line', () => {
  expect(zoneLine(ht!)).toBe(
    'H_T: bias from 310 +26 −14 GeV on, mean pull (declared model) from 312 +33 −22 GeV on (95 %); no onset of σ68',
  );
  expect(zoneLine(deta!)).toBe('|Δη|: no onset of bias, σ68, mean pull (declared model)');
  expect(quantityName('pull', { ...ht!, pullModel: null })).toBe('mean pull');
});

import { expect, test } from 'vitest';
import { escapeText, typeset } from '../../../sinks/report/escape.js';

test('text is safe in elements and attributes', () => {
  expect(escapeText(`<b a="1" b='2'>&`)).toBe('&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;');
  expect(escapeText('a\u0000b\u001fc\nd')).toBe('abc\nd');
});

test.each([
  ['low H_T, close', 'low H<sub>T</sub>, close'],
  ['m_ll [GeV]', 'm<sub>ll</sub> [GeV]'],
  ['m_μμ, m_T2', 'm<sub>μμ</sub>, m<sub>T2</sub>'],
  ['weight_pb, gen_l1_pt, m_reco, a_b', 'weight_pb, gen_l1_pt, m_reco, a_b'],
  ['H_T < 3', 'H<sub>T</sub> &lt; 3'],
  ['1.0 ± 0.2 at 68 %', '1.0\u00a0±\u00a00.2 at 68\u00a0%'],
])('%s is set as %s', (text, html) => {
  expect(typeset(text)).toBe(html);
});

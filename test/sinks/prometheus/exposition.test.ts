import { expect, test } from 'vitest';
import { exposition, type Family } from '../../../sinks/prometheus/exposition.js';
import { parseExposition } from '../../support/exposition.js';

const family = (rows: Family['rows'], type: Family['type'] = 'gauge'): Family => ({
  name: 'x',
  type,
  help: 'Help',
  rows,
});
const shown = async (...families: Family[]) =>
  Object.fromEntries(parseExposition(await exposition(families, { pipeline: 'p' })));

test('values are exact, with their labels and those of all', async () => {
  const rows: Family['rows'] = [
    [{ regime: '0' }, 0.1],
    [{ regime: '1' }, 2 ** 53 - 1],
    [{ regime: 'a "quoted" \\ one\n' }, -0.5],
  ];
  expect(await shown(family(rows))).toEqual({
    'regimewatch_x{pipeline="p",regime="0"}': 0.1,
    'regimewatch_x{pipeline="p",regime="1"}': 2 ** 53 - 1,
    'regimewatch_x{pipeline="p",regime="a \\"quoted\\" \\\\ one\\n"}': -0.5,
  });
});

test('counters may be 0', async () => {
  expect(await shown(family([[{}, 0]], 'counter'))).toEqual({ 'regimewatch_x{pipeline="p"}': 0 });
});

test('what is not known is absent, and a metric of which nothing is known altogether', async () => {
  const rows: Family['rows'] = [
    [{ regime: '0' }, null],
    [{ regime: '1' }, undefined],
    [{ regime: '2' }, 3],
  ];
  expect(await shown(family(rows))).toEqual({ 'regimewatch_x{pipeline="p",regime="2"}': 3 });
  const none = await exposition([family(rows.slice(0, 2))], {});
  expect(none).not.toContain('regimewatch_x');
});

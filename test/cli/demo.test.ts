import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { complaint, run } from '../support/program.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();

test('the story goes as told: bad at high H_T, alert, correction learned and accepted, alert over, report', async () => {
  const out = join(folder, 'demo');
  const { code, stdout, stderr } = await run('demo', '--fast', '--once', '--out', out);
  expect([code, stderr]).toEqual([0, '']);
  const lines = stdout.trimEnd().split('\n');
  const places = [
    /4 regimes are learned/,
    /good: the checks have learned, no regime is off/,
    /BAD: mean response in high H_T, \w+ is −\d\.\d+ ± 0\.\d+ %, as delivered −\d\.\d+ ± 0\.\d+ %, \d+ σ, since window 12: alert HighBias/,
    /a correction is learned, in effect and on trial from window 16/,
    /good: mean response in high H_T, \w+ is −\d\.\d+ ± 0\.\d+ %, as delivered .* alert HighBias has ended at window 16/,
    /the correction is accepted: .* later validation events/,
    /of the bad events/,
    /report: /,
  ].map((words) => lines.findIndex((line) => words.test(line)));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(-1);
  expect(stdout.match(/BAD/g)).toHaveLength(1);
  expect(existsSync(join(out, 'report.json'))).toBe(true);
  expect(statSync(join(out, 'report.html')).size).toBeGreaterThan(10_000);
}, 300_000);

test.each([
  [['demo', '--port', '99999'], '--port 99999: expected a whole number from 0 to 65535'],
  [['demo', '--seed', '-1'], '--seed -1: expected a whole number from 0'],
])('%j', async (args, words) => {
  const { code, line } = await complaint(...args);
  expect([code, line]).toEqual([2, expect.stringContaining(words)]);
});

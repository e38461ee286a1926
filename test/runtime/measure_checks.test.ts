import { describe, expect, test } from 'vitest';
import { measureChecks, type MeasureOptions } from '../../runtime/measure_checks.js';
import { problemOf } from '../support/problem_of.js';
import { basePipeline } from '../support/stage.js';

const RULES = ['checks={ run_length: 20, learn: 4, least: 50 }', 'window={ events: 200 }'];
const { pipeline } = basePipeline(...RULES);
const measure = (more: Partial<MeasureOptions> = {}, of = pipeline) =>
  measureChecks(of, { shapes: ['gauss'], runs: 6, seed: 1, workers: 1, ...more });

describe('the run length of the checks of a pipeline', () => {
  test('is measured for each shape, beside the wanted one', async () => {
    const seen: number[] = [];
    const found = await measure({
      shapes: ['gauss', 'radiative'],
      onRun(windows, events) {
        expect(events).toBe(200 * windows);
        seen.push(windows);
      },
    });
    expect(found).toMatchObject({ wanted: 20, checks: 13, regimes: 2, k: 1, learn: 4, events: 200, seed: 1 });
    expect(found.quantities).toEqual(['bias', 'sigma68', 'pull']);
    expect(found.threshold).toBeGreaterThan(1);
    expect(found.measured.map(({ shape, runs }) => [shape, runs])).toEqual([
      ['gauss', 6],
      ['radiative', 6],
    ]);
    expect(seen).toHaveLength(12);
    const mean = (part: readonly number[]): number => part.reduce((sum, n) => sum + n, 0) / part.length;
    expect(found.measured.map((row) => row.mean)).toEqual([mean(seen.slice(0, 6)), mean(seen.slice(6))]);
  });

  test('depends on the seed alone', async () => {
    expect(await measure()).toEqual(await measure());
    expect((await measure({ seed: 2 })).measured).not.toEqual((await measure()).measured);
  });

  test('counts no pulls where there is no local model', async () => {
    const { pipeline: bare } = basePipeline(...RULES, 'objects=none');
    expect(await measure({ runs: 2 }, bare)).toMatchObject({ checks: 9, quantities: ['bias', 'sigma68'] });
  });

  test.each([
    [['response=none'], {}, 'runlength: the pipeline has no response, so there is nothing to check'],
    [['regimes.count=auto'], {}, 'runlength: regimes.count is auto; say for how many, e.g. --set regimes.count=4'],
    [['window=none'], {}, 'runlength: the window of the pipeline is not by events; give --events, the number in one'],
    [
      RULES,
      { events: 80 },
      'runlength: 80 events a window are 40 a regime, checks.least is 50; raise the one or lower the other',
    ],
  ] as const)('is refused for %j', async (overrides, options, words) => {
    const { message, exitCode } = await problemOf(() => measure(options, basePipeline(...overrides).pipeline));
    expect([message, exitCode]).toEqual([words, 2]);
  });
});

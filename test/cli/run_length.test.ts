import { describe, expect, test } from 'vitest';
import { complaint, run } from '../support/program.js';

const DILEPTON = 'pipelines/dilepton.yaml';
const QUICK = ['--set', 'checks={ run_length: 12, learn: 4, least: 50 }', '--events', '400', '--runs', '6'];

describe('runlength', () => {
  test('writes the measured run length beside the wanted one, for each shape', async () => {
    const { code, stdout, stderr } = await run('runlength', DILEPTON, ...QUICK);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe(
      'dilepton: 25 checks (CUSUM and Page–Hinkley of bias, sigma68, pull in 4 regimes, and the shares)',
    );
    expect(lines[1]).toMatch(/^windows of 400 events, the first 4 learned from; k 1, threshold \d\.\d{3}$/);
    expect(lines[2]).toBe('windows without drift to the first false alarm: 12 wanted');
    for (const [i, shape] of ['gauss', 'student', 'radiative'].entries()) {
      expect(lines[3 + i]).toMatch(
        new RegExp(`^  δ ${shape} +\\d+ ± \\d+ measured in 6 runs \\(first alarms: [a-z_]+ [a-z0-9]+ \\d+`),
      );
    }
  });

  test('is the same for any number of workers', async () => {
    const args = ['runlength', DILEPTON, ...QUICK, '--shape', 'student', '--format', 'json', '--seed', '3'];
    const [one, two, many] = await Promise.all([
      run(...args),
      run(...args, '--workers', '2'),
      run(...args, '--workers', '9'),
    ]);
    expect([one.code, one.stderr]).toEqual([0, '']);
    expect(two.stdout).toBe(one.stdout);
    expect(many.stdout).toBe(one.stdout);
    expect(JSON.parse(one.stdout)).toMatchObject({
      ...{ pipeline: 'dilepton', wanted: 12, checks: 25, regimes: 4, events: 400, seed: 3 },
      measured: [{ shape: 'student', runs: 6, censored: 0 }],
    });
  });

  test('takes the events of the window from the pipeline', async () => {
    const quick = ['--set', 'checks={ run_length: 10, learn: 2 }', '--runs', '2', '--shape', 'gauss'];
    const { stdout } = await run('runlength', DILEPTON, ...quick, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ events: 5000 });
  });
});

describe.concurrent('wrong usage is one line and exit code 2', () => {
  test.each([
    [['--shape', 'cauchy'], '--shape cauchy: expected one of gauss, student, radiative'],
    [['--runs', '1'], '--runs 1: expected a whole number from 2 to'],
    [['--events', '100'], 'runlength: 100 events a window are 25 a regime, checks.least is 100'],
    [['--set', 'regimes.count=auto'], 'runlength: regimes.count is auto'],
    [['--set', 'window=none'], 'runlength: the window of the pipeline is not by events; give --events'],
    [['--format', 'xml'], '--format xml: the one format there is'],
  ])('%j', async (args, words) => {
    const { code, line } = await complaint('runlength', DILEPTON, ...args);
    expect([line, code]).toEqual([expect.stringContaining(words), 2]);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WORKLOAD } from '../../../bench/chain/workload.js';
import { writeWorkload } from '../../../bench/chain/write_workload.js';

test('the same numbers in JSON and C++', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regimewatch-chain-'));
  writeWorkload(folder);
  expect(JSON.parse(readFileSync(join(folder, 'workload.json'), 'utf8'))).toEqual(WORKLOAD);
  const header = readFileSync(join(folder, 'workload.h'), 'utf8').split('\n');
  expect(header[0]).toMatch(/^constexpr const char \*COLUMNS\[\] = {"gen_l1_pt", .*, "reco_l2_phi"};$/);
  expect(header.slice(1)).toEqual([
    'constexpr double DELTA[] = {200, -0.5, 0.5};',
    'constexpr double MASS[] = {120, 60, 120};',
    'constexpr double HT[] = {25, 0, 1000};',
    'constexpr double DETA[] = {10, 0, 5};',
    'constexpr double MEAN[] = {139, 1.34};',
    'constexpr double WIDTH[] = {175, 1.13};',
    'constexpr int REGIMES = 4;',
    'constexpr double CENTROIDS[][2] = {{-0.61, 2.1}, {-0.37, 0.41}, {0.03, -0.66}, {3.67, -0.97}};',
    '',
  ]);
  rmSync(folder, { recursive: true });
});

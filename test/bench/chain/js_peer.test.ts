import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeColumns } from '../../../bench/chain/columns.js';
import type { PeerLine } from '../../../bench/chain/result.js';
import { root } from '../../support/program.js';
import { reference } from './reference.js';

const { events } = reference;
const folder = mkdtempSync(join(tmpdir(), 'regimewatch-chain-'));
beforeAll(() => writeColumns(folder, events, () => undefined));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

for (const name of ['plain_loop', 'plain', 'compiled', 'duckdb']) {
  test(`${name} counts what 50 digits count, and has their sums but for rounding`, () => {
    const args = ['dist/bench/chain/js_peer.js', name, folder, String(events), '2'];
    const line = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as PeerLine;
    expect(line.events).toBe(events);
    expect(line.seconds).toHaveLength(2);
    expect(line.counts).toEqual(reference.counts);
    for (const [sum, expected] of Object.entries(reference.sums) as [keyof PeerLine['sums'], number[]][]) {
      expect(line.sums[sum]).toHaveLength(expected.length);
      const size = Math.max(...expected.map(Math.abs));
      expected.forEach((value, slot) => {
        expect(Math.abs(line.sums[sum][slot]! - value), `${sum} ${slot}`).toBeLessThanOrEqual(1e-11 * size);
      });
    }
  });
}

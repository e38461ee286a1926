import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localVersions, type LocalVersions } from '../../../operators/online/local_versions.js';
import type { MemoryConfig } from '../../../operators/online/memory.js';
import { contentHash } from '../../../operators/summaries/codec.js';
import { BASIS, blocksOf, CONSTANT, draw, type BlockEvents, type Drawn } from './blocks.js';

const CUMULATIVE: MemoryConfig = { kind: 'cumulative' };
const sliding = (windows: number): MemoryConfig => ({ kind: 'sliding', windows });
const halfLife = (windows: number): MemoryConfig => ({ kind: 'half_life', windows });
const MEMORIES: [string, MemoryConfig][] = [
  ['cumulative', CUMULATIVE],
  ['sliding', sliding(2)],
  ['half_life', halfLife(1)],
];

const versions = (drawn: Drawn, memory: MemoryConfig): LocalVersions => localVersions(blocksOf(draw(drawn)), memory);
/** What was decided at the end of each block. */
const kinds = ({ events, mean }: LocalVersions): string[] =>
  mean.map((_, at) =>
    events
      .filter(({ block }) => block === at)
      .map(({ kind }) => kind)
      .join(', '),
  );

/** Σ w y / Σ w over the training events, a weight a block. */
function trainedMean({ y, split, block }: BlockEvents, weight: readonly number[]): number {
  let [sum, n] = [0, 0];
  y.forEach((each, i) => {
    if (split[i] !== 0) return;
    sum += (weight[block[i]!] ?? 0) * each;
    n += weight[block[i]!] ?? 0;
  });
  return sum / n;
}

describe('with one function that is 1 everywhere the mean is that of y, over the training events in memory', () => {
  // A step of many σ before the last block but one: fitted at its end, so in effect in the last one.
  const events = draw({ seed: 2, blocks: 9, events: 400, shift: (block) => (block >= 7 ? 0.2 : 0) });
  const ages = [7, 6, 5, 4, 3, 2, 1, 0];
  it.each<[string, MemoryConfig, number[]]>([
    ['cumulative', CUMULATIVE, ages.map(() => 1)],
    ['sliding', sliding(3), ages.map((age) => (age < 3 ? 1 : 0))],
    ['half_life', halfLife(2), ages.map((age) => 2 ** (-age / 2))],
    ['half_life, those below 1/64 dropped', halfLife(1), ages.map((age) => (age > 6 ? 0 : 2 ** -age))],
    [
      'half_life, those below a bound dropped',
      { ...halfLife(1), least: 0.2 } as MemoryConfig,
      [0, 0, 0, 0, 0, 0.25, 0.5, 1],
    ],
  ])('%s', (_, memory, weight) => {
    const found = localVersions(blocksOf(events, CONSTANT), memory);
    expect(found.events[7]!.kind).toBe('fitted');
    // The ridge is 1e-9 of an event.
    expect(Math.abs(found.mean[8]![0]! - trainedMean(events, weight))).toBeLessThan(1e-9);
    expect(Math.abs(found.mean[0]![0]! - trainedMean(events, [1]))).toBeLessThan(1e-9);
  });
});

it('one block: its own version, and nothing to try', () => {
  const { mean, version, events } = versions({ blocks: 1 }, CUMULATIVE);
  expect(version).toEqual([contentHash({ mean: mean[0] })]);
  expect(events).toEqual([{ block: 0, kind: 'fitted', version: version[0], reason: 'first version' }]);
});

describe('a stable stream', () => {
  it.each<[string, MemoryConfig]>([
    ['sliding', sliding(1)],
    ['half_life', halfLife(1)],
  ])('%s: keeps its version in 95 % of toys or more', (_, memory) => {
    const toys = 200;
    let kept = 0;
    for (let seed = 1; seed <= toys; seed++) {
      const found = versions({ seed, blocks: 7, events: 400 }, memory);
      kept += Number(!kinds(found).includes('accepted'));
    }
    expect(kept / toys).toBeGreaterThanOrEqual(0.95);
  });
});

describe('a shift of the mean after block 4', () => {
  const drawn: Drawn = { blocks: 9, shift: (block) => (block > 4 ? 0.04 : 0) };
  it.each(MEMORIES)('%s: fitted at the end of block 5, accepted at the end of block 6', (_, memory) => {
    const found = versions(drawn, memory);
    expect(kinds(found).slice(0, 7)).toEqual(['fitted', 'kept', 'kept', 'kept', 'kept', 'fitted', 'accepted']);
    expect(found.version[5]).toBe(found.version[0]);
    expect(found.version[6]).not.toBe(found.version[5]);
    expect(found.version[7]).toBe(found.version[6]);
    expect(found.events[5]!.version).toBe(found.version[6]);
    expect(found.events[6]!.reason).toMatch(/^squared pulls of \d+ validation events lessened by .* that came later$/);
  });

  it('is followed: by the last block the mean has moved by the whole of it, but for the error', () => {
    const found = versions({ ...drawn, events: 4000 }, sliding(1));
    found.mean[8]!.forEach((x, a) => {
      expect(Math.abs(x - found.mean[0]![a]! - 0.04)).toBeLessThan(0.005);
    });
  });
});

describe('one bad block is rolled back, and not fitted again as long as it is remembered', () => {
  it.each<[string, MemoryConfig]>([
    ['cumulative', CUMULATIVE],
    ['sliding', sliding(4)],
    ['half_life', halfLife(2)],
  ])('%s', (_, memory) => {
    const found = versions({ blocks: 12, shift: (block) => (block === 4 ? 0.1 : 0) }, memory);
    expect(kinds(found).slice(4)).toEqual(['fitted', 'rolled back, kept', ...Array<string>(6).fill('kept')]);
    expect(found.version[5]).not.toBe(found.version[4]);
    // By the end of block 5 what was before it is back.
    expect(found.events[5]!.version).toBe(found.version[4]);
    expect(found.version.slice(6)).toEqual(Array<string>(6).fill(found.version[0]!));
    expect(found.events[6]!.reason).toMatch(/in memory(, but -?\d+\.\d sigma in the newest windows)?$/);
  });

  it('training events alone: it does not get as far as a trial', () => {
    const found = versions({ shift: (block, split) => (block === 4 && split === 0 ? 0.1 : 0) }, sliding(1));
    expect(kinds(found)).not.toContain('rolled back');
    expect(kinds(found)[4]).toBe('kept');
    expect(new Set(found.version).size).toBe(1);
    expect(found.events[4]!.reason).toMatch(/raised by .* in memory$/);
  });
});

it('a trial waits until 100 validation events have come', () => {
  const found = versions(
    { blocks: 8, events: [1000, 1000, 1000, 200, 0, 300, 500, 1000], shift: (block) => (block > 1 ? 0.04 : 0) },
    sliding(1),
  );
  expect(kinds(found)).toEqual(['fitted', 'kept', 'fitted', 'kept', 'kept', 'kept', 'accepted', 'kept']);
  expect(found.events[4]!.reason).toMatch(/^in trial: \d\d validation events came later, 100 are wanted$/);
  expect(found.events[4]!.version).toBe(found.version[3]);
});

it('a block without events changes nothing', () => {
  const found = versions({ blocks: 4, events: [1000, 0, 0, 1000] }, sliding(1));
  expect(kinds(found)).toEqual(['fitted', 'kept', 'kept', 'kept']);
  expect(new Set(found.version).size).toBe(1);
});

it('gives the same bits whatever the split of the events, and the order in which the sums are merged', () => {
  const events = draw({ blocks: 7, events: 300, shift: (block) => (block > 3 ? 0.02 : block === 2 ? -0.01 : 0) });
  const whole = MEMORIES.map(([, memory]) => contentHash(localVersions(blocksOf(events), memory)));
  const cut = fc.record({
    order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
    part: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 50 }),
  });
  fc.assert(
    fc.property(cut, ({ order, part }) => {
      const merged = blocksOf(events, BASIS, (i) => part[i % part.length]!, order);
      expect(MEMORIES.map(([, memory]) => contentHash(localVersions(merged, memory)))).toEqual(whole);
      const copy = structuredClone(merged);
      expect(MEMORIES.map(([, memory]) => contentHash(localVersions(copy, memory)))).toEqual(whole);
      expect(merged).toEqual(copy);
    }),
    { numRuns: 20 },
  );
});

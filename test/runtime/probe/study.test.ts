import { beforeAll, describe, expect, test } from 'vitest';
import { foolingSection, neededSection, shiftSection } from '../../../runtime/probe/report/fooling_section.js';
import { attacksSection } from '../../../runtime/probe/report/attacks_section.js';
import { distributionsSection } from '../../../runtime/probe/report/distributions_section.js';
import { hiddenSection } from '../../../runtime/probe/report/hidden_section.js';
import { mostFooled } from '../../../runtime/probe/report/most_fooled.js';
import type { Study } from '../../../runtime/probe/study.js';
import { fooledBy, linearStudy, SHIFT } from './linear_study.js';

const SIZES = [0.5, 1, 2];
let study: Study;
beforeAll(async () => {
  study = await linearStudy(SIZES, ['gradient', 'minimal', 'preserving']);
});

/** Of a linear margin an attack of size s reaches exactly the events within s Σ |w_j σ_j| of the decision. */
describe('a linear model is fooled as often as its closed form says', () => {
  test.each(SIZES)('size %d', (size) => {
    const rows = foolingSection(study, new Map()).filter((row) => row.size === size && row.regime === 'all');
    expect(rows.map(({ attack }) => attack)).toEqual(['gradient', 'minimal', 'preserving']);
    const wanted = fooledBy(study, size);
    expect(wanted).toBeGreaterThan(50);
    for (const { attack, fooled, random } of rows) {
      expect(fooled.n).toBe(study.right.length);
      // The caps of the last one may keep some back.
      if (attack === 'preserving') expect(fooled.k).toBeLessThanOrEqual(wanted);
      else expect(fooled.k).toBe(wanted);
      expect(random.k).toBeLessThan(wanted);
    }
  });

  test('and needs the sizes that it says', () => {
    const half = neededSection(study).find(
      (row) => row.attack === 'gradient' && row.regime === 'all' && row.fraction === 0.05,
    )!;
    // Between two sizes that were tried the share is taken for linear.
    const share = (size: number): number => fooledBy(study, size) / study.right.length;
    const above = SIZES.findIndex((size) => share(size) >= 0.05);
    const [low, high] = [SIZES[above - 1] ?? 0, SIZES[above]!];
    const from = low === 0 ? 0 : share(low);
    expect(half.size).toBeCloseTo(low + ((high - low) * (0.05 - from)) / (share(high) - from), 9);
  });

  test('its margin falls by s Σ |w_j σ_j|', () => {
    const rows = shiftSection(study).filter((row) => row.attack === 'gradient' && row.regime === 'all');
    for (const { size, mean } of rows) expect(mean.value).toBeCloseTo(-size * SHIFT, 6);
  });
});

test('one input at a time moves the efficiency as the counts at ±1σ say', async () => {
  const [first] = (await hiddenSection(study)).filter(
    ({ quantity, regime }) => quantity === 'efficiency' && regime === 'all',
  );
  const { score, signal } = study.whole;
  const passes = (move: number): number =>
    score.reduce((sum, s, i) => sum + Number(signal![i] === 1 && s + move > 0), 0) /
    signal!.reduce((sum, own) => sum + own, 0);
  const shifts = [0.3, 0.2].map((move) => (passes(move) - passes(-move)) / 2);
  expect(first!.oneAtATime.value).toBeCloseTo(Math.hypot(...shifts), 12);
  expect(first!.nominal.value).toBeCloseTo(passes(0), 12);
  expect(first!.shift.value).toBeLessThan(0);
});

test('what each attack used: full pulls, distances beyond the caps only where nothing keeps them', () => {
  const { attacks, missed } = attacksSection(study);
  const [gradient, , preserving] = attacks;
  for (const { rms, largest } of gradient!.pulls) {
    expect(largest).toBeCloseTo(1, 9);
    expect(rms).toBeCloseTo(1, 9);
  }
  expect(preserving!.preserving).toBe(true);
  expect(preserving!.largestDistance).toBeLessThanOrEqual(0.06);
  expect(preserving!.correlationChange).toBeLessThanOrEqual(0.006);
  expect(gradient!.correlationChange).toBeGreaterThan(preserving!.correlationChange);
  for (const name of ['gradient', 'minimal', 'preserving']) {
    const [all] = missed.get(name)!;
    const fooled = foolingSection(study, missed).find(
      (row) => row.attack === name && row.size === 1 && row.regime === 'all',
    )!;
    expect(fooled.undetected).toEqual(all!.undetected);
    expect(all!.undetected.k).toBeLessThanOrEqual(fooled.fooled.k);
  }
});

test('the events that were moved farthest beyond the decision, with what moved them', () => {
  const rows = mostFooled(study);
  expect(rows.length).toBe(20);
  const beyond = rows.map(({ before, after }) => (before > 0 ? after : -after));
  expect(beyond).toEqual(beyond.toSorted((a, b) => a - b));
  for (const { before, after, moved } of rows) {
    expect(Math.sign(after)).toBe(-Math.sign(before));
    expect(moved.map(({ feature }) => feature).sort()).toEqual(['a', 'b']);
    for (const { from, to, pull } of moved) expect(Math.sign(to - from)).toBe(Math.sign(pull));
  }
});

test('distributions hold every event that was right, before and after', () => {
  const { distributions, correlations } = distributionsSection(study);
  expect(distributions.map(({ feature }) => feature)).toEqual(['a', 'b', 'n']);
  for (const { nominal, perturbed, edges } of distributions) {
    expect(nominal.length).toBe(edges.length + 1);
    for (const counts of [nominal, perturbed]) expect(counts.reduce((x, y) => x + y)).toBe(study.right.length);
  }
  for (const [j, row] of correlations!.nominal.entries()) expect(row[j]).toBe(1);
});

import { describe, expect, it } from 'vitest';
import { pairedDifference } from '../../../operators/probes/mcnemar.js';
import { pairedErrors, withUnion, type Statistic } from '../../../operators/probes/paired_bootstrap.js';
import { slotsOf, type Bins } from '../../../operators/summaries/histogram.js';
import { histogramOf } from '../response/reference.js';
import { keysOf } from './merit.js';

const bins: Bins = [2, 0, 2];
/** Share of the upper bin. */
const upper: Statistic = ({ n }, group) => {
  const [low, high] = [n[group * slotsOf(bins) + 1]!, n[group * slotsOf(bins) + 2]!];
  return low + high === 0 ? null : high / (low + high);
};

describe('bootstrap of pairs', () => {
  const n = 4000;
  const events = [...Array(n).keys()];
  const [b, c] = [300, 100];
  const before = Float64Array.from(events, (i) => (i >= b && i < 2000 ? 1.5 : 0.5));
  const after = Float64Array.from(events, (i) => (i < b || (i >= b + c && i < 2000) ? 1.5 : 0.5));
  const given = { values: [before, after, before], group: new Uint16Array(n), groups: 1, ...keysOf(n) };

  it('has the closed error of a difference of paired shares, and 0 where nothing changes', () => {
    const [moved, same] = pairedErrors(given, bins, upper, { seed: 3, replicas: 400 });
    // The error of a standard deviation of 400 is 3.5 %.
    expect(Math.abs(moved![0]! / pairedDifference(b, c, n).error! - 1)).toBeLessThan(0.12);
    expect(same).toEqual([0, 0]);
  });

  it('does not depend on the order of the events; the last group is all of them', () => {
    const turned = (x: Float64Array): Float64Array => x.slice().reverse();
    const group = Uint16Array.from(events, (i) => i % 2);
    const wanted = pairedErrors({ ...given, group, groups: 2 }, bins, upper, { seed: 1, replicas: 8 });
    const keys = { keyLo: given.keyLo.slice().reverse(), keyHi: given.keyHi.slice().reverse() };
    const other = { ...keys, values: given.values.map(turned), group: group.slice().reverse(), groups: 2 };
    expect(pairedErrors(other, bins, upper, { seed: 1, replicas: 8 })).toEqual(wanted);
    expect(wanted[0]!.length).toBe(3);
    expect(wanted[0]![2]).toBe(pairedErrors(given, bins, upper, { seed: 1, replicas: 8 })[0]![0]);
  });

  it('has no error without replicas, or where the statistic is unknown', () => {
    expect(pairedErrors(given, bins, upper, { seed: 1, replicas: 0 })[0]).toEqual([null, null]);
    const empty = { ...given, groups: 2 };
    expect(pairedErrors(empty, bins, upper, { seed: 1, replicas: 8 })[0]![1]).toBeNull();
  });

  it('adds the union as a last group', () => {
    const hist = { ...histogramOf([0.5, 1.5, 1.5], bins), n: Float64Array.of(0, 1, 2, 0, 1, 0, 4, 5, 6, 0), groups: 2 };
    expect([...withUnion(hist).n]).toEqual([...hist.n, 0, 5, 7, 6, 1]);
  });
});

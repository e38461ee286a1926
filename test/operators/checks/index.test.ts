import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../operators/checks/check.js';
import { checks, type CheckName } from '../../../operators/checks/index.js';
import { decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { normals } from '../response/reference.js';
import { EDGES, toy } from '../statistics/toys.js';
import { fromEntries } from './windows.js';

interface Input {
  readonly window: number;
}
interface Case {
  readonly config: unknown;
  readonly inputs: readonly Input[];
}

/** A configuration and twenty windows, the last five of them off. */
const scores = normals(20, 3).map((x, i) => ({ x: i === 4 ? null : i < 15 ? x : x + 4 }));
const histograms = scores.map((_, i) => toy(i, i === 4 ? 0 : 400 + 10 * i, EDGES));
const cases: Record<CheckName, Case> = {
  cusum: { config: { k: 0.5, h: 4 }, inputs: fromEntries(scores) },
  page_hinkley: { config: { delta: 0.5, lambda: 4 }, inputs: fromEntries(scores) },
  share_drift: {
    config: { reference: { w: [500, 300, 200], w2: [900, 300, 100] }, runLength: 100 },
    inputs: fromEntries(scores.map(({ x }, i) => ({ w: [50 + (x ?? 0), 30, i < 15 ? 20 : 80], w2: [90, 30, 10] }))),
  },
  reference: {
    config: { edges: EDGES, reference: toy(100, 3000, EDGES), runLength: 100 },
    inputs: fromEntries(histograms.map((h, i) => (i < 15 ? h : { w: h.w, w2: h.w }))).map((h, i) => ({
      ...h,
      w: i < 15 ? h.w : Float64Array.from([...Array.from(h.w).slice(2), 0, 0]),
    })),
  },
};

function frozen<T>(x: T): T {
  if (typeof x === 'object' && x !== null && !ArrayBuffer.isView(x)) {
    Object.freeze(x);
    for (const value of Object.values(x)) frozen(value);
  }
  return x;
}

describe.each(Object.keys(cases) as CheckName[])('%s', (name) => {
  const check = checks[name] as unknown as Check<unknown, Input, object>;
  const { config, inputs } = cases[name];
  const run = (state: object, of: readonly Input[]): object =>
    of.reduce((s, input) => frozen(check.step(s, input)), state);
  const start = frozen(check.create(config));
  const end = run(start, inputs);

  it('finds the change, and no alarm before', () => {
    expect(check.finding(start)).toMatchObject({ alarm: false, since: null });
    expect(check.finding(run(start, inputs.slice(0, 15))).alarm).toBe(false);
    const { alarm, since, statistic, threshold } = check.finding(end);
    expect({ alarm, over: statistic > threshold }).toEqual({ alarm: true, over: true });
    expect(since).toBeGreaterThanOrEqual(12);
  });

  it('goes on from a stored state as if nothing had been, without changing the old one', () => {
    for (let cut = 0; cut <= inputs.length; cut += 3) {
      const state = run(start, inputs.slice(0, cut));
      const bytes = encodeState(state);
      for (const copy of [structuredClone(state), decodeState(bytes) as object])
        expect(encodeState(run(copy, inputs.slice(cut)))).toEqual(encodeState(end));
      expect(encodeState(state)).toEqual(bytes);
    }
  });

  it('refuses a window twice', () => {
    expect(() => check.step(end, inputs.at(-1)!)).toThrow(/windows are read in order/);
  });

  it('is called what its entry is called, in a file of that name with a test', () => {
    expect(check.name).toBe(name);
    expect(readFileSync(`operators/checks/${name}.ts`, 'utf8')).toContain(`name: '${name}'`);
    expect(readdirSync('test/operators/checks')).toContain(`${name}.test.ts`);
  });
});

it('holds every file that defines a check', () => {
  const files = readdirSync('operators/checks').filter((file) =>
    /: Check</.test(readFileSync(`operators/checks/${file}`, 'utf8')),
  );
  expect(files.map((file) => file.replace('.ts', '')).toSorted()).toEqual(Object.keys(checks).toSorted());
});

import { describe, expect, test } from 'vitest';
import { reportOf as localReport } from '../support/local_report.js';
import { lasting } from '../support/replay.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const reportOf = (...args: Parameters<typeof localReport> extends [string, ...infer Rest] ? Rest : never) =>
  localReport(folder, ...args);

const DECLARED = 'local_model.declared={ bias: -0.01, sigma: 0.0424 }';

describe('what the local analysis judges', () => {
  test('the learned model and the declared one; the verdict is that of the one asked for', async () => {
    const { locality, notes } = await reportOf(3000, [DECLARED]);
    expect(locality).toMatchObject({ model: 'learned', n: 3000, alternatives: [{ model: 'declared', n: 3000 }] });
    expect(notes.filter((note) => note.startsWith('locality'))).toEqual([]);
    const asked = await reportOf(3000, [DECLARED, 'local_model.verdict=declared']);
    expect(asked.locality).toMatchObject({ model: 'declared', alternatives: [{ model: 'learned' }] });
    const { alternatives, ...learned } = locality!;
    expect(asked.locality!.alternatives[0]).toEqual(learned);
    expect(asked.locality).toMatchObject(alternatives[0]!);
  });

  test('about max_events of the events, the same for any number of shards', async () => {
    const overrides = ['local_model.max_events=1500'];
    const report = await reportOf(4000, overrides);
    const { n } = report.locality!;
    // Four standard errors.
    expect(Math.abs(n - 1500)).toBeLessThan(4 * Math.sqrt((1500 * 2500) / 4000));
    expect(report.locality!.regimes.reduce((sum, regime) => sum + regime.n, 0)).toBe(n);
    expect(report.events.used).toBe(4000);
    expect(lasting(await reportOf(4000, overrides, {}, 3))).toEqual(lasting(report));
  });

  test('features that are all categories', async () => {
    const { locality } = await reportOf(2000, [
      'objects=[{ forward: abs(gen_eta1) > 1 }, { forward: abs(gen_eta2) > 1 }]',
      'local_model.categories={ forward: [0] }',
    ]);
    expect(locality).toMatchObject({ model: 'learned', n: 2000, violated: false });
  });
});

describe('without a test the report says why', () => {
  test.each([
    ['objects without features', 1200, ['objects=none'], {}, 'locality: the pipeline has no objects with features'],
    ['too few events', 999, [], {}, 'locality: 999 events, 1000 are needed'],
    ['a perfect response', 1200, [], { width: 0 }, 'locality: the response has no width beyond its local mean'],
    ['no response', 1200, ['response=none'], {}, 'locality: the pipeline has no response'],
  ])('%s', async (_, events, overrides, sample, note) => {
    const { locality, notes, dangerZone } = await reportOf(events, overrides, sample);
    expect(locality).toBeUndefined();
    expect(notes).toContain(note);
    // The profile of the pull is missing for the same reason.
    if (dangerZone) expect(dangerZone.reasons.pull).toBe(note.replace('locality: ', ''));
  });

  test('a declared model is tested all the same', async () => {
    const { locality, notes } = await reportOf(999, [DECLARED]);
    expect(locality).toMatchObject({ model: 'declared', n: 999, alternatives: [] });
    expect(notes).toContain('locality: no learned model: 999 events, 1000 are needed');
  });

  test('no timeline of one window, or of more than can be followed', async () => {
    const one = await reportOf(1200, ['window={ events: 5000 }']);
    expect([one.timeline, one.notes]).toEqual([undefined, ['timeline: all events are in one window']]);
    const many = await reportOf(1200, ['window={ events: 1 }']);
    expect(many.timeline).toBeUndefined();
    expect(many.notes).toEqual(['timeline: the sample has more than 1000 windows; make them larger']);
    const two = await reportOf(1200, ['window={ events: 600 }']);
    expect(two.timeline!.windows.map(({ n }) => n)).toEqual([600, 600]);
    expect(two.notes).toEqual([]);
  });
});

describe('the state of a report', () => {
  test('covers the local model and the correction', async () => {
    const state = async (...overrides: string[]): Promise<string> => (await reportOf(3000, overrides)).resultHash!;
    const plain = await state();
    expect(await state()).toBe(plain);
    expect(await state('local_model.winsorise=2.5')).not.toBe(plain);
    expect(await state('correction="none"')).not.toBe(plain);
    expect(await state('locality.level=0.05')).toBe(plain);
  });
});

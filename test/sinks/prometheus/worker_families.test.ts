import { describe, expect, test } from 'vitest';
import { METRICS } from '../../../schemas/metrics.js';
import { samplesOf } from '../../../sinks/prometheus/samples.js';
import { workerFamilies, type WorkerFacts } from '../../../sinks/prometheus/worker_families.js';
import { workerFacts as facts } from '../../support/worker_facts.js';

const valuesOf = (more: Partial<WorkerFacts> = {}) => {
  const samples = samplesOf(workerFamilies({ ...facts, ...more }), {});
  return (name: string, labels: Readonly<Record<string, string>> = {}) =>
    samples.find(
      (one) =>
        one.name === `regimewatch_${name}` && Object.entries(labels).every(([key, own]) => one.labels[key] === own),
    )?.value;
};

test('families have the labels that schemas/metrics.ts names', () => {
  const join = { matched: 1, recoOnly: 2, truthOnly: 3, truthLate: 4, waitingReco: 5, waitingTruth: 6 };
  for (const { name, rows } of workerFamilies({ ...facts, join })) {
    expect(METRICS[name].of, name).toBe('worker');
    for (const [labels] of rows) expect(Object.keys(labels).sort(), name).toEqual([...METRICS[name].labels].sort());
  }
});

describe('the metrics of a worker', () => {
  test('count events by outcome, read being the sum of the others', () => {
    const of = (outcome: string): number => valuesOf()('events_total', { outcome })!;
    expect(['read', 'used', 'rejected', 'late', 'duplicate'].map(of)).toEqual([20, 10, 3, 4, 3]);
    expect(of('read')).toBe(of('used') + of('rejected') + of('late') + of('duplicate'));
    expect(valuesOf()('rejected_total', { reason: 'w: not a finite number' })).toBe(2);
    expect(valuesOf()('dead_letters_total')).toBe(5);
  });

  test('say how each partition is; what is not known is absent', () => {
    const names = ['consumer_lag_events', 'watermark_window', 'held_events', 'model_wait', 'checkpoint_age_seconds'];
    const of = (partition: string) => names.map((name) => valuesOf()(name, { partition }));
    expect(of('0')).toEqual([12, 7, 3, 0, 1.5]);
    expect(of('4')).toEqual([undefined, undefined, 0, 1, undefined]);
  });

  test('of windows are known to the worker that closes them', () => {
    const without = valuesOf();
    for (const name of ['windows_total', 'very_late_events_total', 'regime_events_total', 'corrections_total']) {
      expect(without(name), name).toBeUndefined();
    }
    const counts = { windows: 9, regimes: { 0: 70, 1: 20 }, corrections: { 'rolled back': 2, birth: 1 } };
    const of = valuesOf({ keeper: { windows: 9, veryLate: 2 }, counts, closedAt: 1_750_000_000_500 });
    expect([of('windows_total'), of('very_late_events_total')]).toEqual([9, 2]);
    expect([of('regime_events_total', { regime: '1' }), of('window_closed_timestamp_seconds')]).toEqual([
      20, 1_750_000_000.5,
    ]);
    const outcomes = ['fitted', 'accepted', 'rolled_back', 'kept', 'birth'];
    expect(outcomes.map((outcome) => of('corrections_total', { outcome }))).toEqual([0, 0, 2, 0, undefined]);
  });

  test('name the versions that are in effect', () => {
    const of = valuesOf({ models: 'abc', correction: 'def', version: '1.2.3' });
    expect(of('model_info', { version: 'abc' })).toBe(1);
    expect(of('correction_info', { version: 'def' })).toBe(1);
    expect(of('build_info', { version: '1.2.3' })).toBe(1);
    const none = valuesOf({ models: null, correction: null });
    expect([none('model_info'), none('correction_info'), none('build_info')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test('without any partition the counts are 0', () => {
  const events = { read: 0, used: 0, late: 0, duplicate: 0, rejected: {}, deadLetters: 0 };
  expect(valuesOf({ partitions: [], events })('events_total', { outcome: 'read' })).toBe(0);
});

test('while partitions are being taken up no event is counted, rather than too few', () => {
  const of = valuesOf({ takenUp: false });
  for (const name of ['events_total', 'rejected_total', 'dead_letters_total']) expect(of(name), name).toBeUndefined();
  expect(of('retries_total')).toBe(1);
  expect(valuesOf({ takenUp: true })('events_total', { outcome: 'read' })).toBe(20);
});

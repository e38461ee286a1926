import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOf, stretchesOf, within, type Epoch, type Neighbour, type Tip } from '../../../sinks/history/epochs.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import { chainAfter, follows } from '../../../sinks/history/links.js';
import { windowsAfter } from '../../support/windows.js';

const epoch = (id: number, first: number, parent: number | null): Epoch => ({
  ...{ epoch: id, first, parent, turn: id, pipelineHash: 'a'.repeat(64), run: 'r', began: 0 },
});

test('a branch is read with what it branched off from, each index once', () => {
  const epochs = [epoch(1, 0, null), epoch(2, 10, 1), epoch(3, 4, 2)];
  expect(stretchesOf(epochs, 2)).toEqual([
    { epoch: 2, from: 10, to: Number.MAX_SAFE_INTEGER },
    { epoch: 1, from: 0, to: 9 },
  ]);
  expect(within([])).toBe('false');
  expect(stretchesOf(epochs, 9)).toEqual([]);
});

test('epochs that name each other in a circle end', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(5)), { maxLength: 6 }), (rows) => {
      const epochs = rows.map(([first, parent], i) => epoch(i, first, parent));
      for (const { epoch: id } of epochs) expect(stretchesOf(epochs, id).length).toBeLessThanOrEqual(epochs.length);
    }),
  );
});

test('a chain names a report and the chain before, whatever the order of its entries', () => {
  const [first, second] = windowsAfter(null, 0, 1);
  expect(follows(first!.report.chain, second!.report)).toBe(true);
  expect(follows('', second!.report)).toBe(false);
  expect(follows(first!.report.chain, { ...second!.report, events: 1 })).toBe(false);
  const turned = Object.fromEntries(Object.entries(second!.report).reverse()) as unknown as WindowReport;
  expect(chainAfter(first!.report.chain, turned)).toBe(second!.report.chain);
});

test('where a window belongs', () => {
  const [before, window] = windowsAfter(null, 0, 1);
  const near = (one: Partial<Neighbour>): Neighbour => ({
    epoch: 1,
    index: 0,
    chain: before!.report.chain,
    last: true,
    ...one,
  });
  const tip = (one: Partial<Tip>): Tip => ({
    epoch: epoch(1, 0, null),
    index: 0,
    chain: '',
    models: 'm'.repeat(64),
    ...one,
  });
  const own = near({ index: 1, chain: window!.report.chain, epoch: 4 });
  expect(placeOf(window!, null, [])).toEqual({ kind: 'begins', parent: null });
  expect(placeOf(window!, tip({}), [near({}), own])).toEqual({ kind: 'kept', epoch: 4 });
  expect(placeOf(window!, tip({}), [near({})])).toEqual({ kind: 'next', epoch: 1, linked: true });
  expect(placeOf(window!, tip({}), [near({ last: false })])).toEqual({ kind: 'begins', parent: 1 });
  expect(placeOf(window!, tip({}), [near({ chain: 'other' })])).toEqual({ kind: 'begins', parent: null });
  expect(placeOf(window!, tip({}), [])).toEqual({ kind: 'begins', parent: null });
  expect(placeOf(window!, tip({ index: -5 }), [])).toEqual({ kind: 'next', epoch: 1, linked: false });
  expect(placeOf(window!, tip({ index: -5, models: 'n' }), [])).toEqual({ kind: 'begins', parent: null });
});

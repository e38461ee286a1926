import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openMemory, recall, remember, type MemoryConfig } from '../../../operators/online/memory.js';
import { encodeState } from '../../../operators/summaries/codec.js';
import { cellRows, responseCells, type ResponseCellsState } from '../../../operators/summaries/response_cells.js';
import { cellsOf, draw } from './stream.js';

const windows = Array.from({ length: 9 }, (_, number) => {
  const cells = cellsOf(draw(number, { events: 60 + 40 * (number % 3) }));
  responseCells.settle(cells);
  return cells;
});

const filled = (config: MemoryConfig, cells: readonly ResponseCellsState[]) =>
  cells.reduce((memory, each, i) => remember(memory, 2 * i, each), openMemory(config));

const merged = (cells: readonly ResponseCellsState[]): Uint8Array => {
  const { dimensions, groups, maxCells } = cells[0]!;
  const all = responseCells.create({ dimensions, groups, maxCells });
  for (const each of cells) responseCells.merge(all, each);
  responseCells.settle(all);
  return encodeState(all);
};

const trained = (cells: ResponseCellsState): number => {
  const { n, groups } = cellRows(cells);
  return n.filter((_, slot) => slot % groups === 0).reduce((a, b) => a + b, 0);
};

describe('memory', () => {
  it('has nothing before the first window', () => {
    expect(recall(openMemory({ kind: 'cumulative' }))).toBeUndefined();
  });

  it('cumulative: all windows merged exactly, in one state', () => {
    const memory = filled({ kind: 'cumulative' }, windows);
    const { cells, training } = recall(memory)!;
    expect(encodeState(cells)).toEqual(merged(windows));
    expect(memory.windows.length).toBe(1);
    const events = windows.reduce((sum, each) => sum + trained(each), 0);
    expect(training).toEqual({ from: 0, to: 16, events, weight: events, forgotten: 0 });
  });

  it('sliding: the last windows, exactly', () => {
    const memory = filled({ kind: 'sliding', windows: 3 }, windows);
    const { cells, training } = recall(memory)!;
    expect(encodeState(cells)).toEqual(merged(windows.slice(-3)));
    expect(memory.windows.length).toBe(3);
    const events = windows.slice(-3).reduce((sum, each) => sum + trained(each), 0);
    expect(training).toEqual({ from: 12, to: 16, events, weight: events, forgotten: 0 });
  });

  it('half_life: Σ 2^(−age / half-life) of every count and sum, and tells what it dropped', () => {
    for (const [halfLife, least, kept] of [
      [1, 1 / 8, 4],
      [2, 1 / 64, 9],
      [1.5, 0.3, 3],
    ] as const) {
      const memory = filled({ kind: 'half_life', windows: halfLife, least }, windows);
      expect(memory.windows.length).toBe(kept);
      const { cells, training } = recall(memory)!;
      const weights = windows.map((_, i) => 2 ** (-(windows.length - 1 - i) / halfLife));
      const first = windows.length - kept;
      const total = (rows: Float64Array): number => rows.reduce((a, b) => a + b, 0);
      const sums = (of: 'n' | 'sum' | 'sumOfSquares'): number =>
        windows.reduce((sum, each, i) => sum + (i < first ? 0 : weights[i]! * total(cellRows(each)[of])), 0);
      for (const of of ['n', 'sum', 'sumOfSquares'] as const) {
        expect(total(cellRows(cells)[of])).toBeCloseTo(sums(of), 10);
      }
      const weight = windows.map((each, i) => weights[i]! * trained(each));
      const all = total(Float64Array.from(weight));
      expect(training.weight).toBeCloseTo(total(Float64Array.from(weight.slice(first))), 9);
      expect(training.forgotten).toBeCloseTo(total(Float64Array.from(weight.slice(0, first))) / all, 12);
      expect(training.events).toBe(windows.slice(first).reduce((sum, each) => sum + trained(each), 0));
      expect([training.from, training.to]).toEqual([2 * first, 16]);
    }
  });

  it('leaves the windows as they are, and stays bounded', () => {
    const before = windows.map((each) => encodeState(each));
    const config = fc.oneof(
      fc.constant({ kind: 'cumulative' } as const),
      fc.record({ kind: fc.constant('sliding' as const), windows: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ kind: fc.constant('half_life' as const), windows: fc.double({ min: 0.5, max: 2, noNaN: true }) }),
    );
    fc.assert(
      fc.property(config, fc.array(fc.nat(windows.length - 1), { minLength: 1, maxLength: 15 }), (config, order) => {
        const memory = filled(
          config,
          order.map((i) => windows[i]!),
        );
        const once = encodeState(recall(memory));
        expect(encodeState(recall(memory))).toEqual(once);
        const most = { cumulative: 1, sliding: 5, half_life: 13 }[config.kind];
        expect(memory.windows.length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 12 },
    );
    expect(windows.map((each) => encodeState(each))).toEqual(before);
  });
});

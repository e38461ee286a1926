import { expect, test } from 'vitest';
import { plainLoop } from '../../../bench/chain/plain_loop.js';
import { WORKLOAD } from '../../../bench/chain/workload.js';
import { runChain } from '../../../bench/scaling/run_chain.js';
import { WORKLOAD_SHAPE } from '../../../bench/scaling/shape.js';
import type { Book } from '../../../operators/summaries/book.js';
import type { HistogramState } from '../../../operators/summaries/histogram.js';
import type { MomentsState } from '../../../operators/summaries/moments.js';

const EVENTS = 10_000;
/** Uniform numbers as the columns of the workload have them: pT, η, φ in turn; Weyl's sequence of the golden ratio. */
const columns = WORKLOAD.columns.map((_, c) =>
  Float32Array.from({ length: EVENTS }, (_, i) => {
    const u = ((i + 1) * 0.6180339887498949 * (c + 1)) % 1;
    return [20 + 200 * u, 5 * u - 2.5, 6 * u - 3][c % 3]!;
  }),
);
const regimesOf = (book: Book): MomentsState => book.byRegime!.state as MomentsState;

test("the shape of the workload counts what the workload's own loop counts", () => {
  const book = runChain(WORKLOAD_SHAPE, columns, EVENTS);
  const { counts } = plainLoop(columns, EVENTS);
  expect([...regimesOf(book).n]).toEqual(Array.from(counts.regime));
  const spectrum = book.spectrum!.state as HistogramState;
  expect([...spectrum.n].slice(0, counts.mass.length)).toEqual(Array.from(counts.mass));
});

test('columns are read again from their beginning', () => {
  const once = regimesOf(runChain(WORKLOAD_SHAPE, columns, EVENTS)).n;
  expect(regimesOf(runChain(WORKLOAD_SHAPE, columns, 3 * EVENTS)).n).toEqual(once.map((n) => 3 * n));
});

for (const more of [{ formulas: 5 }, { regimes: 64 }, { context: 1 }, { context: 6 }, { bins: 100_000 }]) {
  test(`with ${JSON.stringify(more)} every event is in one regime`, () => {
    const { n } = regimesOf(runChain({ ...WORKLOAD_SHAPE, ...more }, columns, EVENTS));
    expect(n).toHaveLength(more.regimes ?? 4);
    expect(n.reduce((sum, each) => sum + each, 0)).toBe(EVENTS);
  });
}

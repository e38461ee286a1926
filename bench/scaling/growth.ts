import { lineFit } from '../fit.js';
import type { Outcome, Task } from '../parts/outcome.js';
import { digits } from '../spread.js';
import { chainSeconds, withError } from './cost.js';
import { WORKLOAD_SHAPE, type Shape } from './shape.js';

interface Growth {
  readonly of: keyof Shape;
  readonly values: readonly number[];
  /** What stands beside the slope. */
  readonly unit: string;
  readonly why: string;
}

const GROWTHS: readonly Growth[] = [
  {
    ...{ of: 'formulas', values: [1, 2, 4, 8, 16, 32, 64], unit: 'formula' },
    why: 'each formula is its own instructions, here a cosine and two additions, and no column: the cost is a line',
  },
  {
    ...{ of: 'regimes', values: [2, 4, 8, 16, 32, 64], unit: 'regime' },
    why: 'each regime is one distance and one comparison for every event: the cost is a line',
  },
  {
    ...{ of: 'context', values: [1, 2, 3, 4, 5, 6], unit: 'variable' },
    why: 'each variable is a formula, a standardisation and one term in each of four distances',
  },
  {
    ...{ of: 'bins', values: [10, 100, 1000, 10_000, 100_000], unit: '1,000 bins' },
    why: 'the work of an event is the same; tables beyond a cache are waited for, and are made and emptied once a run',
  },
];

/** Over the columns: V8 optimises a new module while it runs, which is to be little of the whole. */
const PASSES = 8;

/** Cost of an event of the chain in memory as one number of its shape grows, the others as in the workload. */
export async function growthPart(task: Task): Promise<Outcome> {
  const folder = await task.columns();
  const stored = Math.min(task.chainEvents, 2 ** 20);
  const events = task.quick ? stored : PASSES * stored;
  const measured = GROWTHS.map((growth) => {
    task.onRun(`the chain with more ${growth.of}`);
    const runs = growth.values.map((value) => ({ shape: { ...WORKLOAD_SHAPE, [growth.of]: value }, events }));
    const seconds = chainSeconds(folder, stored, task.quick ? 1 : Math.max(5, task.rounds), runs);
    return { ...growth, seconds, nanoseconds: seconds.map((each) => (1e9 * Math.min(...each)) / events) };
  });
  const table = {
    title: 'Cost of an event as the chain grows',
    head: ['number of', 'values', 'ns an event', 'slope [ns]', 'for each'],
    words: 3,
    rows: measured.map(({ of, values, nanoseconds, unit }) => {
      const per = of === 'bins' ? 1000 : 1;
      const { slope, slopeError } = lineFit(
        values.map((value) => value / per),
        nanoseconds,
      );
      const names = { context: 'context variables' } as Readonly<Record<string, string>>;
      const lists = [values.map((x) => x.toLocaleString('en')), nanoseconds.map(digits)];
      return [names[of] ?? of, ...lists.map((each) => each.join(' · ')), withError(slope, slopeError), unit];
    }),
    notes: [
      `${events.toLocaleString('en')} events; the other numbers as in the workload (4 regimes, 2 variables, ${WORKLOAD_SHAPE.bins} bins). Compiling is in.`,
      ...measured.map(({ of, why }) => `${of}: ${why}.`),
    ],
  };
  return { tables: [table], findings: {}, left: [], rounds: measured };
}

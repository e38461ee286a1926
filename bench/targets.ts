import { digits, shown, type Spread } from './spread.js';
import type { Table } from './tables.js';

/** What was measured, by name; what is not in it was not. */
export type Findings = Readonly<Record<string, Spread>>;

interface Target {
  readonly work: string;
  /** Name among the findings. */
  readonly of: string;
  readonly unit: string;
  readonly least: number;
  readonly stretch?: number;
  /** Less is better. */
  readonly below?: true;
}

const times = '×';

/** What is to be reached, on one core but for the workers. */
export const TARGETS: readonly Target[] = [
  { work: 'chain against C++ f32, one loop', of: 'chain/cpp_loop_f32', unit: times, least: 0.65, stretch: 1 },
  { work: 'chain against C++ f32, in blocks', of: 'chain/cpp_blocks_f32', unit: times, least: 0.65, stretch: 1 },
  { work: 'chain against C++ f64, one loop', of: 'chain/cpp_loop_f64', unit: times, least: 0.4, stretch: 0.65 },
  { work: 'chain against C++ f64, in blocks', of: 'chain/cpp_blocks_f64', unit: times, least: 0.4, stretch: 0.65 },
  { work: 'chain against NumPy + scikit-learn f64', of: 'chain/numpy_f64', unit: times, least: 3, stretch: 5 },
  { work: 'chain against Flink, chained', of: 'chain/flink_chained', unit: times, least: 10 },
  { work: 'chain against Flink, keyed', of: 'chain/flink_keyed', unit: times, least: 25 },
  { work: 'chain against River', of: 'chain/river', unit: times, least: 800 },
  { work: 'replay from Arrow', of: 'replay/arrow', unit: 'M events/s', least: 15, stretch: 25 },
  { work: 'replay from Arrow against the chain in memory', of: 'replay/chain', unit: times, least: 0.6 },
  { work: 'replay from Parquet', of: 'replay/parquet', unit: 'M events/s', least: 3.5 },
  { work: 'replay from Parquet against pyarrow + NumPy', of: 'replay/pyarrow', unit: times, least: 1 },
  { work: 'LHE.gz against pylhe', of: 'replay/pylhe', unit: times, least: 40 },
  { work: '2 workers against 1', of: 'workers', unit: times, least: 1.8 },
  { work: 'start-up of `regimewatch check`', of: 'start', unit: 'ms', least: 300, stretch: 150, below: true },
  { work: 'peak memory, 100 M events from Arrow', of: 'memory/100M', unit: 'MB', least: 300, below: true },
];

/** 'reached', 'reached, and the stretch', or by how much it was missed, of the median. */
export function verdict({ least, stretch, below }: Target, found: Spread | undefined): string {
  if (found === undefined) return 'not measured';
  const { median } = found;
  const meets = (aim: number): boolean => (below ? median <= aim : median >= aim);
  if (stretch !== undefined && meets(stretch)) return 'reached, and the stretch';
  if (meets(least)) return 'reached';
  const factor = below ? median / least : least / median;
  return `missed by a factor of ${digits(factor)}`;
}

/** The table of what is to be reached. Why a row was not measured is said where the run says what it left out. */
export function targetTable(findings: Findings): Table {
  const aim = (target: Target, x: number | undefined): string =>
    x === undefined ? '' : `${target.below ? '≤' : '≥'} ${digits(x)}`;
  return {
    title: 'To reach',
    head: ['work', 'unit', 'at least', 'stretch', 'measured (low–high)', 'verdict'],
    words: 2,
    rows: TARGETS.map((target) => {
      const found = findings[target.of];
      return [
        ...[target.work, target.unit, aim(target, target.least), aim(target, target.stretch)],
        ...[found === undefined ? '' : shown(found), verdict(target, found)],
      ];
    }),
    notes: [
      'Medians of pairs in one run, lowest and highest pair in brackets. Beside programs in single precision the chain computes masses and context with singles (`precision: f32`), response, regimes and sums in doubles.',
    ],
  };
}

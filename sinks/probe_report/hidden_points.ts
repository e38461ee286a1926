import type { Estimate } from '../../schemas/report.js';
import type { Hidden, RegimeId } from './entries.js';
import type { IntervalPoint } from '../report/interval_marks.js';
import { timesOneAtATime } from './times_one_at_a_time.js';

/** What one attack, or its control, does to a quantity: a point a regime, and the same over one input at a time. */
export interface HiddenSeries {
  readonly attack: string;
  readonly control: boolean;
  /** Number of the attack, for its colour. */
  readonly k: number;
  readonly shifts: readonly IntervalPoint[];
  readonly times: readonly IntervalPoint[];
}

const point = (x: number, { value, error }: Pick<Estimate, 'value' | 'error'>): IntervalPoint[] =>
  value === null ? [] : [{ x, y: value, low: value - (error ?? 0), high: value + (error ?? 0) }];

/** Points of each attack and its control, side by side within the unit of width of each regime. */
export const hiddenSeries = (
  rows: readonly Hidden[],
  ids: readonly RegimeId[],
  attacks: readonly string[],
): HiddenSeries[] =>
  attacks.flatMap((attack, k) =>
    [true, false].map((control) => {
      const aside = ((k + (control ? 0.45 : 0) - (attacks.length - 0.55) / 2) * 0.72) / attacks.length;
      const placed = ids.flatMap((id, i) =>
        rows
          .filter((row) => row.attack === attack && row.regime === id)
          .map(({ shift, random, oneAtATime }) => ({
            ...{ x: i + 0.5 + aside, moved: control ? random : shift, today: oneAtATime },
          })),
      );
      return {
        ...{ attack, control, k },
        shifts: placed.flatMap(({ x, moved }) => point(x, moved)),
        times: placed.flatMap(({ x, moved, today }) => {
          const times = timesOneAtATime(moved, today);
          return times ? point(x, times) : [];
        }),
      };
    }),
  );

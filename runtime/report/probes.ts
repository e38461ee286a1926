import { fooling, foolingRows, type FoolingRow } from '../../operators/probes/fooling.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { Probe } from '../../schemas/pipeline.js';
import type { ProbeRow } from '../../schemas/report.js';
import { MAX_WINDOWS } from '../local_entries.js';
import type { Picked } from '../picked.js';
import { WINDOW } from '../pipeline_plan.js';
import type { ProbedMargins } from '../probe_stream/probe_rows.js';

/** Picked events with their regimes, and what became of them. */
export interface ProbedEvents {
  readonly events: Picked;
  readonly regime: Uint16Array;
  readonly margins: ProbedMargins;
}

/** Fewest events that were right before for a verdict. */
const LEAST = 30;
/** Standard deviations from which a difference counts: a chance of 0.01 of both sides. */
const SIGNIFICANT = 2.576;

/** Rows of a probe: of all events, and of each window where there are windows, for all regimes and for each. */
export function probeReport(
  name: string,
  probe: Probe,
  model: string,
  { events, regime, margins }: ProbedEvents,
  { centroids }: RegimeMap,
): ProbeRow[] {
  const numbers = events.columns.get(WINDOW);
  const windows = numbers === undefined ? [] : [...new Set(numbers)].sort((a, b) => a - b);
  const head = { probe: name, model, attack: probe.attack, size: probe.size };
  const rowsOf = (window: number | null, rows: Int32Array): ProbeRow[] => {
    const state = fooling.create({ groups: centroids.length });
    const of = (x: Float64Array): Float64Array => Float64Array.from(rows, (row) => x[row]!);
    fooling.fill(state, {
      length: rows.length,
      columns: [of(margins.before), of(margins.attacked), of(margins.control), new Float64Array(rows.length)],
      group: Uint16Array.from(rows, (row) => regime[row]!),
      weight: null,
    });
    fooling.settle(state);
    return foolingRows(state)
      .filter((row) => window === null || sampled(row) > 0)
      .map((row) => ({ ...head, window, ...counted(row), verdict: verdictOf(row, probe.tolerance) }));
  };
  const all = Int32Array.from({ length: events.length }, (_, i) => i);
  return [
    ...rowsOf(null, all),
    ...(windows.length > MAX_WINDOWS
      ? []
      : windows.flatMap((window) =>
          rowsOf(
            window,
            all.filter((row) => numbers![row] === window),
          ),
        )),
  ];
}

const sampled = ({ right, wrong, unanswered, skipped }: FoolingRow): number => right + wrong + unanswered + skipped;

const counted = (row: FoolingRow) => {
  const { regime, right, wrong, unanswered, skipped, fooled, random, difference, significance } = row;
  return { regime, sampled: sampled(row), right, wrong, unanswered, skipped, fooled, random, difference, significance };
};

/**
 * null: too few events that were right; bad: the share fooled beyond the control is above the tolerance by more than
 * chance explains; medium: it is above it; good: it is not.
 */
export function verdictOf(
  { right, difference: { value, error } }: Pick<FoolingRow, 'right' | 'difference'>,
  tolerance: number,
): ProbeRow['verdict'] {
  if (right < LEAST || value === null || error === null) return 'null';
  if (value <= tolerance) return 'good';
  return value - tolerance > SIGNIFICANT * error ? 'bad' : 'medium';
}

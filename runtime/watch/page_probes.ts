import type { PageProbe } from '../../schemas/page.js';
import type { Estimate } from '../../schemas/report.js';
import type { ProbeFacts } from '../../sinks/prometheus/probe_families.js';

type Row = ProbeFacts['rows'][number];

/** Half of the interval stands for the error. */
const estimate = ({ value, low, high }: Row['fooled']): Estimate =>
  value === null || low === null || high === null
    ? { value: null, error: null, reason: 'no event was right before' }
    : { value, error: (high - low) / 2 };

/** What the probes have found, by the labels of the regimes. */
export const pageProbes = (probes: readonly ProbeFacts[], labelOf: (regime: number) => string): PageProbe[] =>
  probes.flatMap(({ probe, model, rows }) =>
    rows.map((row) => ({
      ...{ name: probe, model, fooled: estimate(row.fooled), control: estimate(row.random) },
      regime: row.regime === null ? 'none yet' : row.regime === 'all' ? 'all' : labelOf(row.regime),
      sampled: row.right + row.wrong + row.unanswered,
      skipped: row.skipped,
    })),
  );

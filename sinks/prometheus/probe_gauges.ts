import type { ProbeRow, Report } from '../../schemas/report.js';
import type { GaugeRows } from './gauge_rows.js';

const levels = { null: 0, good: 1, medium: 2, bad: 3 };

/** Probes of all windows together; the share fooled beside that of the control. */
export function probeGauges({ probes = [] }: Report): GaugeRows[] {
  const whole = probes.filter(({ window }) => window === null);
  const labels = ({ probe, model, regime }: ProbeRow) => ({ probe, model, regime: String(regime) });
  const gauge = (name: string, help: string, of: (row: ProbeRow) => number | null): GaugeRows => ({
    ...{ name, help },
    rows: whole.map((row) => [labels(row), of(row)]),
  });
  const shares = (name: string, help: string, of: (share: ProbeRow['fooled']) => number | null): GaugeRows => ({
    ...{ name, help },
    rows: whole
      .filter(({ right }) => right > 0)
      .flatMap((row) => [
        [{ ...labels(row), direction: 'adversarial' }, of(row.fooled)] as const,
        [{ ...labels(row), direction: 'random' }, of(row.random)] as const,
      ]),
  });
  return [
    shares('probe_fooled_ratio', 'Share fooled of the events that were right', ({ value }) => value),
    shares('probe_fooled_low_ratio', 'Lower end (68 %) of the share fooled', ({ low }) => low),
    shares('probe_fooled_high_ratio', 'Upper end (68 %) of the share fooled', ({ high }) => high),
    gauge('probe_excess_ratio', 'Share fooled beyond the control, of the same events', (row) => row.difference.value),
    gauge('probe_excess_error_ratio', 'Standard error: share fooled beyond the control', (row) => row.difference.error),
    gauge(
      'probe_quality',
      'Quality of the model under the probe: 0 too few events, 1 good, 2 medium, 3 bad',
      ({ verdict }) => levels[verdict],
    ),
  ];
}

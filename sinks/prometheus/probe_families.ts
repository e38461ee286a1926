import type { Family } from './exposition.js';

interface Share {
  readonly k: number;
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
}

/** What a probe has found; regime null: events from before there were regimes. */
export interface ProbeFacts {
  readonly probe: string;
  readonly model: string;
  readonly rows: readonly {
    readonly regime: number | 'all' | null;
    readonly right: number;
    readonly wrong: number;
    readonly unanswered: number;
    readonly skipped: number;
    readonly fooled: Share;
    readonly random: Share;
    readonly difference: { readonly value: number | null; readonly error: number | null };
  }[];
}

type Row = ProbeFacts['rows'][number];
type Labels = Record<string, string>;

/**
 * Probes as Prometheus reads them: counts of events by what became of them (disjoint: `right` stayed right under the
 * attack), and the share fooled among those that were right, with its interval (68 %) and the control beside. Labels
 * are the probe, the model on its card and the regime; sums over regimes are left to the reader of counts.
 */
export function probeFamilies(probes: readonly ProbeFacts[]): Family[] {
  const rows = probes.flatMap(({ probe, model, rows: all }) =>
    all.map((row): [Labels, Row] => [{ probe, model, regime: String(row.regime ?? 'none') }, row]),
  );
  if (rows.length === 0) return [];
  const shares = (of: (share: Share) => number | null): Family['rows'] =>
    rows
      .filter(([, { right }]) => right > 0)
      .flatMap(([labels, { fooled, random }]) => [
        [{ ...labels, direction: 'adversarial' }, of(fooled)] as const,
        [{ ...labels, direction: 'random' }, of(random)] as const,
      ]);
  const gauge = (name: string, help: string, of: Family['rows']): Family => ({ name, type: 'gauge', help, rows: of });
  return [
    {
      ...{ name: 'probe_events_total', type: 'counter', help: 'Events chosen for a probe by what became of them' },
      rows: rows
        .filter(([, { regime }]) => regime !== 'all')
        .flatMap(([labels, { right, wrong, fooled, unanswered, skipped }]) =>
          Object.entries({ right: right - fooled.k, fooled: fooled.k, wrong, unanswered, skipped }).map(
            ([outcome, n]) => [{ ...labels, outcome }, n] as const,
          ),
        ),
    },
    gauge(
      'probe_fooled_ratio',
      'Share fooled of the events that were right',
      shares(({ value }) => value),
    ),
    gauge(
      'probe_fooled_low_ratio',
      'Lower end (68 %) of the share fooled',
      shares(({ low }) => low),
    ),
    gauge(
      'probe_fooled_high_ratio',
      'Upper end (68 %) of the share fooled',
      shares(({ high }) => high),
    ),
    gauge(
      'probe_excess_ratio',
      'Share fooled beyond the control, of the same events',
      rows.map(([labels, { difference }]) => [labels, difference.value]),
    ),
    gauge(
      'probe_excess_error_ratio',
      'Standard error: share fooled beyond the control',
      rows.map(([labels, { difference }]) => [labels, difference.error]),
    ),
  ];
}

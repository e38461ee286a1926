import { family, withError, type Family } from './family.js';

interface Share {
  readonly k: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
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

type ProbeRow = ProbeFacts['rows'][number];
interface Labels {
  readonly probe: string;
  readonly model: string;
  readonly regime: string;
}

/**
 * Probes as Prometheus reads them: counts of events by what became of them (disjoint: `right` stayed right under the
 * attack), and the share fooled among those that were right, with its interval (68 %) and the control beside. Labels
 * are the probe, the model on its card and the regime; sums over regimes are left to the reader of counts.
 */
export function probeFamilies(probes: readonly ProbeFacts[]): Family[] {
  const rows = probes.flatMap(({ probe, model, rows: all }) =>
    all.map((row): [Labels, ProbeRow] => [{ probe, model, regime: String(row.regime ?? 'none') }, row]),
  );
  return [
    family(
      'probe_events_total',
      rows
        .filter(([, { regime }]) => regime !== 'all')
        .flatMap(([labels, { right, wrong, fooled, unanswered, skipped }]) =>
          Object.entries({ right: right - fooled.k, fooled: fooled.k, wrong, unanswered, skipped }).map(
            ([outcome, n]) => [{ ...labels, outcome }, n] as const,
          ),
        ),
    ),
    ...fooledFamilies(rows),
  ];
}

type Fooled = Pick<ProbeRow, 'right' | 'difference'> & Record<'fooled' | 'random', Omit<Share, 'k'>>;

/** Share fooled and the control, where any event was right; and what is beyond the control. */
export function fooledFamilies(rows: readonly (readonly [Labels, Fooled])[]): Family[] {
  const shares = (of: (share: Omit<Share, 'k'>) => number | null) =>
    rows
      .filter(([, { right }]) => right > 0)
      .flatMap(([labels, { fooled, random }]) => [
        [{ ...labels, direction: 'adversarial' }, of(fooled)] as const,
        [{ ...labels, direction: 'random' }, of(random)] as const,
      ]);
  return [
    family(
      'probe_fooled_ratio',
      shares(({ value }) => value),
    ),
    family(
      'probe_fooled_low_ratio',
      shares(({ low }) => low),
    ),
    family(
      'probe_fooled_high_ratio',
      shares(({ high }) => high),
    ),
    ...withError(
      'probe_excess_ratio',
      rows.map(([labels, { difference }]) => [labels, difference]),
    ),
  ];
}

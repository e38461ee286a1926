import { exp } from '../../operators/expressions/math/exp.js';
import type { WatchState } from '../../operators/checks/watch.js';
import type { WindowReport } from '../../schemas/window_report.js';

type Row = Pick<WindowReport['regimes'][number], 'regime' | 'n' | 'peak'>;
type Reference = NonNullable<WindowReport['regimes'][number]['reference']>;

/** What the checks learned of a regime. Plain data. */
export interface RegimeReference {
  /** null: they have not yet. */
  readonly learned: Omit<Reference, 'peak'> | null;
  /** Of the windows with a known peak, until there are enough: their number, Σn, Σ n · peak, Σ (n · error)². */
  readonly peak: Readonly<Record<'windows' | 'n' | 'sum' | 'squares', number>>;
}

const NONE: RegimeReference = { learned: null, peak: { windows: 0, n: 0, sum: 0, squares: 0 } };

/**
 * Takes a closed window into the references of the regimes. `learned` is read off the checks after the window with which
 * they have learned a regime, and stays: later windows teach the checks on, and would move it along with a slow drift.
 * Core and σ68 are means over the learned windows by events (of σ68 the geometric one; standardise.ts), the share that of
 * their events, with its binomial error. The peak, which no check watches, is the mean over as many windows.
 *
 * Windows close in rising order, so it is a function of their reports. A state from before there were references has
 * none (`before` undefined): it takes what the checks know by then, and the peaks of the next windows.
 */
export function learnReference(
  watch: WatchState,
  rows: readonly Row[],
  before: readonly RegimeReference[] | undefined,
): RegimeReference[] {
  const { learn, least } = watch.config;
  return rows.map(({ regime, n, peak }, r) => {
    const { learned, peak: known } = before?.[r] ?? NONE;
    const usable = known.windows < learn && n >= least && typeof peak?.value === 'number' && peak.error !== null;
    return {
      learned: learned ?? learnedBy(watch, regime),
      peak: usable
        ? {
            windows: known.windows + 1,
            n: known.n + n,
            sum: known.sum + n * peak.value!,
            squares: known.squares + n * peak.error! * (n * peak.error!),
          }
        : known,
    };
  });
}

function learnedBy({ config, tracks, shares }: WatchState, regime: number): RegimeReference['learned'] {
  const baseline = (quantity: string) => {
    const scores = tracks.find(({ watched }) => watched.regime === regime && watched.quantity === quantity)?.scores;
    return scores && scores.known >= config.learn
      ? { value: scores.mean, error: Math.sqrt(scores.variance / scores.n) }
      : null;
  };
  const [core, width] = [baseline('bias'), baseline('sigma68')];
  if (!core || !width || !shares) return null;
  const events = Array.from(shares.reference.w).reduce((a, b) => a + b, 0);
  const share = shares.reference.w[regime]! / events;
  const sigma68 = exp(width.value);
  return {
    core,
    sigma68: { value: sigma68, error: sigma68 * width.error },
    share: { value: share, error: Math.sqrt((share * (1 - share)) / events) },
  };
}

/** As a report has it; undefined: not learned yet. */
export function referenceOf({ config }: WatchState, { learned, peak }: RegimeReference): Reference | undefined {
  if (!learned) return undefined;
  // Entries in one order: those of a state that was stored come back sorted, and a report is the same text after a crash.
  const inOrder = ({ value, error }: Reference['core']) => ({ value, error });
  const { core, sigma68, share } = learned;
  const known = { core: inOrder(core), sigma68: inOrder(sigma68), share: inOrder(share) };
  if (peak.windows < config.learn) return known;
  return { ...known, peak: { value: peak.sum / peak.n, error: Math.sqrt(peak.squares) / peak.n } };
}

import { mixOrResponse, type RegimeMeans } from '../../operators/checks/mix_or_response.js';
import { mean } from '../../operators/response/mean.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { regroupMoments } from '../../operators/summaries/regroup.js';
import type { TimelineReport } from '../../schemas/report.js';
import type { LocalFindings } from '../local_analysis.js';
import { stateOf } from './pages.js';
import { widthsChanged } from './widths_changed.js';

type Check = TimelineReport['checks'][number];
type Alarmed = { readonly check: Check; readonly alarm: Check['alarms'][number] };

/** Standard errors from which a part of the change counts. */
const SIGNIFICANT = 3;

/**
 * The change at the window where the first alarm's excursion began; without an alarm, at the middle. The bias of the
 * core before and after is split into what the mix of the regimes did and what changed inside them.
 *
 * Where the mix changes, the context moves inside the regimes too, and with it δ. So, where there is a local model, the
 * verdict takes δ for changed inside a regime only if that is more than the objects' own parameters explain: the mean
 * pull, or its width, changed. Without one every alarm inside a regime counts.
 */
export function changeOf(
  { final, windows, judge }: LocalFindings,
  regimes: number,
  rows: TimelineReport['windows'],
  checks: readonly Check[],
): TimelineReport['change'] {
  const alarms = checks.flatMap((check) => check.alarms.map((alarm) => ({ check, alarm })));
  const first = firstOf(alarms);
  const start = first ? (first.alarm.since ?? first.alarm.raised) : rows[Math.floor(rows.length / 2)]!.number;
  const at = rows.findIndex(({ number }) => number >= start);
  if (at < 1) return null;
  const core = partsOf(stateOf(final, 'window:core'), regimes, at);
  if (events(core.before) === 0 || events(core.after) === 0) return null;
  const { total, mix, response } = mixOrResponse(core.before, core.after);
  const shares = alarms.some(({ check }) => check.check === 'share_drift');
  const inside = alarms.filter(({ check }) => check.check !== 'share_drift');
  const mixed = shares || mix.sigma >= SIGNIFICANT;
  const responded = judge
    ? beyondLocal(stateOf(final, 'window:pull'), regimes, at, inside)
    : inside.length > 0 || response.sigma >= SIGNIFICANT;
  const verdict = mixed ? (responded ? 'both' : 'mix') : responded ? 'response' : 'neither';
  const followed = !responded && (inside.length > 0 || response.sigma >= SIGNIFICANT);
  return {
    at: rows[at]!.number,
    index: at,
    found: first ? first.alarm.raised : null,
    before: { windows: at, n: events(core.before) },
    after: { windows: windows!.length - at, n: events(core.after) },
    ...{ total, mix, response, verdict },
    reason: `${REASONS[verdict]}${followed ? FOLLOWED : ''}`,
  };
}

const REASONS = {
  mix: 'the shares of the regimes changed, δ inside them did not',
  response: 'δ changed inside the regimes, their shares did not',
  both: 'the shares of the regimes and δ inside them changed',
  neither: 'neither the shares of the regimes nor δ inside them changed significantly',
} as const;
const FOLLOWED = ' beyond what the parameters of the objects explain';

/** Of the alarms raised first the strongest, which knows best when it began. */
function firstOf(alarms: readonly Alarmed[]): Alarmed | undefined {
  const size = ({ alarm: { change } }: Alarmed): number => Math.abs((change.value ?? 0) / (change.error ?? 1));
  return alarms.toSorted((a, b) => a.alarm.raised - b.alarm.raised || size(b) - size(a))[0];
}

/** Whether δ changed inside the regimes against the local model: in mean, or where σ68 alarmed in width. */
function beyondLocal(pull: MomentsState, regimes: number, at: number, inside: readonly Alarmed[]): boolean {
  const { before, after } = partsOf(pull, regimes, at);
  if (inside.some(({ check }) => check.quantity === 'pull')) return true;
  if (events(before) > 0 && events(after) > 0 && mixOrResponse(before, after).response.sigma >= SIGNIFICANT)
    return true;
  const wider = inside.filter(({ check }) => check.quantity === 'sigma68').map(({ check }) => check.regime);
  return (
    wider.length > 0 && widthsChanged(pull, regimes, at).some((sigma, r) => sigma >= SIGNIFICANT && wider.includes(r))
  );
}

const events = ({ w }: RegimeMeans): number => Array.from(w).reduce((sum, x) => sum + x, 0);

/** Means by regime of the windows before the one at this index, and of the others. */
function partsOf(byWindow: MomentsState, regimes: number, at: number): { before: RegimeMeans; after: RegimeMeans } {
  const into = Array.from(byWindow.n, (_, g) => (Math.floor(g / regimes) < at ? 0 : regimes) + (g % regimes));
  const joined = regroupMoments(byWindow, into, 2 * regimes);
  return { before: meansOf(joined, 0, regimes), after: meansOf(joined, regimes, regimes) };
}

function meansOf(moments: MomentsState, from: number, regimes: number): RegimeMeans {
  const rows = [...Array(regimes).keys()].map((r) => mean(moments, from + r));
  return {
    w: [...Array(regimes).keys()].map((r) => moments.n[from + r]!),
    w2: null,
    mean: rows.map(({ value }) => value ?? NaN),
    error: rows.map(({ error }) => error ?? NaN),
  };
}

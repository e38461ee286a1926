import { formatEstimate, formatPlain } from '../../sinks/page/client/shared/format_estimate.js';
import type { PageAlert, PageDescription, PageStatus, StoredWindow } from '../../schemas/page.js';
import type { Estimate } from '../../schemas/report.js';
import type { WindowReport } from '../../schemas/window_report.js';

export type Verdict = Pick<PageStatus, 'verdict' | 'why'>;
type Regime = WindowReport['regimes'][number];

/** What is a trifle of what is delivered: the limits of the alerts. */
type Limits = Pick<PageDescription['limits'], 'bias' | 'sigma68'>;

const ORDER = ['null', 'good', 'medium', 'bad'] as const;
/** Of what is wrong with the data there is no verdict on the reconstruction. */
const NO_DATA = ['NoData', 'NoFirstWindow'];
/** What alerts with these names say, the page says with the numbers of the last window. */
const BIAS = 'HighBias';

/**
 * The verdict on what is delivered, in one sentence. Alerts that fire decide; without one the regimes do, as the checks
 * see them, except that a bias which the correction in effect takes back is no bad delivery. `windows`: rising, the last
 * one is judged.
 */
export function verdictOf(windows: readonly StoredWindow[], alerts: readonly PageAlert[], limits: Limits): Verdict {
  const last = windows.at(-1)?.report;
  const firing = alerts.filter(({ state, inhibitedBy }) => state === 'firing' && inhibitedBy === null);
  const silent = firing.find(({ name }) => NO_DATA.includes(name));
  if (silent) return { verdict: 'null', why: silent.summary };
  if (last === undefined) return { verdict: 'null', why: 'no window is closed yet' };
  const grave = firing.find(({ name }) => name === BIAS) ?? firing.find(({ severity }) => severity === 'page');
  if (grave) return { verdict: 'bad', why: wordsOf(grave, last) };
  const minor = firing.find(({ severity }) => severity === 'ticket');
  if (minor) return { verdict: 'medium', why: wordsOf(minor, last) };
  const held = last.regimes.filter((regime) => isHeld(last, regime, limits));
  const left = last.regimes.filter((regime) => !held.includes(regime));
  const worst = worstOf(left);
  if (worst && RANK(worst) > RANK('good')) return { verdict: worst.verdict, why: worst.why };
  if (held.length > 0) return { verdict: 'good', why: heldWords(windows, held) };
  if (!worst || worst.verdict === 'null') return { verdict: 'null', why: worst?.why ?? 'no regime has events' };
  return { verdict: 'good', why: goodWords(last) };
}

const RANK = (of: Regime | Regime['verdict']): number => ORDER.indexOf(typeof of === 'string' ? of : of.verdict);

const worstOf = (regimes: readonly Regime[]): Regime | undefined =>
  regimes.reduce<Regime | undefined>((a, b) => (a && RANK(a) >= RANK(b) ? a : b), undefined);

/** A regime whose response has changed, and whose correction brings what is delivered back within the limits. */
function isHeld({ correction }: WindowReport, { verdict, corrected, reference }: Regime, limits: Limits): boolean {
  if (correction === null || RANK(verdict) <= RANK('good') || !corrected) return false;
  const { core, sigma68 } = corrected;
  if (core.value === null || sigma68.value === null || Math.abs(core.value) > limits.bias) return false;
  const before = reference?.sigma68.value ?? null;
  return before === null || sigma68.value <= (1 + limits.sigma68) * before;
}

const percent = ({ value, error }: Estimate, signed = true): string => {
  const text = formatEstimate(value === null ? null : 100 * value, error === null ? null : 100 * error);
  return signed && value !== null && value > 0 ? `+${text} %` : `${text} %`;
};

/** 'mean response in high H_T is −1.24 ± 0.03 % after correction, 41 σ, since window 13' */
function wordsOf(alert: PageAlert, { regimes, correction }: WindowReport): string {
  const row = regimes.find(({ regime }) => String(regime) === alert.labels.regime);
  const { firedWindow } = alert;
  const since = firedWindow === null ? '' : `, since window ${firedWindow}`;
  if (alert.name !== BIAS || !row?.corrected) return `${alert.summary}${since}`;
  const { value, error } = row.corrected.core;
  const size = value === null || error === null || error === 0 ? '' : `, ${formatPlain(Math.abs(value) / error, 2)} σ`;
  const stage = correction === null ? 'and no correction holds it' : 'after correction';
  return `mean response in ${row.label} is ${percent(row.corrected.core)} ${stage}${size}${since}`;
}

function heldWords(windows: readonly StoredWindow[], held: readonly Regime[]): string {
  const { correction } = windows.at(-1)!.report;
  const first = windows.findLastIndex(({ report }) => report.correction !== correction) + 1;
  const raw = held.map(({ label, core }) => `${core ? percent(core) : '—'} in ${label}`).join(', ');
  const left = held.map(({ corrected }) => percent(corrected!.core)).join(', ');
  return `a raw bias of ${raw} is held by the correction of window ${windows[first]!.report.window}: ${left} is left`;
}

function goodWords({ regimes, window }: WindowReport): string {
  const known = regimes.flatMap(({ label, corrected }) =>
    corrected && corrected.core.value !== null ? [{ label, core: corrected.core }] : [],
  );
  if (known.length === 0) return `no check is in alarm after window ${window}`;
  const most = known.reduce((a, b) => (Math.abs(b.core.value!) > Math.abs(a.core.value!) ? b : a));
  return `no alert; the largest mean response is ${percent(most.core)}, in ${most.label}`;
}

import { estimate, unknown, type Estimate } from '../../operators/response/estimate.js';
import { periodMean, type Measurement, type PeriodMean } from '../../operators/statistics/period_mean.js';
import type { StoredWindow } from '../../schemas/page.js';
import type { PeriodPlace, Quantity, QuantityRow, Stage } from './comparison.js';

type Regime = StoredWindow['report']['regimes'][number];

/** A quantity of a regime in a window, by what it is called and at which stage. */
const QUANTITIES: readonly {
  readonly quantity: Quantity;
  readonly stage: Stage | null;
  readonly of: (regime: Regime) => Pick<Estimate, 'value' | 'error'> | undefined;
}[] = [
  { quantity: 'core', stage: 'raw', of: ({ core }) => core },
  { quantity: 'core', stage: 'corrected', of: ({ corrected }) => corrected?.core },
  { quantity: 'sigma68', stage: 'raw', of: ({ sigma68 }) => sigma68 },
  { quantity: 'sigma68', stage: 'corrected', of: ({ corrected }) => corrected?.sigma68 },
  { quantity: 'pull', stage: null, of: ({ pullMean }) => pullMean },
  { quantity: 'peak', stage: null, of: ({ peak }) => peak },
];

/** A period and where it is. */
export interface Period {
  readonly place: PeriodPlace;
  readonly windows: readonly StoredWindow[];
}

export interface RegimeOf {
  readonly regime: number;
  readonly label: string;
}

const find = ({ report }: StoredWindow, { regime }: RegimeOf): Regime | undefined =>
  report.regimes.find((one) => one.regime === regime);

export type Untested = Omit<QuantityRow, 'pValue' | 'holm'>;

const rowOf =
  (regime: RegimeOf, a: Period, b: Period) =>
  ({ quantity, stage, of }: (typeof QUANTITIES)[number]): Untested[] => {
    const mean = ({ windows }: Period): PeriodMean =>
      periodMean(
        windows.flatMap((window): Measurement[] => {
          const found = find(window, regime);
          const value = found && of(found);
          return found && value ? [{ value: value.value, error: value.error, n: found.n }] : [];
        }),
      );
    const [inA, inB] = [mean(a), mean(b)];
    if (inA.windows === 0 && inB.windows === 0) return [];
    return [{ ...regime, quantity, stage, a: inA, b: inB, ...differenceOf(inA, inB) }];
  };

/** Shares are of all events of the period, with their binomial error. */
function shareRow(regime: RegimeOf, a: Period, b: Period): Untested {
  const share = ({ windows }: Period): PeriodMean => {
    const n = windows.reduce((sum, { report }) => sum + report.events, 0);
    const inside = windows.reduce((sum, window) => sum + (find(window, regime)?.n ?? 0), 0);
    const p = inside / n;
    const found = n > 0 ? estimate(p, Math.sqrt((p * (1 - p)) / n)) : unknown('no events');
    return { ...found, n, windows: windows.length, scatter: scatterOfShares(windows, regime) };
  };
  const [inA, inB] = [share(a), share(b)];
  return { ...regime, quantity: 'share', stage: null, a: inA, b: inB, ...differenceOf(inA, inB) };
}

const scatterOfShares = (windows: readonly StoredWindow[], regime: RegimeOf): PeriodMean['scatter'] =>
  periodMean(
    windows.map((window) => {
      const n = window.report.events;
      const p = (find(window, regime)?.n ?? 0) / n;
      return { value: p, error: Math.sqrt((p * (1 - p)) / n), n };
    }),
  ).scatter;

const quadrature = (x: number, y: number): number => Math.sqrt(x * x + y * y);

function differenceOf(a: Estimate, b: Estimate): { difference: Estimate; sigma: number | null } {
  if (a.value === null || b.value === null) {
    const who = a.value !== null ? 'period b does not have it' : b.value !== null ? 'period a does not have it' : null;
    return { difference: unknown(who ?? 'neither period has it'), sigma: null };
  }
  const difference = estimate(b.value - a.value, quadrature(a.error ?? NaN, b.error ?? NaN));
  const { value, error } = difference;
  return { difference, sigma: error !== null && error > 0 ? value! / error : null };
}

/** The rows of a regime: its share, and what either period has of the quantities at these stages. */
export function quantityRows(regime: RegimeOf, a: Period, b: Period, stages: readonly Stage[]): Untested[] {
  const wanted = QUANTITIES.filter(({ stage }) => stage === null || stages.includes(stage));
  return [shareRow(regime, a, b), ...wanted.flatMap(rowOf(regime, a, b))];
}

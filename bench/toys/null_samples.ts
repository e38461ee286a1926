import { exp } from '../../operators/expressions/math/exp.js';
import { logKolmogorovP } from '../../operators/statistics/kolmogorov.js';
import type { LocalityReport, Report } from '../../schemas/report.js';
import { share, type Row } from './row.js';

/** σ68 grows with H_T in a local response too, so that an onset of it is no false alarm. */
const QUANTITIES = ['raw', 'pull'] as const;

/** What is false in the report of a sample whose response is local. */
export interface NullFinding {
  readonly level: number;
  readonly models: readonly {
    readonly model: string;
    readonly violated: boolean;
    readonly significant: boolean;
    /** p-value of each test, by 'name mean' or 'name width'. */
    readonly pValues: Readonly<Record<string, number | null>>;
  }[];
  /** Onsets found, by 'variable quantity'. */
  readonly onsets: Readonly<Record<string, boolean>>;
  readonly smooth: boolean;
  readonly worse: boolean;
}

export function nullFinding({ locality, dangerZones = [], correction }: Report): NullFinding {
  const models = locality ? [locality, ...locality.alternatives] : [];
  return {
    level: locality?.level ?? 0,
    models: models.map(({ model, violated, significant, tests }) => ({
      ...{ model, violated, significant },
      pValues: pValuesOf(tests),
    })),
    onsets: Object.fromEntries(
      dangerZones.flatMap((zone) => QUANTITIES.map((name) => [`${zone.variable} ${name}`, zone[name] !== null])),
    ),
    smooth: correction?.layer === 'smooth',
    worse: correction?.regimes.some(({ worse }) => worse) === true,
  };
}

const pValuesOf = (tests: LocalityReport['tests']): Record<string, number | null> =>
  Object.fromEntries(
    tests.flatMap(({ name, pValue, pValueWidth }) => [
      [`${name} mean`, pValue],
      [`${name} width`, pValueWidth],
    ]),
  );

/** Rates of false alarms, and whether p-values are as even as they should be. */
export function nullRows(findings: readonly NullFinding[]): Row[] {
  const [first] = findings;
  if (first === undefined) return [];
  const n = findings.length;
  const count = (of: (finding: NullFinding) => boolean): number => findings.filter(of).length;
  const verdicts = first.models.flatMap(({ model }, m) => [
    share(
      'null',
      `locality violated (${model})`,
      count(({ models }) => models[m]!.violated),
      n,
      first.level,
    ),
    share(
      'null',
      `locality significant (${model})`,
      count(({ models }) => models[m]!.significant),
      n,
      first.level,
    ),
  ]);
  const tests = first.models.flatMap(({ model, pValues }, m) =>
    Object.keys(pValues).flatMap((test) => {
      const p = findings.flatMap(({ models }) => models[m]!.pValues[test] ?? []);
      const what = `p of ${test} (${model})`;
      return [
        ...[0.05, 0.01].map((below) =>
          share('null', `${what} < ${below}`, p.filter((each) => each < below).length, p.length, below),
        ),
        { study: 'null', what: `${what}: KS against even`, value: evenness(p), error: null, n: p.length } as const,
      ];
    }),
  );
  const onsets = Object.keys(first.onsets).map((name) =>
    share(
      'null',
      `onset found: ${name}`,
      count((finding) => finding.onsets[name] === true),
      n,
    ),
  );
  return [
    ...verdicts,
    ...tests,
    ...onsets,
    share(
      'null',
      'smooth correction accepted',
      count(({ smooth }) => smooth),
      n,
    ),
    share(
      'null',
      'correction made a regime worse',
      count(({ worse }) => worse),
      n,
    ),
  ];
}

/** p-value of the Kolmogorov–Smirnov distance of values from the even distribution on [0, 1]. */
export function evenness(p: readonly number[]): number | null {
  if (p.length < 4) return null;
  const sorted = [...p].sort((a, b) => a - b);
  const n = sorted.length;
  const distance = sorted.reduce((most, x, i) => Math.max(most, x - i / n, (i + 1) / n - x), 0);
  return exp(logKolmogorovP(distance, n));
}

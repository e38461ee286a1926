import type { Report } from '../../schemas/report.js';
import { middle, share, type Row } from './row.js';

const QUANTITIES = ['raw', 'pull'] as const;

/** What a sample with a known onset in the first context variable shows of it. */
export interface OnsetFinding {
  readonly models: readonly { readonly model: string; readonly violated: boolean; readonly sigma: number | null }[];
  readonly onsets: Readonly<
    Record<
      (typeof QUANTITIES)[number],
      { onset: number; low: number; high: number; low68: number; high68: number } | null
    >
  >;
}

export function onsetFinding({ locality, dangerZone }: Report): OnsetFinding {
  const models = locality ? [locality, ...locality.alternatives] : [];
  const of = (quantity: (typeof QUANTITIES)[number]) => {
    const found = dangerZone?.[quantity];
    if (!found) return null;
    const { onset, low, high, low68, high68 } = found;
    return { onset, low, high, low68, high68 };
  };
  return {
    models: models.map(({ model, violated, sigma }) => ({ model, violated, sigma })),
    onsets: { raw: of('raw'), pull: of('pull') },
  };
}

/** How often a violation is found, how often the intervals of its onset cover it, and how wide they are. */
export function onsetRows(findings: readonly OnsetFinding[], truth: number): Row[] {
  const [first] = findings;
  if (first === undefined) return [];
  const n = findings.length;
  const power = first.models.flatMap(({ model }, m) => [
    share('onset', `locality violated (${model})`, findings.filter(({ models }) => models[m]!.violated).length, n),
    middle(
      'onset',
      `median sigma of locality (${model})`,
      findings.flatMap(({ models }) => models[m]!.sigma ?? []),
    ),
  ]);
  const zones = QUANTITIES.flatMap((quantity) => {
    const found = findings.flatMap(({ onsets }) => onsets[quantity] ?? []);
    const inside = (low: 'low' | 'low68', high: 'high' | 'high68'): number =>
      found.filter((each) => each[low] <= truth && truth <= each[high]).length;
    return [
      share('onset', `${quantity}: onset found`, found.length, n),
      share('onset', `${quantity}: 95 % interval covers ${truth}`, inside('low', 'high'), found.length, 0.95),
      share('onset', `${quantity}: 68 % interval covers ${truth}`, inside('low68', 'high68'), found.length, 0.683),
      middle(
        'onset',
        `${quantity}: median onset`,
        found.map(({ onset }) => onset),
        truth,
      ),
      middle(
        'onset',
        `${quantity}: median width of the 95 % interval`,
        found.map(({ low, high }) => high - low),
      ),
    ];
  });
  return [...power, ...zones];
}

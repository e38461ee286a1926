import { readFileSync } from 'node:fs';
import { probeReportSchema, type ProbeReport } from '../../../schemas/probe_report.js';
import type { Figure } from '../../../sinks/report/sheet.js';
import { drawnOf, type Drawn } from '../report/drawn.js';

/** A report of the fixtures, a copy of its own each time. */
export const reportOf = (name: 'classifier' | 'regressor'): ProbeReport =>
  probeReportSchema.parse(
    JSON.parse(readFileSync(new URL(`../../fixtures/probe_report/${name}.json`, import.meta.url), 'utf8')),
  );

export const reports = (['classifier', 'regressor'] as const).map((name) => [name, reportOf(name)] as const);

/** A report of which nothing is known: no event, no attack. */
export function emptyReport(): ProbeReport {
  const report = reportOf('classifier');
  const none = {
    attacks: [],
    fooling: [],
    neededSize: [],
    outputShift: [],
    hidden: [],
    distributions: [],
    mostFooled: [],
  };
  return {
    ...report,
    ...none,
    ...{ events: { ...report.events, sampled: 0, right: 0 }, figureOfMerit: null, correlations: null, regimes: [] },
  };
}

export function drawn(figures: readonly Figure[], name: string): Drawn {
  const found = figures.find((figure) => figure.name === name);
  if (!found) throw new Error(`no figure ${name}`);
  return drawnOf(found);
}

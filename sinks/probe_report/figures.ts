import type { ProbeReport } from '../../schemas/probe_report.js';
import type { Figure } from '../report/sheet.js';
import { correlations } from './figures/correlations.js';
import { distributions } from './figures/distributions.js';
import { fooled } from './figures/fooled.js';
import { hiddenSystematic } from './figures/hidden_systematic.js';
import { outputShift } from './figures/output_shift.js';
import { pulls } from './figures/pulls.js';

/** Every figure that the report has the data for; the same report gives the same bytes. */
export const probeFigures = (report: ProbeReport): Figure[] =>
  [fooled, hiddenSystematic, distributions, correlations, pulls, outputShift].flatMap((make) => make(report));

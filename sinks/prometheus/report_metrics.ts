import type { Report } from '../../schemas/report.js';
import { exposition, type ExpositionOptions } from './exposition.js';
import { reportFamilies } from './report_families.js';

/** A report as Prometheus reads it. */
export const reportMetrics = (report: Report, options: ExpositionOptions = {}): Promise<string> =>
  exposition(reportFamilies(report), { pipeline: report.pipeline }, options);

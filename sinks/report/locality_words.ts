import type { LocalityReport, Report } from '../../schemas/report.js';
import { formatCount } from '../page/client/shared/format_estimate.js';
import { titled } from './titled.js';

/** The verdict in one line: what was found, against which model, from how many events. */
export const localityLine = (report: Report, { violated, model, n, reason }: LocalityReport): string =>
  `The response is ${violated ? 'not local' : 'compatible with a local one'} (${model} model, ${formatCount(n)} events): ${titled(report, reason)}.`;

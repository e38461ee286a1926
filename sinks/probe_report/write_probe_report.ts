import type { ProbeReport } from '../../schemas/probe_report.js';
import { writePage } from '../report/write_page.js';
import { probeFigures } from './figures.js';
import { probeHtml } from './html.js';

/** Writes the report, its page and its figures into a folder (write_page.ts); gives their paths. */
export function writeProbeReport(report: ProbeReport, folder: string): Promise<string[]> {
  const drawn = probeFigures(report);
  return writePage(folder, report, probeHtml(report, drawn), drawn);
}

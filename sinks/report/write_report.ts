import type { Report } from '../../schemas/report.js';
import { figures } from './figures.js';
import { reportHtml } from './html.js';
import { writePage } from './write_page.js';

/** Writes the report, its page and its figures into a folder (write_page.ts); gives their paths. */
export function writeReport(report: Report, folder: string): Promise<string[]> {
  const drawn = figures(report);
  return writePage(folder, report, reportHtml(report, drawn), drawn);
}

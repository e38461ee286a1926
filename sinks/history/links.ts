import { contentHash } from '../../operators/summaries/codec.js';
import type { WindowReport } from '../../schemas/window_report.js';

/** The name of a window among all before it: SHA-256 of the report without it and the chain before ('' for none). */
export function chainAfter(before: string, report: WindowReport): string {
  const content: Partial<WindowReport> = { ...report };
  delete content.chain;
  return contentHash({ before, content });
}

/** Whether a report was made right after the window of this chain. */
export const follows = (before: string, report: WindowReport): boolean => chainAfter(before, report) === report.chain;

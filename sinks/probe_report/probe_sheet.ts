import type { ProbeReport } from '../../schemas/probe_report.js';
import { sheet, type Figure, type SheetOptions } from '../report/sheet.js';

/** A figure that stands alone, with the model beside the pipeline. */
export const probeSheet = (report: ProbeReport, options: Omit<SheetOptions, 'n'>): Figure =>
  sheet(
    { ...report, weight: null, pipeline: `${report.model} · ${report.pipeline}` },
    { ...options, n: report.events.sampled - report.events.unanswered },
  );

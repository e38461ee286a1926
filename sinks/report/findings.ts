import type { Report } from '../../schemas/report.js';
import { correctionLine } from './correction_words.js';
import { localityLine } from './locality_words.js';
import { probeLines } from './probe_words.js';
import { timelineLines } from './timeline_words.js';
import { zoneLine } from './zone_words.js';

/** What was found about locality, danger zones, the correction, the windows and the probes: a few lines for the terminal and the page. */
export function findings(report: Report): string[] {
  const { locality, dangerZones = [], correction } = report;
  return [
    ...(locality ? [localityLine(report, locality)] : []),
    ...(locality?.alternatives ?? []).map((test) => localityLine(report, test)),
    ...dangerZones.map((zone) => `Onset in ${zoneLine(zone)}.`),
    ...(correction ? [correctionLine(correction)] : []),
    ...timelineLines(report),
    ...probeLines(report),
  ];
}

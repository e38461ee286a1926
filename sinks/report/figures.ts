import type { Report } from '../../schemas/report.js';
import { bias } from './figures/bias_by.js';
import { checks } from './figures/checks.js';
import { context } from './figures/context.js';
import { correctionBy } from './figures/correction_by.js';
import { dangerZone } from './figures/danger_zone.js';
import { heat } from './figures/heat.js';
import { online } from './figures/online.js';
import { peak } from './figures/peak.js';
import { pulls } from './figures/pull_by.js';
import { regimeMap } from './figures/regime_map.js';
import { probes } from './figures/probes.js';
import { response } from './figures/response.js';
import { spectrum } from './figures/spectrum.js';
import { spectrumPlane } from './figures/spectrum_plane.js';
import { timeline } from './figures/timeline.js';
import type { Figure } from './sheet.js';

export type { Figure } from './sheet.js';

const makers = [
  ...[dangerZone, pulls, correctionBy, peak, timeline, checks, online, probes],
  ...[spectrum, spectrumPlane, context, regimeMap, response, heat, bias],
];

/** Every figure that the report has the data for, none without an event; the same report gives the same bytes. */
export const figures = (report: Report): Figure[] =>
  report.events.used === 0 ? [] : makers.flatMap((make) => make(report));

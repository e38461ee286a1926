import type { Report } from '../../schemas/report.js';
import { bias } from './figures/bias_by.js';
import { context } from './figures/context.js';
import { heat } from './figures/heat.js';
import { regimeMap } from './figures/regime_map.js';
import { response } from './figures/response.js';
import { spectrum } from './figures/spectrum.js';
import { spectrumPlane } from './figures/spectrum_plane.js';
import type { Figure } from './sheet.js';

export type { Figure } from './sheet.js';

const makers = [spectrum, spectrumPlane, context, regimeMap, response, heat, bias];

/** Every figure that the report has the data for, none without an event; the same report gives the same bytes. */
export const figures = (report: Report): Figure[] =>
  report.events.used === 0 ? [] : makers.flatMap((make) => make(report));

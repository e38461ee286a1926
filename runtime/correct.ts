import { CORRECTION, fitCorrection } from '../operators/correction/fit_correction.js';
import type { CorrectionModel } from '../operators/correction/correction_model.js';
import type { RegimeMap } from '../operators/regimes/regime_map.js';
import type { Book, Entry } from '../operators/summaries/book.js';
import type { HistogramState } from '../operators/summaries/histogram.js';
import { zoomFor } from '../operators/summaries/quantile.js';
import { unionOf } from '../operators/summaries/regroup.js';
import type { ResponseCellsState } from '../operators/summaries/response_cells.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { correctedEntries } from './corrected.js';
import { RESPONSE_CELLS } from './local_entries.js';
import { REGIME, RESPONSE_QUANTILES } from './observations.js';
import type { CorrectionFindings } from './report/correction.js';
import { stateOf } from './report/pages.js';

const ZOOM_PARTS = 256;

/** Fits the correction on the training events and looks at the test events with it, twice: for sums, for quantiles. */
export async function correct(
  pipeline: Pipeline,
  map: RegimeMap,
  first: Book,
  run: (entries: readonly Entry[], model: CorrectionModel) => Promise<Book>,
): Promise<CorrectionFindings | null> {
  const { correction } = pipeline;
  if (correction === 'none') return null;
  const cells = stateOf<ResponseCellsState>(first, RESPONSE_CELLS);
  const fit = fitCorrection(cells, map, { ...CORRECTION, layers: correction.layers });
  const entries = correctedEntries(pipeline, map.centroids.length);
  const tested = await run(entries, fit.model);
  const zoomed = await run(zooms(entries, tested), fit.model);
  return { fit, first, tested, zoomed };
}

/** A zoom for each histogram of the response, and for the union of the regimes. */
function zooms(entries: readonly Entry[], tested: Book): Entry[] {
  return entries
    .filter(({ key }) => key.startsWith('hist:'))
    .flatMap((entry) => {
      const hist = stateOf<HistogramState>(tested, entry.key);
      const key = entry.key.replace(/^hist:/, 'zoom:');
      const config = zoomFor(hist, RESPONSE_QUANTILES, ZOOM_PARTS);
      const zoom: Entry = { ...entry, key, summary: 'zoom', config };
      if (entry.group !== REGIME) return [zoom];
      const all = zoomFor(unionOf(hist), RESPONSE_QUANTILES, ZOOM_PARTS);
      return [zoom, { ...zoom, key: `${key}:all`, config: all, group: null }];
    });
}

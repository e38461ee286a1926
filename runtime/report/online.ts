import { correctionOfCells } from '../../operators/correction/candidates.js';
import { CORRECTION } from '../../operators/correction/fit_correction.js';
import { regimeCells } from '../../operators/correction/regime_cells.js';
import type { OnlineModels } from '../../operators/online/models.js';
import { closeWindow, modelsAt, openOnline, type OnlineConfig } from '../../operators/online/versions.js';
import { estimate, unknown, type Estimate } from '../../operators/response/estimate.js';
import type { Book } from '../../operators/summaries/book.js';
import { cellRows, type ResponseCellsState } from '../../operators/summaries/response_cells.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { TimelineReport } from '../../schemas/report.js';
import { contextVariables } from '../context_variables.js';
import type { LocalOnline } from '../local_online.js';
import { memoryOf, memoryWords } from '../memory_of.js';
import { windowCellsKey } from '../window_cells.js';
import { stateOf } from './pages.js';

type Online = NonNullable<TimelineReport['online']>;

/** A new map must take away this share of the squared distance; see operators/online/remap.ts. */
const REMAP = { gain: 0.05, vanished: 0.001, farthest: 0.5 };
const MINIMUM_EVENTS = 1000;
const LEVEL = { challenge: 0.01, trial: 0.05 };

export function onlineConfig(pipeline: Pipeline): OnlineConfig {
  const { learn, every, memory } = pipeline.online!;
  const { correction, regimes } = pipeline;
  return {
    variables: contextVariables(pipeline).map(({ name, words }) => ({ name, words })),
    regimes,
    learn,
    every,
    memory: memoryOf(memory),
    correction: { ...CORRECTION, layers: correction === 'none' ? [] : correction.layers },
    remap: REMAP,
    minimumEvents: MINIMUM_EVENTS,
    level: LEVEL.challenge,
    trial: { events: MINIMUM_EVENTS, level: LEVEL.trial },
  };
}

/** The windows closed one after the other: what was fitted, accepted, rolled back, and what it did to the bias. */
export function onlineSection(
  pipeline: Pipeline,
  byWindow: Book,
  numbers: Float64Array,
  local: LocalOnline | null,
): Online {
  let state = openOnline(onlineConfig(pipeline));
  const events: Online['events'] = [];
  const windows: Online['windows'] = [];
  numbers.forEach((number, w) => {
    const cells = stateOf<ResponseCellsState>(byWindow, windowCellsKey(w));
    const { inEffect } = modelsAt(state);
    windows.push({ number, version: inEffect?.version ?? null, ...means(cells, inEffect) });
    const closed = closeWindow(state, { number: w, cells });
    state = closed.state;
    for (const { window, effective, kind, version, inEffect: current, regime, reason } of closed.events) {
      events.push({
        window: numbers[window]!,
        effective: numbers[effective] ?? numbers[window]! + 1,
        kind,
        version,
        inEffect: current,
        ...(regime === undefined ? {} : { regime }),
        reason,
      });
    }
  });
  return {
    memory: memoryWords(pipeline.online!.memory),
    events,
    windows,
    ...(local ? { local: localEvents(local, numbers) } : {}),
  };
}

/** Mean over all events of a window before and after the correction in effect, from its cells. */
function means(cells: ResponseCellsState, models: OnlineModels | null): { raw: Estimate; corrected: Estimate } {
  const { n, sum, sumOfSquares, groups } = cellRows(cells);
  const none = new Float64Array(n.length / groups);
  const c = models ? correctionOfCells(models.correction, regimeCells(cells, models.regimes.map)) : none;
  const of = (shift: Float64Array): Estimate => {
    let [events, total, squares] = [0, 0, 0];
    n.forEach((count, slot) => {
      const s = shift[Math.floor(slot / groups)]!;
      events += count;
      total += (sum[slot]! - count * s) / (1 + s);
      squares += (sumOfSquares[slot]! - 2 * s * sum[slot]! + count * s * s) / (1 + s) ** 2;
    });
    if (events === 0) return unknown('no events');
    const mean = total / events;
    return estimate(mean, Math.sqrt((squares / events - mean * mean) / (events - 1)));
  };
  return { raw: of(none), corrected: of(c) };
}

/** Versions of the local model, in the numbers of the windows. */
function localEvents({ starts, versions }: LocalOnline, numbers: Float64Array): NonNullable<Online['local']> {
  return versions.events.map(({ block, kind, version, reason }) => {
    const last = (starts[block + 1] ?? numbers.length) - 1;
    const effective = numbers[last + 1] ?? numbers[last]! + 1;
    return { window: numbers[last]!, effective, kind, version, reason };
  });
}

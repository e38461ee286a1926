import type { DrawFigure, FigureSection } from '../view.js';
import type { DrawOn, PlotModule } from './drawing/canvas.js';
import { bias } from './bias.js';
import { drift } from './drift.js';
import { heatMap } from './heat_map.js';
import { probes } from './probes.js';
import { pull } from './pull.js';
import { regimeMap } from './regime_map.js';
import { response } from './response.js';
import { sigma68 } from './sigma68.js';
import { timeline } from './timeline.js';
import { verdicts } from './verdicts.js';

interface Entry<Draw> {
  readonly id: string;
  readonly section: FigureSection;
  readonly draw: Draw;
}

/** Every figure of the page, the most telling of each section first. */
export const DRAWN: readonly Entry<DrawOn>[] = [
  { id: 'response', section: 'response', draw: response },
  { id: 'bias', section: 'context', draw: bias },
  { id: 'heat_map', section: 'context', draw: heatMap },
  { id: 'regime_map', section: 'context', draw: regimeMap },
  { id: 'sigma68', section: 'context', draw: sigma68 },
  { id: 'pull', section: 'context', draw: pull },
  { id: 'timeline', section: 'time', draw: timeline },
  { id: 'drift', section: 'time', draw: drift },
  { id: 'verdicts', section: 'time', draw: verdicts },
  { id: 'probes', section: 'probes', draw: probes },
];

const bound =
  (draw: DrawOn): DrawFigure =>
  (view) =>
    draw(view, { plot: (globalThis as unknown as { readonly Plot: PlotModule }).Plot, document });

/** The same, drawn with the library that the page has loaded. */
export const FIGURES: readonly Entry<DrawFigure>[] = DRAWN.map((entry) => ({ ...entry, draw: bound(entry.draw) }));

import type { Placed } from './context_bins.js';
import { ticksOf, type PanelAxis } from '../page/client/shared/panel_axis.js';

/** The axis of placed bins: ticks along the bins, none in the strips of the flow bins beside them. */
export function placeAxis({ axis, domain }: Placed<unknown>, title: string, pixels: number): PanelAxis {
  const ticks = ticksOf({ title: '', domain: axis.domain, ...(axis.ticks && { ticks: axis.ticks }) }, pixels, 64);
  return { title, domain, ticks };
}

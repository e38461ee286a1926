import type { PanelAxis } from '../page/client/shared/panel_axis.js';
import { textWidth } from '../page/client/shared/text_width.js';

/** Windows at their place in the order, labelled with their numbers as often as the labels fit. */
export function windowAxis(numbers: readonly number[], pixels: number): PanelAxis {
  const widest = Math.max(...numbers.map((number) => textWidth(String(number)))) + 14;
  const least = Math.max(1, Math.ceil((widest * numbers.length) / pixels));
  const power = 10 ** Math.floor(Math.log10(least));
  const every = [1, 2, 5, 10].map((m) => m * power).find((step) => step >= least) ?? least;
  const ticks = numbers.flatMap((number, at) => (at % every === 0 ? [{ at, label: String(number) }] : []));
  return { title: 'window', domain: [-0.6, numbers.length - 0.4], ticks };
}

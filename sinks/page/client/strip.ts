import type uPlotType from 'uplot';
import { numberAt } from './look.js';
import { regimeColour } from './palette.js';
import { stripData, stripMarks } from './strip_data.js';
import type { View } from './view.js';

declare const uPlot: typeof uPlotType;

const HEIGHT = 150;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** What a strip needs to be made anew. */
const shapeOf = (view: View): string =>
  JSON.stringify([view.dark, view.windows.at(-1)?.report.regimes.map(({ regime }) => regime)]);

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The strip that is brushed to select windows. Made anew when its regimes or colours change, else given new data. */
export function createStrip(box: HTMLElement, select: (first: number, to: number) => void) {
  let plot: uPlotType | null = null;
  let shape = '';
  let view: View | null = null;
  let setting = false;
  let dragged = false;

  const draw = (u: uPlotType): void => {
    if (!view) return;
    const { ctx, bbox } = u;
    const limit = view.description.limits.bias * 100;
    ctx.save();
    ctx.fillStyle = css('--band');
    const [top, bottom] = [u.valToPos(limit, 'y', true), u.valToPos(-limit, 'y', true)];
    ctx.fillRect(
      bbox.left,
      Math.max(bbox.top, top),
      bbox.width,
      Math.min(bbox.top + bbox.height, bottom) - Math.max(bbox.top, top),
    );
    ctx.fillStyle = css('--ink');
    ctx.textAlign = 'center';
    ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    for (const [index, signs] of stripMarks(view)) {
      const x = u.valToPos(index, 'x', true);
      if (x >= bbox.left && x <= bbox.left + bbox.width)
        ctx.fillText(signs.join(' '), x, bbox.top + 11 * devicePixelRatio);
    }
    ctx.restore();
  };

  const shade = (u: uPlotType): void => {
    if (!view || dragged) return;
    const [first, last] = view.selected;
    const left = Math.max(0, u.valToPos(first - 0.5, 'x'));
    const width = Math.max(2, u.valToPos(last + 0.5, 'x') - left);
    setting = true;
    u.setSelect({ left, width, top: 0, height: u.over.clientHeight }, false);
    setting = false;
  };

  /** Windows are drawn by index, evenly, and labelled by number. */
  const numberOf = (index: number): string => {
    const windows = view?.windows ?? [];
    const [first, last] = [windows[0]?.report.index ?? 0, windows.at(-1)?.report.index ?? 0];
    return index < first || index > last ? '' : String(numberAt(windows, index));
  };

  const make = (now: View): uPlotType => {
    const axis = {
      stroke: css('--soft'),
      grid: { stroke: css('--grid'), width: 1 },
      ticks: { show: false },
      font: '11px system-ui, sans-serif',
    };
    const regimes = now.windows.at(-1)?.report.regimes ?? [];
    const limit = now.description.limits.bias * 100;
    return new uPlot(
      {
        ...{ width: now.width, height: HEIGHT, legend: { show: false }, padding: [4, 8, 0, 0] },
        cursor: { y: false, drag: { x: true, y: false, setScale: false } },
        scales: {
          x: { time: false, range: (_, low, high) => [low - 0.5, Math.max(high, low + 9) + 0.5] },
          y: { range: (_, low, high) => [Math.min(1.1 * low, -1.6 * limit), Math.max(1.1 * high, 1.9 * limit)] },
        },
        axes: [
          { ...axis, size: 24, space: 60, incrs: STEPS, values: (_, ticks) => ticks.map(numberOf) },
          { ...axis, size: 42, values: (_, ticks) => ticks.map((tick) => `${String(tick).replace('-', '−')} %`) },
        ],
        series: [
          {},
          ...regimes.map(({ regime, label }) => ({
            label,
            stroke: regimeColour(regime, now.dark),
            width: 1.75,
            points: { show: now.windows.length < 40, size: 4 },
          })),
        ],
        hooks: {
          drawClear: [draw],
          // Scales are known only once it is drawn.
          draw: [shade],
          setSelect: [
            (u) => {
              if (setting || u.select.width < 1) return;
              const [a, b] = [u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x')];
              const windows = view?.windows ?? [];
              select(numberAt(windows, Math.round(a)), numberAt(windows, Math.round(b)));
            },
          ],
        },
      },
      stripData(now),
      box,
    );
  };

  return {
    /** Draws a view; while the pointer is down on the strip it waits, so that the brush is not pulled away. */
    show: (next: View, dragging: boolean): void => {
      view = next;
      dragged = dragging;
      if (next.windows.length === 0 || dragging) return;
      const wanted = shapeOf(next);
      if (!plot || wanted !== shape) {
        plot?.destroy();
        shape = wanted;
        plot = make(next);
      } else {
        if (plot.width !== next.width) plot.setSize({ width: next.width, height: HEIGHT });
        plot.setData(stripData(next));
      }
    },
  };
}

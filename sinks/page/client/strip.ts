import type uPlotType from 'uplot';
import { indexAt, numberAt } from './look.js';
import { regimeColour } from './palette.js';
import type { View } from './view.js';

declare const uPlot: typeof uPlotType;

const HEIGHT = 150;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** What a strip needs to be made anew. */
const shapeOf = (view: View): string =>
  JSON.stringify([view.dark, view.windows.at(-1)?.report.regimes.map(({ regime }) => regime)]);

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Bias in percent of each regime over the windows: raw, or what is delivered. */
function dataOf({ windows, stage }: View): uPlotType.AlignedData {
  const regimes = windows.at(-1)?.report.regimes.map(({ regime }) => regime) ?? [];
  const lines = regimes.map((regime) =>
    windows.map(({ report }) => {
      const row = report.regimes.find((each) => each.regime === regime);
      const value = stage === 'corrected' ? row?.corrected?.core.value : row?.core?.value;
      return value === null || value === undefined ? null : value * 100;
    }),
  );
  return [windows.map(({ report }) => report.index), ...lines];
}

/** Signs by index of the window: alerts that fired and ended, refits, and what was done on purpose. */
function marksOf({ windows, alerts, status }: View): ReadonlyMap<number, readonly string[]> {
  const fired = alerts.flatMap(({ firedWindow, inhibitedBy }) =>
    firedWindow === null || inhibitedBy !== null ? [] : [{ at: firedWindow, sign: '▲' }],
  );
  const over = alerts.flatMap(({ resolvedWindow, inhibitedBy }) =>
    resolvedWindow === null || inhibitedBy !== null ? [] : [{ at: resolvedWindow, sign: '✓' }],
  );
  const refits = windows.flatMap(({ report }) => (report.online.length > 0 ? [{ at: report.window, sign: 'C' }] : []));
  const injected = status.injection ? [{ at: status.injection.window, sign: 'I' }] : [];
  const signs = new Map<number, string[]>();
  for (const { at, sign } of [...fired, ...over, ...refits, ...injected]) {
    const index = indexAt(windows, at);
    const before = signs.get(index) ?? [];
    if (!before.includes(sign)) signs.set(index, [...before, sign]);
  }
  return signs;
}

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
    for (const [index, signs] of marksOf(view)) {
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
      dataOf(now),
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
        plot.setData(dataOf(next));
      }
    },
  };
}

import type uPlotType from 'uplot';
import { indexAt } from './look.js';
import type { View } from './view.js';

/** Bias in percent of each regime over the windows: raw, or what is delivered. */
export function stripData({ windows, stage }: View): uPlotType.AlignedData {
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
export function stripMarks({ windows, alerts, status }: View): ReadonlyMap<number, readonly string[]> {
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

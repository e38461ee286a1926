import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { bandQueries, drawBands, type Band } from './error_band.js';
import { timeSeries, type TimeSeriesSpec } from './time_series.js';

/** Numbers with error bands against time; `lines` without. */
export const bandPanel = (spec: Omit<TimeSeriesSpec, 'queries'>, bands: readonly Band[]): PanelBuilder =>
  drawBands(timeSeries({ ...spec, queries: bandQueries(bands) }), bands);

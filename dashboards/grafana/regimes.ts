import type { Pipeline } from '../../schemas/pipeline.js';
import type { Classic } from './classic.js';
import { dashboard } from './dashboard.js';
import { verdictStat } from './panels/stat.js';
import { alarmed, below } from './panels/thresholds.js';
import { timeSeries } from './panels/time_series.js';
import { metric, one } from './promql.js';
import { beforeAfter, pulls, response, shareAndPeak } from './regime_panels.js';
import { helpOf } from './units.js';

/** A row a regime: everything that is known of it. */
export const regimes = (pipeline: Pipeline): Classic =>
  dashboard(pipeline, 'regimes', {
    title: 'regimes',
    description: 'Everything that is known of a regime: response before and after correction, pull, share, peak, tail.',
    sections: [
      {
        title: '$regime',
        repeat: 'regime',
        panels: [
          verdictStat({
            title: 'Verdict',
            description: helpOf('quality'),
            size: [4, 5],
            queries: [{ expr: one(['regime'], metric('quality')), legend: 'Verdict' }],
          }),
          timeSeries({
            title: 'Events in the window',
            description: `${helpOf('window_regime_events')} Below ${pipeline.alerts.least} (dashed) there is no verdict.`,
            unit: 'short',
            size: [10, 5],
            limits: below(pipeline.alerts.least),
            min: 0,
            queries: [{ expr: one(['regime'], metric('window_regime_events')), legend: 'events' }],
          }),
          ...(pipeline.response ? [beforeAfter()] : []),
          ...response(pipeline),
          ...pulls(pipeline),
          ...shareAndPeak(pipeline),
          timeSeries({
            title: 'Checks in alarm',
            description: `${helpOf('check_alarm')} They watch the raw response.`,
            unit: 'none',
            size: [8, 7],
            min: 0,
            limits: alarmed(),
            queries: [
              {
                expr: one(['regime', 'check', 'quantity'], metric('check_alarm')),
                legend: '{{check}} of {{quantity}}',
              },
            ],
          }),
        ],
      },
    ],
  });

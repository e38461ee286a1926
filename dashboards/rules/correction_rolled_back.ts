import { above, increase, number, sum } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import { PREFIX } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { said } from '../parts/select.js';

const SECONDS = 600;

/** A new correction did worse on the windows after it than the one before, which is in effect again. */
export function correctionRolledBack(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response || pipeline.correction === 'none') return [];
  const labels = { pipeline: pipeline.pipeline, outcome: 'rolled_back' };
  return [
    {
      ...{ name: 'CorrectionRolledBack', severity: 'ticket', area: 'correction', forSeconds: 0 },
      when: above(sum(['pipeline'], increase(`${PREFIX}corrections_total`, labels, SECONDS)), number(0)),
      inhibitedBy: [{ name: 'HighBias', equal: [] }],
      summary: ['A correction was rolled back'],
      description: [
        'Corrections of the last ten minutes that did worse on new events than those before them, which are in effect ',
        'again: ',
        { value: 'count' },
        '. Window ',
        said(pipeline, 'window_number', 'number', { same: [] }),
        '.',
      ],
    },
  ];
}

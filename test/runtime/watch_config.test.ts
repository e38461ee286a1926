import { expect, test } from 'vitest';
import { watchConfig } from '../../runtime/watch_config.js';
import { basePipeline } from '../support/stage.js';

const { pipeline } = basePipeline('checks={ run_length: 100, tolerance: { bias: 0.5 } }');

test('every quantity of every regime is watched, with the words and the tolerance of the pipeline', () => {
  const config = watchConfig(pipeline, ['low', 'high'], true);
  expect(config.watched.map(({ subject, tolerance }) => [subject, tolerance])).toEqual([
    ['low: change of bias', 0.5],
    ['low: change of sigma68', 0.002],
    ['low: change of mean pull', 0.02],
    ['high: change of bias', 0.5],
    ['high: change of sigma68', 0.002],
    ['high: change of mean pull', 0.02],
  ]);
  expect(config.watched.map(({ logarithmic }) => logarithmic)).toEqual([false, true, false, false, true, false]);
  expect(config).toMatchObject({ runLength: 100, k: 1, learn: 8, warning: 0.7, raise: 1, clear: 3, least: 100 });
});

test('without a local model there are no pulls', () => {
  const { watched } = watchConfig(pipeline, ['low', 'high'], false);
  expect(watched.map(({ regime, quantity }) => `${quantity} ${regime}`)).toEqual([
    'bias 0',
    'sigma68 0',
    'bias 1',
    'sigma68 1',
  ]);
});

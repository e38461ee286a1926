import { expect, test } from 'vitest';
import { contextVariables } from '../../runtime/context_variables.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { basePipeline } from '../support/stage.js';

test('in the order of the pipeline, with the unit that makes them small and words from the name', () => {
  expect(contextVariables(basePipeline().pipeline)).toEqual([
    { name: 'H_T', unit: 512, words: { low: 'low H_T', high: 'high H_T', title: 'H_T' } },
    { name: 'abs_deta', unit: 8, words: { low: 'low abs_deta', high: 'high abs_deta', title: 'abs_deta' } },
  ]);
});

test('a title stands for the name, words for both', () => {
  const { pipeline } = basePipeline('context.H_T.title=sum of pT', 'context.abs_deta.words=[close, wide]');
  expect(contextVariables(pipeline).map(({ words }) => words)).toEqual([
    { low: 'low sum of pT', high: 'high sum of pT', title: 'sum of pT' },
    { low: 'close', high: 'wide', title: 'abs_deta' },
  ]);
});

test.each([
  ['[20, 0, 400]', 512],
  ['[20, 0, 512]', 512],
  ['[20, -600, 400]', 1024],
  ['[20, 0, 0.3]', 0.5],
])('bins %s have the unit %d', (bins, unit) => {
  const [variable] = contextVariables(basePipeline(`context.H_T.bins=${bins}`, 'context.H_T.report=[0, 0.1]').pipeline);
  expect(variable!.unit).toBe(unit);
});

test('those of the bundled pipeline', async () => {
  const { pipeline } = await loadPipeline(new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname);
  expect(contextVariables(pipeline)).toEqual([
    { name: 'H_T', unit: 4096, words: { low: 'low H_T', high: 'high H_T', title: 'H_T' } },
    { name: 'abs_deta', unit: 16, words: { low: 'close', high: 'wide', title: '|Δη|' } },
  ]);
});

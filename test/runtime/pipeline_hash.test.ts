import { expect, it } from 'vitest';
import { pipelineHash } from '../../runtime/pipeline_hash.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';

it('is of what a result depends on: limits of alerts and the way of evaluation are not', async () => {
  const hash = async (...overrides: string[]): Promise<string> =>
    (await loadPipeline('pipelines/dilepton.yaml', overrides)).hash;
  const plain = await hash();
  expect(await hash('alerts.bias=0.02')).toBe(plain);
  expect(await hash('evaluation=plain')).toBe(plain);
  expect(await hash('precision=f64')).toBe(plain);
  expect(await hash('precision=f32')).not.toBe(plain);
  expect(await hash('regimes.count=3')).not.toBe(plain);
  const { pipeline, hash: same } = await loadPipeline('pipelines/dilepton.yaml');
  expect(pipelineHash(pipeline)).toBe(same);
});

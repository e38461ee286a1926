import { expect, test } from 'vitest';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { replay } from '../../runtime/replay.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { Report } from '../../schemas/report.js';
import { lasting, settings } from '../support/replay.js';

const pipeline = new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname;
const LIGHT = ['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]'];

test('a replay has the same bits however its formulas are evaluated', async () => {
  const by = async (evaluation: 'compiled' | 'plain'): Promise<Report> => {
    const loaded = await loadPipeline(pipeline, [...LIGHT, `evaluation=${evaluation}`]);
    // More events than the compiler waits for.
    return replay(loaded, await prepareSamples(loaded, ['generator:50000?seed=5&high_pt=0.3']), settings());
  };
  const [compiled, plain] = [await by('compiled'), await by('plain')];
  expect(compiled.stateHash).toBe(plain.stateHash);
  expect(compiled.pipelineHash).toBe(plain.pipelineHash);
  expect(lasting(compiled)).toEqual(lasting(plain));
}, 120_000);

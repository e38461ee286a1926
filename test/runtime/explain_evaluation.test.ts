import { describe, expect, it } from 'vitest';
import { explainEvaluation } from '../../runtime/explain_evaluation.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { planPipeline } from '../../runtime/pipeline_plan.js';

async function explained(file: string, ...set: string[]): Promise<string> {
  const { pipeline } = await loadPipeline(`pipelines/${file}.yaml`, set);
  return explainEvaluation(pipeline, planPipeline(pipeline));
}

describe('explainEvaluation', () => {
  it('says what is compiled and what is not', async () => {
    expect(await explained('dilepton')).toMatch(
      /^evaluation: one SIMD loop of \d+ instructions \(\d+ bytes\) for 6 quantities; far out one event at a time: mass; summaries of a replay: 17 in SIMD loops, by loops of their own: context_cells$/,
    );
    expect(await explained('ttbar')).toMatch(/; by plain loops: m_ll; summaries/);
  });

  it('says that plain loops were asked for', async () => {
    expect(await explained('dilepton', 'evaluation=plain')).toBe(
      'evaluation: plain loops, as `evaluation: plain` asks',
    );
  });

  it('says what is computed with singles', async () => {
    expect(await explained('dilepton', 'precision=f32')).toMatch(
      /^evaluation: one SIMD loop of singles of \d+ instructions \(\d+ bytes\) for 4 quantities; far out one event at a time: mass; one SIMD loop of \d+ instructions \(\d+ bytes\) for 2 quantities; summaries of a replay: /,
    );
  });

  it('says that there is nothing to compile', async () => {
    const { pipeline } = await loadPipeline('pipelines/dilepton.yaml', []);
    const plan = planPipeline(pipeline);
    expect(explainEvaluation(pipeline, { ...plan, evaluated: ['gen_l1_pt'] })).toMatch(
      /^evaluation: plain loops: no formula computes with numbers; summaries/,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { evaluatedParts, evaluatorOf } from '../../runtime/evaluator.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { planPipeline } from '../../runtime/pipeline_plan.js';
import { replay } from '../../runtime/replay.js';
import { prepareSamples } from '../../runtime/samples.js';
import type { Report } from '../../schemas/report.js';
import { parquet } from '../../sources/duckdb/parquet.js';
import { settings } from '../support/replay.js';

const file = (name: string): string => new URL(`../../${name}`, import.meta.url).pathname;
const SAMPLE = file('samples/dilepton.parquet');
const load = (...sets: string[]) => loadPipeline(file('pipelines/dilepton.yaml'), sets);

describe('evaluatedParts', () => {
  it('has singles for what is measured and doubles for what counts', async () => {
    const singles = planPipeline((await load('precision=f32')).pipeline);
    const [first, second] = evaluatedParts(singles);
    expect(first).toEqual({ names: ['H_T', 'abs_deta', 'm_reco', 'm_truth'], precision: 'f32' });
    expect(second?.precision).toBe('f64');
    expect(second?.names).toContain('(weight)');
    const windows = planPipeline((await load('precision=f32', 'window={by: [m_truth]}')).pipeline);
    expect(evaluatedParts(windows)[1]?.names).toContain('m_truth');
    const { pipeline } = await load();
    const plan = planPipeline(pipeline);
    expect(evaluatedParts(plan)).toEqual([{ names: plan.evaluated, precision: 'f64' }]);
  });
});

/** δ of the bundled sample, event by event. */
async function deltas(precision: string): Promise<Float64Array> {
  const plan = planPipeline((await load(`precision=${precision}`)).pipeline);
  const evaluate = evaluatorOf(plan);
  const found: number[] = [];
  for await (const { columns, length } of parquet.read(SAMPLE, plan.needs, { batchEvents: 8192 })) {
    const values = evaluate(columns, length);
    const [reco, truth] = [values.get('m_reco')!, values.get('m_truth')!];
    for (let i = 0; i < length; i++) found.push((reco[i]! - truth[i]!) / truth[i]!);
  }
  return Float64Array.from(found);
}

describe('precision: f32', () => {
  it('moves δ by less than 1e-5 of its resolution, and its mean by less than 1e-7', async () => {
    const [doubles, singles] = [await deltas('f64'), await deltas('f32')];
    expect(doubles).toHaveLength(25_000);
    const sorted = doubles.slice().sort();
    const sigma68 = (sorted[Math.round(0.84 * 25_000)]! - sorted[Math.round(0.16 * 25_000)]!) / 2;
    const moved = doubles.map((x, i) => (singles[i]! - x) / sigma68);
    const mean = moved.reduce((sum, x) => sum + x, 0) / moved.length;
    const rms = Math.sqrt(moved.reduce((sum, x) => sum + x * x, 0) / moved.length);
    expect(rms).toBeGreaterThan(0);
    expect(rms).toBeLessThan(1e-5);
    expect(Math.abs(mean)).toBeLessThan(1e-7);
  });

  it('gives the figures of a report to a hundredth of their errors', async () => {
    const report = async (precision: string): Promise<Report> => {
      const loaded = await load('weight=none', 'local_model=none', `precision=${precision}`);
      return replay(loaded, await prepareSamples(loaded, [SAMPLE]), settings());
    };
    const [doubles, singles] = [await report('f64'), await report('f32')];
    expect(singles.stateHash).not.toBe(doubles.stateHash);
    expect(singles.notes.filter((note) => !doubles.notes.includes(note))).toEqual([
      'precision: f32: context, response and spectrum were computed with singles (24 bits)',
    ]);
    expect(singles.response).toHaveLength(doubles.response!.length);
    singles.response!.forEach((row, i) => {
      const other = doubles.response![i]!;
      expect(Math.abs(row.n - other.n)).toBeLessThanOrEqual(1);
      for (const figure of ['bias', 'median', 'sigma68'] as const) {
        const [found, expected] = [row[figure], other[figure]];
        if (expected.value === null || expected.error === null) expect(found).toEqual(expected);
        else expect(Math.abs(found.value! - expected.value) / expected.error).toBeLessThan(0.01);
      }
    });
  });
});

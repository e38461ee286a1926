import { describe, expect, test } from 'vitest';
import {
  chooseEvents,
  CORE,
  declaredColumn,
  featureColumns,
  FOLD,
  foldBinOf,
  hatIndex,
  hatValue,
  localColumn,
  localRowMaker,
  PULL_SQUARED,
  WEIGHTED_RESPONSE,
  WEIGHTED_SQUARE,
} from '../../runtime/local_pass.js';
import { binOf, REGIME, scaled, slotOf, WINDOW_REGIME } from '../../runtime/observations.js';
import type { Entry } from '../../operators/summaries/book.js';
import { WINDOW } from '../../runtime/pipeline_plan.js';
import { pipelineSchema } from '../../schemas/pipeline.js';
import { basis, columnsOf, delta, fold, hats, lastStep, length, reference } from '../operators/locality/reference.js';
import { firstPass, referenceChunk, referenceMap, referencePipeline, rowsWhere } from '../support/local_chunks.js';
import { problemOf } from '../support/problem_of.js';

const rows = (pass: Partial<typeof firstPass>, pipeline = referencePipeline) =>
  localRowMaker(pipeline, referenceMap, { ...firstPass, ...pass }, everything);

/** Entries that ask for every column and group that is made on demand. */
const everything = [
  ...[CORE, scaled('H_T'), WEIGHTED_RESPONSE, WEIGHTED_SQUARE, PULL_SQUARED].map((column) => ({
    columns: [column],
    group: null,
  })),
  ...[REGIME, foldBinOf(binOf('H_T')), foldBinOf(REGIME), slotOf('H_T')].map((group) => ({ columns: [], group })),
].map(({ columns, group }): Entry => ({ key: '', summary: 'count', config: null, columns, group, weighted: false }));

describe('the rows of a local pass', () => {
  test('have the folds of the hash, alone and with the bins of each family', () => {
    const { groups } = rows({})(referenceChunk);
    expect([...groups.get(FOLD)!]).toEqual([...fold]);
    expect(Array.from({ length: 5 }, (_, k) => fold.filter((each) => each === k).length)).toEqual(reference.fold);
    for (const [family, bins] of [
      [binOf('H_T'), reference.pipeline.edges.H_T!.length + 1] as const,
      [REGIME, 2] as const,
    ]) {
      const bin = groups.get(family)!;
      expect([...groups.get(foldBinOf(family))!]).toEqual([...fold].map((k, i) => k * bins + bin[i]!));
    }
  });

  test('have the basis, the columns of the step and their products', () => {
    const step = { ...lastStep, mean: reference.means.map((mean) => Float64Array.from(mean)) };
    const { columns } = rows({ step })(referenceChunk);
    const wanted = columnsOf(step);
    expect(basis.objects * 4).toBe(hats.index.length);
    const same = (name: string, expected: Float64Array): void => {
      const most = columns.get(name)!.reduce((d, x, i) => Math.max(d, Math.abs(x - expected[i]!)), 0);
      // reco / truth − 1 gives δ to a few 1e-16.
      expect(most, name).toBeLessThan(1e-12);
    };
    hats.index.forEach((index, t) => {
      same(hatIndex(t), index);
      same(hatValue(t), hats.value[t]!);
    });
    for (const name of ['y', 'residual', 'pull', 'inverse', 'variance'] as const) same(localColumn(name), wanted[name]);
    same(
      WEIGHTED_RESPONSE,
      wanted.weight.map((w, i) => w * wanted.y[i]!),
    );
    same(
      WEIGHTED_SQUARE,
      wanted.weightSquared.map((w, i) => w * wanted.squared[i]!),
    );
    same(
      PULL_SQUARED,
      wanted.pull.map((z) => z * z),
    );
  });

  test('are the same whatever was in the chunk before', () => {
    const step = lastStep;
    const maker = rows({ step });
    const part = rowsWhere(referenceChunk, (i) => i % 7 === 0);
    maker(referenceChunk);
    const [again, fresh] = [maker(part), rows({ step })(part)];
    for (const [name, column] of fresh.columns) {
      expect([...again.columns.get(name)!.subarray(0, part.length)], name).toEqual([
        ...column.subarray(0, part.length),
      ]);
    }
  });

  test('have the core by regime, slots of the context with ends of their own, and windows', () => {
    const chunk = rowsWhere(referenceChunk, (i) => i < 4);
    const columns = new Map(chunk.columns)
      .set('H_T', Float64Array.of(-1, 0, 1999.9, 2000))
      .set('reco', Float64Array.of(0.5, 1.01, 1.5, 0.98))
      .set(WINDOW, Float64Array.of(12, -3, -0, 12));
    const core = { low: [-0.1, -0.01], high: [0.005, 0.2] };
    const made = rows({ core, windows: Float64Array.of(-3, 0, 12) })({ ...chunk, columns });
    expect([...made.groups.get(REGIME)!.subarray(0, 4)]).toEqual([0, 0, 1, 1]);
    [-0.1, 0.005, 0.2, -0.01].forEach((x, i) => {
      expect(made.columns.get(CORE)![i]).toBeCloseTo(x, 14);
    });
    expect([...made.groups.get(slotOf('H_T'))!]).toEqual([0, 1, 20, 21]);
    expect([...made.columns.get(scaled('H_T'))!]).toEqual([-1, 0, 1999.9, 2000].map((x) => x / 2048));
    expect([...made.groups.get(WINDOW_REGIME)!]).toEqual([2 * 2, 0, 1 * 2 + 1, 2 * 2 + 1]);
  });
});

describe('a declared model', () => {
  const declared = (bias: string, sigma: string) =>
    pipelineSchema.parse({
      ...referencePipeline,
      local_model: { ...referencePipeline.local_model, declared: { bias, sigma } },
    });

  test('gives residuals and pulls of δ itself', () => {
    const { columns } = rows({ declared: true }, declared('-0.001 * abs_eta', '0.01 + 0.0001 * pt'))(referenceChunk);
    for (const i of [0, 1, 1000, length - 1]) {
      const of = (name: string, j: number): number => referenceChunk.columns.get(`(object ${name}${j})`)![i]!;
      const bias = (-0.001 * (of('eta', 1) + of('eta', 2))) / 2;
      const sigma = Math.hypot(0.01 + 1e-4 * of('pt', 1), 0.01 + 1e-4 * of('pt', 2)) / 2;
      expect(columns.get(declaredColumn('residual'))![i]).toBeCloseTo(delta[i]! - bias, 13);
      expect(columns.get(declaredColumn('pull'))![i]).toBeCloseTo((delta[i]! - bias) / sigma, 9);
      expect(columns.get(declaredColumn('squared'))![i]).toBeCloseTo(((delta[i]! - bias) / sigma) ** 2, 8);
    }
  });

  test.each([
    ['0', '0', /sigma 0 of the event at position 0; sigma must be above 0 for every event$/],
    ['1 / (pt - pt)', '1', /bias Infinity and sigma/],
    ['0', 'sqrt(0 - pt)', /sigma NaN of the event/],
  ])('that cannot be: bias %s, sigma %s', async (bias, sigma, message) => {
    const problem = await problemOf(() => rows({ declared: true }, declared(bias, sigma))(referenceChunk));
    expect(problem.exitCode).toBe(3);
    expect(problem.message).toMatch(message);
  });
});

describe('chooseEvents', () => {
  test('takes an event by its key alone, about as many as wanted, and fewer are among more', () => {
    const all = chooseEvents(referenceChunk, 2 ** 32);
    expect(all).toBe(referenceChunk);
    const positions = (share: number): number[] => [...chooseEvents(referenceChunk, share * 2 ** 32).position];
    const [third, half] = [positions(1 / 3), positions(1 / 2)];
    // Four standard errors.
    expect(Math.abs(half.length - length / 2)).toBeLessThan(4 * Math.sqrt(length / 4));
    expect(third.every((at) => half.includes(at))).toBe(true);
    const odd = rowsWhere(referenceChunk, (i) => i % 2 === 1);
    expect([...chooseEvents(odd, 2 ** 31).position]).toEqual(half.filter((at) => at % 2 === 1));
    expect(positions(0)).toEqual([]);
  });
});

test('featureColumns are those of all objects, each once', () => {
  expect(featureColumns(referencePipeline)).toEqual([
    '(object pt1)',
    '(object eta1)',
    '(object flavour)',
    '(object pt2)',
    '(object eta2)',
  ]);
});

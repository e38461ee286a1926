import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { modelCovariance } from '../../operators/locality/cross_fit.js';
import { localityFamily } from '../../operators/locality/locality_test.js';
import type { Book } from '../../operators/summaries/book.js';
import { contentHash } from '../../operators/summaries/codec.js';
import type { HatSumsState } from '../../operators/summaries/hat_sums.js';
import { eventsSeen, learnLocal, type LearnedModel, type RunPass } from '../../runtime/learn_local.js';
import { families, firstEntries, pullEntries } from '../../runtime/local_entries.js';
import { continuousFeatures } from '../../runtime/local_formulas.js';
import { DELTA } from '../../runtime/observations.js';
import { stateOf } from '../../runtime/report/pages.js';
import { distance, reference } from '../operators/locality/reference.js';
import {
  firstPass,
  referenceChunk,
  referenceMap,
  referencePipeline,
  rowsWhere,
  runOver,
} from '../support/local_chunks.js';
import { problemOf } from '../support/problem_of.js';

const features = continuousFeatures(referencePipeline);
const all = families(referencePipeline, referenceMap.centroids.length);

async function learn(run: RunPass): Promise<{ first: Book; learned: LearnedModel; final: Book }> {
  const first = await run(firstEntries(referencePipeline, DELTA, features), firstPass);
  const learned = (await learnLocal(referencePipeline, first, reference.core, all, firstPass, run))!;
  const final = await run(pullEntries(['learned'], all), { ...firstPass, step: learned.step });
  return { first, learned, final };
}

describe('the fit in passes is that of NumPy and SciPy on all events at once', () => {
  let found: Awaited<ReturnType<typeof learn>>;
  beforeAll(async () => {
    found = await learn(runOver([[referenceChunk]]));
  }, 120_000);

  test('events, features and knots', () => {
    expect(features).toEqual(['pt', 'abs_eta']);
    expect(eventsSeen(found.first)).toBe(reference.events.delta.length);
    const { basis } = found.learned;
    expect(basis.categories).toEqual([{ name: 'flavour', values: reference.pipeline.categories }]);
    expect(basis.features.map(({ name }) => name)).toEqual(features);
    for (const { name, knots } of basis.features) {
      expect(distance(knots, reference.knots[name as 'pt' | 'abs_eta'])).toBeLessThan(1e-11);
    }
  });

  test('coefficients', () => {
    const { step, fit } = found.learned;
    if (!('shape' in step.clip)) throw new Error('winsorised by no shape');
    expect(distance(step.clip.shape.mean, reference.turns[1].mean)).toBeLessThan(1e-5);
    // Products are known to 2^-40, which shows in knots of few events (local_fit.test.ts).
    expect(distance(step.clip.shape.variance, reference.turns[1].variance)).toBeLessThan(1e-3);
    expect(distance(step.variance!, reference.turns[2].variance)).toBeLessThan(1e-3);
    fit.mean.forEach((mean, k) => {
      expect(distance(mean, reference.means[k]!)).toBeLessThan(1e-4);
    });
    expect([...fit.products.n]).toEqual(reference.fold);
  });

  test.each(reference.families.map((family) => [family.name, family] as const))('the test by %s', (name, wanted) => {
    const { learned, final } = found;
    const bins = wanted.n.length;
    const covariance = modelCovariance(learned.fit, stateOf<HatSumsState>(learned.crossed, `crossed:${name}`), bins);
    expect(distance(covariance.to1DArray(), wanted.model.flat())).toBeLessThan(1e-4);
    const family = localityFamily({
      name,
      pull: stateOf(final, `pull:learned:${name}`),
      squared: stateOf(final, `squared:learned:${name}`),
      residual: stateOf(final, `residual:learned:${name}`),
      covariance,
      ordered: true,
    });
    expect(family.bins.map(({ n }) => n)).toEqual(wanted.n);
    expect(family.ndof).toBe(wanted.ndof);
    expect(family.chi2).toBeCloseTo(wanted.chi2, 2);
    expect(family.retained).toBeCloseTo(wanted.retained, 4);
    wanted.used.forEach((bin, u) => {
      expect(family.bins[bin]!.pullMean.value).toBeCloseTo(wanted.pullMean[u]!, 4);
      expect(family.bins[bin]!.pullWidth.value).toBeCloseTo(wanted.pullWidth[u]!, 4);
      expect(family.bins[bin]!.excess.value).toBeCloseTo(wanted.excess[u]!, 6);
    });
  });
});

test('the same bits for any split of the events over chunks and shards, merged in any order', async () => {
  const small = rowsWhere(referenceChunk, (i) => i < 1200);
  const bits = async (run: RunPass): Promise<string> => {
    const { learned, final } = await learn(run);
    return contentHash({ step: learned.step, mean: learned.fit.mean, crossed: learned.crossed, final });
  };
  const whole = await bits(runOver([[small]]));
  const cut = fc.record({
    shards: fc.integer({ min: 1, max: 4 }),
    chunks: fc.integer({ min: 1, max: 3 }),
    salt: fc.integer({ min: 1, max: 1e6 }),
    reverse: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(cut, async ({ shards, chunks, salt, reverse }) => {
      const pieces = Array.from({ length: shards }, (_, s) =>
        Array.from({ length: chunks }, (_, c) =>
          rowsWhere(small, (i) => (Math.imul(i + salt, 0x9e3779b1) >>> 8) % (shards * chunks) === s * chunks + c),
        ),
      );
      expect(await bits(runOver(reverse ? pieces.reverse() : pieces))).toBe(whole);
    }),
    { numRuns: 12 },
  );
});

describe('there is no learned model', () => {
  const flat = (of: (i: number) => number) => ({
    ...referenceChunk,
    columns: new Map(referenceChunk.columns).set('reco', Float64Array.from(referenceChunk.position, of)),
  });
  test.each([
    ['of a response that is one value', () => 0.99],
    ['of a perfect response', () => 1],
    [
      'of a response that is a function of the features',
      (i: number) => 1 + referenceChunk.columns.get('(object eta1)')![i]! / 2 ** 30,
    ],
  ])('%s', async (_, of) => {
    const run = runOver([[flat(of)]]);
    const first = await run(firstEntries(referencePipeline, DELTA, features), firstPass);
    const core = { median: of(0) - 1, sigma68: 0 };
    expect(await learnLocal(referencePipeline, first, core, all, firstPass, run)).toBeNull();
  });
});

test('a basis that is too large is refused, with what to do', async () => {
  const run = runOver([[referenceChunk]]);
  const first = await run(firstEntries(referencePipeline, DELTA, features), firstPass);
  const large = {
    ...referencePipeline,
    local_model: { ...referencePipeline.local_model, knots: { pt: 60, abs_eta: 20 } },
  };
  const problem = await problemOf(() => learnLocal(large, first, reference.core, all, firstPass, run));
  expect(problem.exitCode).toBe(2);
  expect(problem.message).toMatch(/^local_model: \d+ basis functions, 600 at most; give fewer local_model\.knots/);
});

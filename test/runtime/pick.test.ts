import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashKey } from '../../operators/hash.js';
import { planPipeline } from '../../runtime/pipeline_plan.js';
import { bindPick, type EventPick } from '../../runtime/pick.js';
import { addPicked, mergePicked, pickedOf, type Picked } from '../../runtime/picked.js';
import { defineBatch } from '../../runtime/define.js';
import { filterChunk } from '../../runtime/skim.js';
import { baseBatch, basePipeline, stageFor } from '../support/stage.js';

const pick: EventPick = {
  name: 'test',
  formulas: { '(twice)': '2 * gen_pt1', '(reco)': 'sum_reco' },
  seed: 5,
  below: 2 ** 31,
  most: 40,
  each: 'all',
};
const plan = planPipeline(basePipeline().pipeline);
const stage = stageFor(basePipeline(), [...baseBatch(1).columns.keys()]);
const define = (batch: ReturnType<typeof baseBatch>) => defineBatch({ ...stage, picks: [bindPick(pick, plan)] }, batch);

test('takes the used events with small hashes, with the values of its formulas', () => {
  const batch = baseBatch(400, { gen_pt1: Float64Array.from({ length: 400 }, (_, i) => (i === 7 ? NaN : 30 + i / 4)) });
  const { chunk, picked } = define(batch);
  const [rows] = picked;
  const wanted = [...chunk.position].filter((_, i) => hashKey(5, chunk.keyLo[i]!, chunk.keyHi[i]!) < 2 ** 31);
  expect([...rows!.position]).toEqual(wanted);
  expect(wanted.length).toBeGreaterThan(150);
  expect(wanted).not.toContain(7);
  expect([...rows!.columns.get('(twice)')!]).toEqual(wanted.map((position) => 2 * (30 + position / 4)));
  expect([...rows!.columns.get('H_T')!]).toEqual(
    wanted.map((position) => chunk.columns.get('H_T')![chunk.position.indexOf(position)]),
  );
});

test('changes nothing for the events themselves', () => {
  const batch = baseBatch(100);
  expect(define(batch).chunk).toEqual(defineBatch(stage, batch).chunk);
});

test('a formula that cannot be is a mistake of the pipeline', () => {
  expect(() => bindPick({ ...pick, formulas: { '(x)': 'nowhere + 1' } }, plan)).toThrow("'nowhere'");
});

test('keeps those with the smallest hashes, whatever the parts and their order (law 1)', () => {
  const [chunk] = define(baseBatch(400)).picked;
  const whole = pickedOf(chunk!);
  const reference = mergePicked(pick, [whole]);
  expect(reference.length).toBe(40);
  const hashes = Array.from(reference.keyLo, (lo, i) => hashKey(5, lo, reference.keyHi[i]!));
  expect(hashes).toEqual([...hashes].sort((a, b) => a - b));
  const all = Array.from(whole.keyLo, (lo, i) => hashKey(5, lo, whole.keyHi[i]!)).sort((a, b) => a - b);
  expect(hashes).toEqual(all.slice(0, 40));
  fc.assert(
    fc.property(fc.array(fc.nat(5), { minLength: whole.length, maxLength: whole.length }), (part) => {
      const parts: Picked[] = [];
      for (let p = 0; p < 6; p++) {
        addPicked(
          pick,
          parts,
          pickedOf(
            filterChunk(
              chunk!,
              Uint8Array.from(part, (own) => Number(own === p)),
            ),
          ),
        );
      }
      expect(mergePicked(pick, parts.reverse())).toEqual(reference);
    }),
    { numRuns: 30 },
  );
});

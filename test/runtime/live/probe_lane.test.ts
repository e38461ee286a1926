import { expect, test } from 'vitest';
import { foolingRows } from '../../../operators/probes/fooling.js';
import { openLane, type Lane } from '../../../runtime/live/probe_lane.js';
import type { Prober } from '../../../runtime/probe_stream/prober.js';
import type { SkimChunk } from '../../../runtime/skim.js';
import { arrived, modelsOf, range, told } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('window={ events: 20 }');
const rows = (from: number, to: number): SkimChunk => arrived(loaded, [0, range(from, to)]).chunk;
const all = ({ state }: Lane) => foolingRows(state)[0]!;

/** Every second event is fooled; answers when it is let. */
function slow(): { prober: Prober; asked: number[]; next: () => void } {
  const asked: number[] = [];
  const doors: (() => void)[] = [];
  const prober: Prober = {
    async probe({ length }) {
      asked.push(length);
      await new Promise<void>((resolve) => doors.push(resolve));
      const zero = new Float64Array(length);
      return { before: zero, attacked: zero.map((_, i) => -(i % 2)), control: zero, evaluations: length };
    },
    close: () => Promise.resolve(),
  };
  const next = (): void => {
    doors.shift()!();
  };
  return { prober, asked, next };
}
const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const lane = (prober: () => Promise<Prober>, notes: string[] = [], perWindow = 1000): Lane =>
  openLane('p', perWindow, prober, {
    ...{ models: () => null, notice: (line: string) => notes.push(line) },
    ...{ mostWaiting: 30, atOnce: 10 },
  });

test('takes what there is room for, at once, and counts the rest as skipped', async () => {
  const { prober, asked, next } = slow();
  const one = lane(() => Promise.resolve(prober));
  one.offer(rows(0, 45));
  expect(all(one)).toMatchObject({ right: 0, skipped: 15 });
  for (let turn = 0; turn < 3; turn++) {
    await later();
    next();
  }
  await one.settled();
  expect(asked).toEqual([10, 10, 10]);
  expect(all(one)).toMatchObject({
    right: 30,
    wrong: 0,
    unanswered: 0,
    skipped: 15,
    fooled: { k: 15 },
    random: { k: 0 },
  });
  one.offer(rows(45, 50));
  await later();
  next();
  await one.settled();
  expect(all(one)).toMatchObject({ right: 35, skipped: 15 });
  await one.close();
});

test('a window has a budget', async () => {
  const { prober, next } = slow();
  const one = lane(() => Promise.resolve(prober), [], 3);
  one.offer(rows(0, 30));
  await later();
  next();
  await one.settled();
  expect(all(one)).toMatchObject({ right: 6, skipped: 24 });
});

test('a model that fails turns its probe off with one line, and nothing is lost from the counts', async () => {
  const notes: string[] = [];
  const one = lane(() => Promise.reject(new Error('model net: file is not there')), notes);
  one.offer(rows(0, 25));
  await one.settled();
  one.offer(rows(25, 30));
  await one.settled();
  expect(notes).toEqual(['probe p: off from here on: model net: file is not there']);
  expect(all(one)).toMatchObject({ right: 0, skipped: 30 });
  await one.close();
});

test('events are counted in the regimes of the models in effect', async () => {
  const models = told(await modelsOf(loaded, range(0, 400)));
  const { prober, next } = slow();
  const one = openLane('p', 1000, () => Promise.resolve(prober), { models: () => models, notice: () => undefined });
  one.offer(rows(0, 40));
  await later();
  next();
  await one.settled();
  const [whole, ...regimes] = foolingRows(one.state);
  expect(regimes.filter(({ right }) => right > 0).map(({ regime }) => regime)).toEqual([0, 1]);
  expect(whole!.right).toBe(40);
});

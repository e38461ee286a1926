import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { compile } from '../../operators/expressions/evaluate.js';
import { parse } from '../../operators/expressions/formula.js';
import { plan } from '../../operators/expressions/plan.js';
import { auc } from '../../operators/probes/auc.js';
import { cardFormulas, inputName, LABEL, RESOLUTION, sigmaName, TRUTH } from '../../runtime/probe/card_formulas.js';
import { modelCardSchema, type ModelCard } from '../../schemas/model_card.js';

type Columns = ReadonlyMap<string, Float64Array>;

const root = new URL('../../', import.meta.url);
const models = new URL('models/', root);
const textOf = (name: string, folder = models): string => readFileSync(new URL(name, folder), 'utf8');
const files = readdirSync(models);
const names = files.flatMap((file) => (file.endsWith('.card.yaml') ? [file.slice(0, -'.card.yaml'.length)] : []));
const cardOf = (name: string): ModelCard => modelCardSchema.parse(parseYaml(textOf(`${name}.card.yaml`)));
const definitionsOf = (card: ModelCard): Record<string, string> =>
  (parseYaml(textOf(card.pipeline)) as { define?: Record<string, string> }).define ?? {};

/** Formulas of columns, all of one length. */
function evaluate(formulas: Readonly<Record<string, string>>, columns: Columns): Columns {
  const definitions = new Map(Object.entries(formulas).map(([name, text]) => [name, parse(text)]));
  const scope = new Map([...columns.keys()].map((name) => [name, { type: 'number' as const, unit: null }]));
  const wanted = Object.keys(formulas);
  const { order } = plan(definitions, wanted, scope);
  const results = compile(definitions, order, wanted)(columns, columns.values().next().value!.length);
  return new Map([...results].map(([name, x]) => [name, x.slice()]));
}

/** First output of the card for its inputs by name. */
async function run(card: ModelCard, inputs: Columns): Promise<Float64Array> {
  const session = await InferenceSession.create(readFileSync(new URL(card.file, models)), { intraOpNumThreads: 1 });
  const n = inputs.get(card.inputs[0]!.name)!.length;
  const feeds: Record<string, Tensor> = {};
  for (const tensor of session.inputNames) {
    const entries = card.inputs.filter((input) => (input.tensor ?? tensor) === tensor);
    const data = new Float32Array(n * entries.length);
    entries.forEach(({ name, preprocess: { log, shift, scale } = { log: false, shift: 0, scale: 1 } }, j) => {
      const x = inputs.get(name)!;
      for (let i = 0; i < n; i++) data[i * entries.length + j] = ((log ? Math.log1p(x[i]!) : x[i]!) - shift) / scale;
    });
    feeds[tensor] = new Tensor('float32', data, [n, entries.length]);
  }
  const { tensor = session.outputNames[0]!, index } = card.outputs[0]!;
  const { [tensor]: out } = await session.run(feeds, [tensor]);
  const width = out!.dims[1]!;
  return Float64Array.from({ length: n }, (_, i) => (out!.data as Float32Array)[i * width + index]!);
}

async function readParquet(name: string): Promise<Columns> {
  const connection = await (await DuckDBInstance.create()).connect();
  const reader = await connection.runAndReadAll(`FROM '${new URL(`samples/${name}`, root).pathname}'`);
  return new Map(Object.entries(reader.getColumnsObject()).map(([name, x]) => [name, Float64Array.from(x, Number)]));
}

const samples = new Map<string, Columns>();
beforeAll(async () => {
  for (const name of ['ttbar.parquet', 'dilepton.parquet']) samples.set(name, await readParquet(name));
});
const sampleOf = (card: ModelCard): Columns =>
  samples.get(card.pipeline.endsWith('ttbar.yaml') ? 'ttbar.parquet' : 'dilepton.parquet')!;

/** What the card needs of the events of the bundled sample; `inputs` by their names. */
function eventsOf(card: ModelCard): { values: Columns; inputs: Columns } {
  const values = evaluate({ ...definitionsOf(card), ...cardFormulas(card) }, sampleOf(card));
  return { values, inputs: new Map(card.inputs.map(({ name }) => [name, values.get(inputName(name))!])) };
}

/** What follows from the inputs, of changed and nominal ones. */
function follow(card: ModelCard, changed: Columns, nominal: Columns): Columns {
  const following = card.inputs.flatMap(({ name, follows }) => (follows === undefined ? [] : [[name, follows]]));
  const given = new Map([...nominal].map(([name, x]) => [`nominal_${name}`, x]));
  for (const [name, x] of changed) if (!following.some(([other]) => other === name)) given.set(name, x);
  return new Map([...changed, ...evaluate(Object.fromEntries(following) as Record<string, string>, given)]);
}

const quantile = (x: readonly number[], p: number): number => [...x].sort((a, b) => a - b)[Math.floor(p * x.length)]!;

test('the models and the sample are small', () => {
  const bytes = files.map((file) => statSync(new URL(file, models))).map((s) => (s.isFile() ? s.size : 0));
  expect(bytes.reduce((a, b) => a + b)).toBeLessThan(300_000);
  expect(statSync(new URL('samples/ttbar.parquet', root)).size).toBeLessThan(1_000_000);
});

test('every model has a card, and every card a script', () => {
  expect(files.filter((file) => file.endsWith('.onnx'))).toEqual(names.map((name) => `${name}.onnx`));
  for (const name of names) expect(() => textOf(cardOf(name).training.reference, root)).not.toThrow();
});

describe.each(names)('%s', (name) => {
  const card = cardOf(name);

  test('is the file that its card describes', () => {
    const bytes = readFileSync(new URL(card.file, models));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(card.sha256);
    expect(card.name).toBe(name);
  });

  test('gives what the validation file says', async () => {
    const { file, tolerance } = card.validation!;
    const [header, ...lines] = textOf(file).trim().split('\n');
    const columns = header!.split(',');
    const rows = lines.map((line) => line.split(',').map(Number));
    expect(columns).toEqual([...card.inputs, ...card.outputs].map(({ name }) => name));
    expect(rows.length).toBeGreaterThanOrEqual(50);
    const out = await run(card, new Map(columns.map((name, j) => [name, Float64Array.from(rows, (row) => row[j]!)])));
    rows.forEach((row, i) => {
      const wanted = row.at(-1)!;
      expect(Math.abs(out[i]! - wanted)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(wanted)));
    });
  });

  test('the sample stays within the ranges, and an uncertainty is 0 only where there is no jet', () => {
    const { values, inputs } = eventsOf(card);
    for (const { name, range, uncertainty, follows } of card.inputs) {
      const [low, high] = range ?? [null, null];
      expect(inputs.get(name)!.findIndex((x) => !(x >= (low ?? -Infinity) && x <= (high ?? Infinity)))).toBe(-1);
      expect(uncertainty !== undefined || follows !== undefined || name === 'n_jets').toBe(true);
      const sigma = values.get(sigmaName(name));
      const pt = /^j\d_/.test(name) ? inputs.get(name.replace('eta', 'pt')) : undefined;
      expect(sigma?.findIndex((s, i) => !(pt?.[i] === 0 ? s === 0 : s > 0 && s < 1000)) ?? -1).toBe(-1);
    }
  });

  test('what follows from others is the column for nominal events, bit for bit, and moves with them', () => {
    const { inputs } = eventsOf(card);
    const same = follow(card, inputs, inputs);
    const scaled = (x: Float64Array): Float64Array => x.map((v) => 1.1 * v);
    const larger = new Map([...inputs].map(([name, x]) => [name, /_pt$/.test(name) ? scaled(x) : x]));
    const moved = follow(card, larger, inputs);
    for (const { name, follows } of card.inputs) {
      if (follows === undefined) continue;
      const x = inputs.get(name)!;
      expect(same.get(name)).toEqual(x);
      if (name === 'ht_jets') continue;
      // Masses and momenta are homogeneous in p_T; float32 columns make the small ones of two large ones inexact.
      expect(moved.get(name)!.findIndex((v, i) => Math.abs(v - 1.1 * x[i]!) > 1e-5 * x[i]! + 2e-5)).toBe(-1);
    }
  });
});

describe.each(names.filter((name) => cardOf(name).task.kind === 'classify'))('%s', (name) => {
  test('has the area under the ROC curve that its card quotes', async () => {
    const card = cardOf(name);
    const { values, inputs } = eventsOf(card);
    const out = await run(card, inputs);
    const of = (label: number): Float64Array => out.filter((_, i) => values.get(LABEL)![i] === label);
    const area = auc(of(1), of(0));
    const [, value, error] = /AUC (\S+) ± (\S+)/.exec(card.caveats.join('\n'))!;
    // Scores that are one float32 apart can change places.
    expect(Math.abs(area.value! - Number(value))).toBeLessThan(2e-5);
    expect(area.error!).toBeCloseTo(Number(error), 4);
  });
});

test('ht_jets of up to three jets is the sum of those that the card moves', () => {
  const column = (name: string): Float64Array => samples.get('ttbar.parquet')!.get(name)!;
  const [jets, sum] = [column('n_jets'), column('ht_jets')];
  const of = (i: number): number => column('j1_pt')[i]! + column('j2_pt')[i]! + column('j3_pt')[i]!;
  expect(sum.findIndex((h, i) => jets[i]! <= 3 && Math.abs(h - of(i)) > 1e-4)).toBe(-1);
});

test('the hardened network gives way less when scale and missing momentum move by one uncertainty', async () => {
  const fooled = async (name: string): Promise<number> => {
    const card = cardOf(name);
    const { values, inputs } = eventsOf(card);
    const label = values.get(LABEL)!;
    const isWrong = (logit: number, i: number): boolean => logit > 0 !== (label[i] === 1);
    const wrong = Array.from(await run(card, inputs), isWrong);
    const lost = new Set<number>();
    for (const [pt, met] of [-1, 1].flatMap((a) => [-1, 1].map((b) => [a, b] as const))) {
      const pulls: Record<string, number> = { l1_pt: pt, l2_pt: pt, met };
      const changed = new Map(
        [...inputs].map(([name, x]) => {
          const sigma = values.get(sigmaName(name));
          return [name, x.map((v, i) => Math.max(Math.min(v, 0), v + (pulls[name] ?? 0) * (sigma?.[i] ?? 0)))];
        }),
      );
      (await run(card, follow(card, changed, inputs))).forEach((logit, i) => {
        if (!wrong[i] && isWrong(logit, i)) lost.add(i);
      });
    }
    return lost.size / wrong.filter((w) => !w).length;
  };
  const [plain, hardened] = [await fooled('ttbar_leptons'), await fooled('ttbar_hardened')];
  expect(plain).toBeGreaterThan(0.01);
  expect(hardened).toBeLessThan(0.75 * plain);
});

test('mass_net follows the mass to a few per mille in the bulk, and fails in the tail', async () => {
  const card = cardOf('mass_net');
  const { values, inputs } = eventsOf(card);
  const out = await run(card, inputs);
  const { m_reco, H_T } = Object.fromEntries(
    evaluate({ ...definitionsOf(card), H_T: 'gen_l1_pt + gen_l2_pt' }, sampleOf(card)),
  );
  const between = (low: number, high: number, of: (i: number) => number): number[] =>
    [...out.keys()].filter((i) => H_T![i]! >= low && H_T![i]! < high).map(of);
  const spread = (x: readonly number[]): number => (quantile(x, 0.8413) - quantile(x, 0.1587)) / 2;
  const toReco = (i: number): number => out[i]! / m_reco![i]! - 1;
  for (const p of [0.1587, 0.5, 0.8413]) expect(Math.abs(quantile(between(60, 150, toReco), p))).toBeLessThan(0.005);
  expect(spread(between(600, 1000, toReco))).toBeGreaterThan(0.1);
  // The card's resolution is that of the bulk.
  const inResolutions = (i: number): number => (out[i]! - values.get(TRUTH)![i]!) / values.get(RESOLUTION)![i]!;
  const width = spread(between(60, 150, inResolutions));
  expect(width).toBeGreaterThan(0.9);
  expect(width).toBeLessThan(1.2);
});

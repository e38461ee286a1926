import { describe, expect, test } from 'vitest';
import { defineBatch } from '../../runtime/define.js';
import { baseBatch, basePipeline, batchOf, stageFor } from '../support/stage.js';
import { problemOf } from '../support/problem_of.js';

const all = [...baseBatch(1).columns.keys()];
const without = (...names: string[]) => all.filter((name) => !names.includes(name));

test('only what is on is read', () => {
  expect(stageFor(basePipeline(), [...all, 'more']).read.toSorted()).toEqual(all.toSorted());
  const { read } = stageFor(basePipeline('weight=none', 'response=none', 'identity=position'), all);
  expect(read.toSorted()).toEqual(['gen_eta1', 'gen_eta2', 'gen_pt1', 'gen_pt2']);
});

describe('a missing column is named, with what to do', () => {
  test.each([
    [['gen_pt1'], [], "s.csv: no column 'gen_pt1'; nearest 'gen_pt2'; it has: event, gen_pt2,"],
    [['w'], [], "s.csv: no column 'w'; nearest"],
    [['w'], [], '; for events of equal weight: --set weight=none'],
    [['event'], [], '; to name events by their position: --set identity=position'],
    [['event'], ['identity=[event, w]'], '; to name events by their position: --set identity=position'],
  ])('%j', async (missing, overrides, words) => {
    const problem = await problemOf(() => stageFor(basePipeline(...overrides), without(...missing)));
    expect(problem.message).toContain(words);
    expect(problem.exitCode).toBe(3);
  });

  test('also where the column map asks for it', async () => {
    const loaded = basePipeline('sources.csv.columns.gen_pt1=l1_pt / 1000');
    const problem = await problemOf(() => stageFor(loaded, [...all, 'l2_pt']));
    expect(problem.message).toContain("no column 'l1_pt'; nearest 'l2_pt'");
  });
});

describe('the column map', () => {
  test('renames and computes, also under a name that the file uses for something else', () => {
    const loaded = basePipeline(
      'sources.csv.columns={ gen_pt1: gen_pt1 / 1000, gen_pt2: lead, reco_pt1: "gen_pt1 + lead", w: 2 }',
    );
    const stage = stageFor(loaded, ['event', 'gen_pt1', 'lead', 'gen_eta1', 'gen_eta2']);
    expect(stage.read.toSorted()).toEqual(['event', 'gen_eta1', 'gen_eta2', 'gen_pt1', 'lead']);
    const { chunk, rejected } = defineBatch(
      stage,
      batchOf(
        {
          event: Float64Array.of(1, 2),
          gen_pt1: Float32Array.of(40_000, 50_000),
          lead: Float64Array.of(30, 31),
          gen_eta1: Float64Array.of(1, 1),
          gen_eta2: Float64Array.of(0, 0),
        },
        2,
      ),
    );
    expect(rejected).toEqual({});
    expect([...chunk.columns.get('H_T')!]).toEqual([70, 81]);
    expect([...chunk.columns.get('sum_reco')!]).toEqual([40_030 + 30, 50_031 + 31]);
    expect([...chunk.columns.get('(weight)')!]).toEqual([2, 2]);
  });

  test('is that of the format alone', () => {
    const loaded = basePipeline('sources.csv.columns.gen_pt1=gen_pt2');
    expect(stageFor(loaded, all, 'parquet').read).toContain('gen_pt1');
    expect(stageFor(loaded, all, 'csv').read).not.toContain('gen_pt1');
  });

  test('holds the range of the pipeline after it', () => {
    const stage = stageFor(basePipeline('sources.csv.columns.gen_pt1=gen_pt1 * 1000'), all);
    expect(defineBatch(stage, baseBatch(3)).rejected).toEqual({ 'gen_pt1: outside [0, 1000] GeV': 3 });
  });

  test('can rename the identity', () => {
    const stage = stageFor(basePipeline('sources.csv.columns.event=EventNumber'), [...without('event'), 'EventNumber']);
    const { columns, ...batch } = baseBatch(3);
    const renamed = new Map([...columns].map(([name, x]) => [name === 'event' ? 'EventNumber' : name, x]));
    expect(defineBatch(stage, { ...batch, columns: renamed }).chunk).toEqual(
      defineBatch(stageFor(basePipeline(), all), baseBatch(3)).chunk,
    );
  });

  test('can rename a list, and computes with lists only what gives a number', async () => {
    const list = ['columns.jets={ list: true }', 'define.sum_reco=reco_pt1 + sum(jets)'];
    const renaming = stageFor(basePipeline(...list, 'sources.csv.columns.jets=Jet_pt'), [...all, 'Jet_pt[]']);
    const jets = { offsets: Int32Array.of(0, 2, 2, 3), values: Float64Array.of(1, 2, 3) };
    const { chunk } = defineBatch(renaming, baseBatch(3, { Jet_pt: jets }));
    expect([...chunk.columns.get('sum_reco')!]).toEqual([44, 42, 46]);

    const summed = stageFor(basePipeline('sources.csv.columns.reco_pt1=sum(Jet_pt)'), [...all, 'Jet_pt[]']);
    const { chunk: other } = defineBatch(summed, baseBatch(3, { Jet_pt: jets }));
    expect([...other.columns.get('sum_reco')!]).toEqual([33, 30, 33]);

    const wrong = basePipeline(...list, 'sources.csv.columns.jets=Jet_pt / 1000');
    const problem = await problemOf(() => stageFor(wrong, [...all, 'Jet_pt[]']));
    expect(problem.message).toBe(
      'sources.csv.columns.jets: lists can be renamed, not computed; compute with them in define',
    );
    expect(problem.exitCode).toBe(2);
  });

  test('is checked', async () => {
    const problem = await problemOf(() => stageFor(basePipeline('sources.csv.columns.w=sqr(w)'), all));
    expect(problem.message).toBe(
      "sources.csv.columns.w: formula 'sqr(w)': unknown function 'sqr' at column 1, did you mean 'sqrt'?",
    );
    expect(problem.exitCode).toBe(2);
  });
});

describe('lists and numbers are not mistaken for each other', () => {
  test.each([
    [[], ['gen_pt1[]'], "column 'gen_pt1' holds lists, not one number an event; set columns.gen_pt1.list to true"],
    [
      ['columns.jets={ list: true }', 'weight=sum(jets)'],
      ['jets'],
      "column 'jets' holds one number an event, not lists; set columns.jets.list to false",
    ],
  ])('%j %j', async (overrides, offered, words) => {
    const columns = [...all.filter((name) => !offered.includes(`${name}[]`)), ...offered];
    const problem = await problemOf(() => stageFor(basePipeline(...overrides), columns));
    expect(problem.message).toBe(`sample s.csv: ${words}`);
    expect(problem.exitCode).toBe(3);
  });
});

describe('the fast reconstruction is made', () => {
  const reco = (when: string) => [
    `fast_reconstruction={ when: ${when}, objects: [{ pt: [gen_pt1, reco_pt1], eta: [gen_eta1, reco_eta1], phi: [gen_eta2, w] }], pt_width: 0.1 }`,
    'columns.reco_eta1={}',
    'define.sum_reco=reco_pt1 + gen_pt2 + 0 * reco_eta1',
    'weight=none',
  ];
  test('where the sample lacks all of its columns that are needed, or always', () => {
    expect(stageFor(basePipeline(...reco('absent')), without('reco_pt1')).reconstruct).not.toBeNull();
    const { reconstruct, read } = stageFor(basePipeline(...reco('absent')), [...all, 'reco_eta1']);
    expect(reconstruct).toBeNull();
    expect(read).toContain('reco_pt1');
    const always = stageFor(basePipeline(...reco('always')), [...all, 'reco_eta1']);
    expect(always.reconstruct).not.toBeNull();
    expect(always.read).not.toContain('reco_pt1');
  });

  test('not where there is a part of them', async () => {
    const problem = await problemOf(() => stageFor(basePipeline(...reco('absent')), all));
    expect(problem.message).toBe(
      'sample s.csv: has reco_pt1 but no reco_eta1; give both, or --set fast_reconstruction.when=always',
    );
    expect(problem.exitCode).toBe(3);
  });

  test('not where nothing needs them', () => {
    const loaded = basePipeline(...reco('absent'), 'response=none');
    expect(stageFor(loaded, without('reco_pt1')).reconstruct).toBeNull();
  });
});

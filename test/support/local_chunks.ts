import { pipelineSchema } from '../../schemas/pipeline.js';
import { fillBook, mergeBook, openBook, settleBook, type Book, type Entry } from '../../operators/summaries/book.js';
import type { RunPass } from '../../runtime/learn_local.js';
import { localRowMaker, type LocalPass } from '../../runtime/local_pass.js';
import { filterChunk, type SkimChunk } from '../../runtime/skim.js';
import { absEta, context, delta, flavour, length, pt, reference } from '../operators/locality/reference.js';
import { regimeMap } from './corrections.js';

const { knots, categories, folds, winsorise, edges } = reference.pipeline;
const variable = (name: string) => ({ formula: '0', bins: [20, 0, edges[name]!.at(-1)!], report: edges[name] });

/** A pipeline for the events of the reference fit (test/fixtures/locality/local_model.py). */
export const referencePipeline = pipelineSchema.parse({
  pipeline: 'reference',
  title: 'reference',
  columns: {},
  objects: [1, 2].map((j) => ({ pt: `pt${j}`, abs_eta: `eta${j}`, flavour: 'flavour' })),
  context: Object.fromEntries(Object.keys(edges).map((name) => [name, variable(name)])),
  response: { name: 'delta', reco: 'reco', truth: 'truth', bins: [400, -1, 1] },
  local_model: { knots, categories: { flavour: categories }, folds, winsorise },
});

/** Two regimes, below and above H_T 100. */
export const referenceMap = regimeMap({
  variables: Object.keys(edges),
  scale: [
    { mean: 100, width: 1 },
    { mean: 0, width: 1e6 },
    { mean: 0, width: 1e6 },
  ],
  centroids: [
    [-1, 0, 0],
    [1, 0, 0],
  ],
});

/** The skim of the reference events. */
export const referenceChunk: SkimChunk = {
  sample: 0,
  length,
  position: Float64Array.from({ length }, (_, i) => i),
  split: Uint8Array.from({ length }, (_, i) => (i % 10 < 7 ? 0 : i % 10 < 9 ? 1 : 2)),
  keyLo: Uint32Array.from({ length }, (_, i) => i),
  keyHi: new Uint32Array(length),
  columns: new Map([
    ...Object.entries(context),
    ['truth', new Float64Array(length).fill(1)],
    ['reco', delta.map((x) => 1 + x)],
    ['(object flavour)', flavour],
    ...[0, 1].flatMap((j) => [[`(object pt${j + 1})`, pt[j]!] as const, [`(object eta${j + 1})`, absEta[j]!] as const]),
  ]),
};

/** A pass that takes all events and has no model yet. */
export const firstPass: LocalPass = {
  below: 2 ** 32,
  folds,
  step: null,
  core: { low: [-1, -1], high: [1, 1] },
  declared: false,
  windows: null,
};

/** Runs passes over chunks on as many shards, which are merged in the order given. */
export function runOver(shards: readonly (readonly SkimChunk[])[]): RunPass {
  const bookOf = (entries: readonly Entry[], pass: LocalPass, chunks: readonly SkimChunk[]): Book => {
    const rows = localRowMaker(referencePipeline, referenceMap, pass, entries);
    const book = openBook(entries);
    for (const chunk of chunks) fillBook(book, entries, rows(chunk));
    settleBook(book);
    return book;
  };
  return (entries, pass) => {
    const [first, ...others] = shards.map((chunks) => bookOf(entries, pass, chunks));
    for (const other of others) mergeBook(first!, other);
    settleBook(first!);
    return Promise.resolve(first!);
  };
}

/** The rows of a chunk for which `which` is true. */
export const rowsWhere = (chunk: SkimChunk, which: (i: number) => boolean): SkimChunk =>
  filterChunk(
    chunk,
    Uint8Array.from({ length: chunk.length }, (_, i) => Number(which(i))),
  );
